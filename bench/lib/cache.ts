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
  /** Of our tables: what the migrations make. */
  readonly schema: string;
  /** Of the exporter's table: the Collector's manifest. */
  readonly exporter: string;
}

/** @param tables the statements that make our tables, as the server writes them */
export function dataVersions(tables: readonly string[]): DataVersions {
  const manifest = readFileSync(join(root, 'packages/ingest/collector/manifest.yaml'));
  return {
    generator: generatorVersion(),
    schema: short(hash(tables.join('\0'))),
    exporter: short(hash(manifest)),
  };
}

export function generatorVersion(): string {
  const notTests = (name: string): boolean => !name.endsWith('.test.ts');
  return short(contentHash(root, [join(root, 'bench/lib/fleetDay')], notTests));
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
