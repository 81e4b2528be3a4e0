/**
 * A ClickHouse server by hand: prints its addresses and runs until Ctrl-C.
 *
 *     node packages/embedded/src/serve.ts [--http-port N] [--tcp-port N] [--data-dir DIR]
 */
import { parseArgs } from 'node:util';
import { startClickHouse } from './start.ts';

const { values } = parseArgs({
  options: {
    'http-port': { type: 'string' },
    'tcp-port': { type: 'string' },
    'data-dir': { type: 'string' },
  },
});

const server = await startClickHouse({
  httpPort: port('http-port'),
  tcpPort: port('tcp-port'),
  dataDir: values['data-dir'],
  log: (line) => console.error(line),
});
console.log(server.url);
console.log(server.tcpUrl);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop());
}

function port(name: 'http-port' | 'tcp-port'): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  console.error(`--${name} must be a port number, not ${JSON.stringify(text)}.`);
  process.exit(2);
}
