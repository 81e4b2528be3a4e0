import { appendFile, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a data folder forget the inserts that a kill broke off at one certain point.
 *
 * A table knows a repeated insert by a log of its own, and ClickHouse 26.7 writes that log first and
 * puts the part in its place a moment later:
 *
 *     deduplication_logs/deduplication_log_1.txt  ←  1 ⇥ all_7_7_0 ⇥ all_1432…     "all_7_7_0 is known"
 *     tmp_insert_all_7_7_0                        →  all_7_7_0
 *
 * Killed in between, it would take the repetition for one that it has, though it has none of it. So
 * before it starts again, such a last entry is taken back in the log's own way:
 *
 *     2 ⇥ all_7_7_0 ⇥ all_1432…                                                    "no longer"
 *
 * While one part is added, a table adds no other: only the last one can be missing.
 */
export async function forgetUnfinishedInserts(dataDir: string): Promise<void> {
  const store = join(dataDir, 'store');
  for (const prefix of await entries(store)) {
    for (const table of await entries(join(store, prefix))) {
      await forgetUnfinishedInsert(join(store, prefix, table));
    }
  }
}

async function forgetUnfinishedInsert(table: string): Promise<void> {
  const folder = join(table, 'deduplication_logs');
  const logs = (await entries(folder)).sort((a, b) => numberOf(a) - numberOf(b));
  const newest = logs.at(-1);
  if (newest === undefined) return;
  const records: LogRecord[] = [];
  // A new log is begun when the one before is full, which may have been with the last entry.
  for (const log of logs.slice(-2)) records.push(...(await readLog(join(folder, log))));
  const last = records.at(-1);
  if (last?.operation !== ADDED || isCovered(last.part, await entries(table))) return;
  // Asynchronous inserts put several into one part.
  const unfinished = records.filter(({ part }) => part === last.part);
  const taken = unfinished.map(({ part, block }) => `${DROPPED}\t${part}\t${block}\n`);
  await appendFile(join(folder, newest), taken.join(''));
}

interface LogRecord {
  readonly operation: string;
  readonly part: string;
  readonly block: string;
}

const ADDED = '1';
const DROPPED = '2';

async function readLog(file: string): Promise<LogRecord[]> {
  const text = await readFile(file, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  // An entry that was cut off would make the server pass over all that comes after it.
  if (end < text.length) await truncate(file, Buffer.byteLength(text.slice(0, end)));
  return text
    .slice(0, end)
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [operation = '', part = '', block = ''] = line.split('\t');
      return { operation, part, block };
    });
}

/** Whether a part is there, or one that it was merged into: `all_7_7_0` is in `all_1_9_2`. */
function isCovered(part: string, folders: readonly string[]): boolean {
  const wanted = partName(part);
  return (
    wanted === undefined ||
    folders.some((folder) => {
      const found = partName(folder);
      return (
        found?.partition === wanted.partition && found.min <= wanted.min && found.max >= wanted.max
      );
    })
  );
}

/** `20260901_7_9_1` → partition 20260901, blocks 7 to 9. */
function partName(
  name: string,
): { readonly partition: string; readonly min: number; readonly max: number } | undefined {
  const [, partition, min, max] = /^([^_]+)_(\d+)_(\d+)_\d+(?:_\d+)?$/.exec(name) ?? [];
  return partition === undefined ? undefined : { partition, min: Number(min), max: Number(max) };
}

function numberOf(log: string): number {
  return Number(/\d+/.exec(log)?.[0]);
}

async function entries(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}
