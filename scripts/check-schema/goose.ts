import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheRoot, findGo } from '../../packages/ingest/scripts/build-collector.mjs';
import { run } from '../lib/run.mjs';
import { TTL } from './database.ts';

/** The runner of migrations that HyperDX's collector has in it. */
const VERSION = 'v3.29.0';

/** All other databases it knows are left out: they are most of it. */
const TAGS = 'no_postgres no_mysql no_sqlite3 no_ydb no_mssql no_vertica no_libsql no_duckdb';

const MIGRATIONS = join(import.meta.dirname, '../../sql/migrations');

/** Its path; built with Go into the cache the first time. */
export async function goose(): Promise<string> {
  const binary = join(cacheRoot(), 'goose', VERSION, 'goose');
  if (existsSync(binary)) return binary;
  const go = findGo();
  if (go === undefined) {
    throw new Error('Building goose needs Go (https://go.dev/dl/), which was not found in PATH.');
  }
  await mkdir(dirname(dirname(binary)), { recursive: true });
  // In a folder of its own, and moved at the end: whoever sees it sees all of it.
  const folder = await mkdtemp(`${dirname(binary)}-`);
  try {
    await run(go, ['install', '-tags', TAGS, `github.com/pressly/goose/v3/cmd/goose@${VERSION}`], {
      env: { GOBIN: folder, CGO_ENABLED: '0' },
    });
    await mkdir(dirname(binary), { recursive: true });
    await rename(join(folder, 'goose'), binary);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return binary;
}

export interface GooseOptions {
  /** `clickhouse://127.0.0.1:PORT` */
  readonly tcpUrl: string;
  readonly database: string;
  /** Files that ours are dropped in beside, such as those of HyperDX. */
  readonly beside?: string;
}

/**
 * Runs our migrations as HyperDX's collector runs its own at each of its starts: all of them in the
 * order of their numbers, without remembering which were run, on a copy in which its macros are
 * filled in as they are, within its limit of a minute a statement.
 */
export async function migrateWithGoose({
  tcpUrl,
  database,
  beside,
}: GooseOptions): Promise<string> {
  const program = await goose();
  const folder = await mkdtemp(join(tmpdir(), 'hyperflame-goose-'));
  try {
    // Of files with the same name, as logs and traces have, those of HyperDX.
    for (const from of beside === undefined ? [MIGRATIONS] : [MIGRATIONS, beside]) {
      // HyperDX leaves out what is for servers without text indexes.
      const files = readdirSync(from).filter((file) => /^(?!.*_compat).*\.sql$/.test(file));
      for (const name of files) {
        await writeFile(
          join(folder, name),
          filledIn(readFileSync(join(from, name), 'utf8'), database),
        );
      }
    }
    return await run(program, [
      ...['-no-versioning', '-dir', folder],
      ...['clickhouse', `${tcpUrl}/default?max_execution_time=60`, 'up'],
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function filledIn(sql: string, database: string): string {
  const interval = `toIntervalDay(${Number.parseInt(TTL)})`;
  return ['TABLES', 'LOGS', 'TRACES', 'METRICS', 'SESSIONS'].reduce(
    (text, signal) => text.replaceAll(`\${${signal}_TTL}`, interval),
    sql.replaceAll('${DATABASE}', database),
  );
}
