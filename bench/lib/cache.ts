import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { contentHash } from '../../scripts/lib/stamps.mjs';
import { root } from '../../scripts/lib/run.mjs';

/**
 * Where loaded benchmark data is kept between runs: 20 million rows take a quarter of an hour to
 * make. One folder for each fleet-day; deleting it costs only that time.
 */
export function benchCache(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(env.HYPERFLAME_CACHE || join(cache, 'hyperflame'), 'bench');
}

/** What a loaded table was made from: any change makes it worthless. */
export interface DataVersions {
  /** Of the rows: the generator's sources. */
  readonly generator: string;
  /** Of our tables: the migrations, as they are filled in. */
  readonly schema: string;
  /** Of the exporter's table: the Collector's manifest. */
  readonly exporter: string;
}

export function dataVersions(migrations: readonly { readonly sql: string }[]): DataVersions {
  const notTests = (name: string): boolean => !name.endsWith('.test.ts');
  return {
    generator: short(contentHash(root, [join(root, 'bench/lib/fleetDay')], notTests)),
    schema: short(hash(migrations.map(({ sql }) => sql).join('\0'))),
    exporter: short(hash(readFileSync(join(root, 'packages/ingest/collector/manifest.yaml')))),
  };
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
