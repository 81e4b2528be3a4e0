/**
 * The server's own process: `node child.ts {ChildInput as JSON}`. It becomes ClickHouse, and ends
 * with whoever started it.
 */
import { rmSync } from 'node:fs';
import { DataType, load, open } from 'ffi-rs';

export interface ChildInput {
  readonly library: string;
  readonly path: string;
  readonly configFile: string;
  readonly httpPort: number;
  readonly tcpPort: number;
  /** A folder to remove when the parent is gone and can't do it. */
  readonly temporary: string;
}

const input = JSON.parse(process.argv[2] ?? '') as ChildInput;

// The parent holds the other end of our stdin. Whichever way it ends, SIGKILL included, the kernel
// closes that end, and we see "end" here. A kill loses no answered insert: those are in the page
// cache, which outlives a process.
process.stdin.on('end', () => {
  try {
    rmSync(input.temporary, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A merge wrote into it meanwhile: a leftover temporary folder, and nobody left to tell.
  }
  process.kill(process.pid, 'SIGKILL');
});
process.stdin.resume();

// Listening lasts as long as the query that follows it, so that one never ends.
const query = [
  'SYSTEM START LISTEN HTTP',
  'SYSTEM START LISTEN TCP',
  'SELECT sleepEachRow(3) FROM system.numbers ' +
    'SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0 FORMAT Null',
].join('; ');

const argv = [
  'clickhouse',
  `--path=${input.path}`,
  `--config-file=${input.configFile}`,
  `--http_port=${input.httpPort}`,
  `--tcp_port=${input.tcpPort}`,
  '--listen_host=127.0.0.1',
  '--multiquery',
  `--query=${query}`,
];

open({ library: 'chdb', path: input.library });

// On a thread of its own: this one must stay free to see stdin end. It has to be a real thread;
// ClickHouse measures its stack and refuses a coroutine's.
const result = await load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
  runInNewThread: true,
});

// It only ever returns because it failed.
const reason = load({
  library: 'chdb',
  funcName: 'chdb_result_error',
  retType: DataType.String,
  paramsType: [DataType.External],
  paramsValue: [result],
});
process.stderr.write(`${reason}\n`, () => process.kill(process.pid, 'SIGKILL'));
