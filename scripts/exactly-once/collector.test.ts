import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FragileCollector } from './collector.ts';

const folder = mkdtempSync(join(tmpdir(), 'hyperflame-fragile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ended by a signal the first time, healthy after that. */
const PROGRAM = `#!${process.execPath}
const { existsSync, writeFileSync } = require('node:fs');
const mark = ${JSON.stringify(join(folder, 'started'))};
if (!existsSync(mark)) {
  writeFileSync(mark, '');
  process.kill(process.pid, 'SIGKILL');
}
const [host, port] = process.env.HEALTH_ENDPOINT.split(':');
require('node:http').createServer((_, response) => response.end()).listen(port, host);
`;

it('is started again where a signal ended it while it started', async () => {
  const program = join(folder, 'collector.cjs');
  writeFileSync(program, PROGRAM, { mode: 0o755 });
  const collector = await FragileCollector.start({
    program,
    clickhouse: '',
    database: '',
    queue: folder,
  });
  await expect(collector.ready()).resolves.toBeUndefined();
  await collector.stop();
});
