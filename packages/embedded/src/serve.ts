/**
 * A ClickHouse server by hand: prints its addresses and runs until Ctrl-C.
 *
 *     node packages/embedded/src/serve.ts [--http-port N] [--tcp-port N] [--data-dir DIR]
 *
 * Exit codes: 1 where the server does not start, 2 where this was used wrongly, each with one line
 * that says why.
 */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { EmbeddedClickHouse } from './options.ts';
import { isFree } from './port.ts';
import { startClickHouse } from './start.ts';

const options = optionsGiven();
const httpPort = await port('http-port');
const tcpPort = await port('tcp-port');
const dataDir = await folder();
/** A server that does not start says so in dozens of lines; the one that tells is printed below. */
let isRunning = false;

const server = await started();
isRunning = true;
console.log(server.url);
console.log(server.tcpUrl);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop());
}

function optionsGiven() {
  try {
    return parseArgs({
      options: {
        'http-port': { type: 'string' },
        'tcp-port': { type: 'string' },
        'data-dir': { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [said] = (error as Error).message.split(/\.(?:\s|$)/);
    return end(2, `${said}. There are --http-port N, --tcp-port N and --data-dir DIR.`);
  }
}

async function port(name: 'http-port' | 'tcp-port'): Promise<number | undefined> {
  const text = options[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number <= 0 || number >= 65_536) {
    end(2, `--${name} must be a port number, not ${JSON.stringify(text)}.`);
  }
  if (await isFree(number)) return number;
  return end(
    1,
    `Port ${number} cannot be listened on. Give another --${name}, or none for a free one.`,
  );
}

async function folder(): Promise<string | undefined> {
  const path = options['data-dir'];
  if (path === undefined) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return path;
  return end(2, `--data-dir must be a folder, and ${path} is a file.`);
}

async function started(): Promise<EmbeddedClickHouse> {
  try {
    return await startClickHouse({
      httpPort,
      tcpPort,
      dataDir,
      log: (line) => {
        if (isRunning) console.error(line);
      },
    });
  } catch (error) {
    const [first = '', ...more] = (error as Error).message.split('\n');
    const why = more.find((line) => line.includes('Exception'));
    return end(1, why === undefined ? (error as Error).message : `${first} ${why.trim()}`);
  }
}

function end(code: 1 | 2, why: string): never {
  console.error(why);
  process.exit(code);
}
