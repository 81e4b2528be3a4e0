import { tableStatement } from './clauses.ts';
import { migrations } from './files.ts';
import { nameOf } from './distributed.ts';
import type { MigrationClient } from './migrate.ts';
import { quoteText, timeOf, type MigrationParameters, type TimeOption } from './parameters.ts';
import { makesTable, rewrite, timesIn } from './rewrite.ts';
import { statements } from './statements.ts';

/** A table with rules of its own for how long rows stay. */
export interface OtherTtl {
  readonly table: string;
  /** What the server has of it; undefined where it has none, and rows stay for ever. */
  readonly ttl: string | undefined;
}

/** How long the tables that are there keep their rows. */
export interface KeptTimes {
  /** Those that are known; what is not there has none. */
  readonly times: Readonly<Partial<Record<TimeOption, string>>>;
  /** Where a table says it in a way that no option does. */
  readonly others: Readonly<Partial<Record<TimeOption, OtherTtl>>>;
  /** The tables of profiles that are there. */
  readonly tables: ReadonlySet<string>;
}

/**
 * The TTL of a table, by its `engine_full`, without line breaks; undefined where it has none.
 *
 *     MergeTree ORDER BY a TTL toDate(d) + toIntervalDay(30) SETTINGS x = 1  →  toDate(d) + toIntervalDay(30)
 */
export function ttlOf(engineFull: string): string | undefined {
  const clause = tableStatement(engineFull).clauses.find(({ keyword }) => keyword === 'TTL');
  return clause?.text.replaceAll(/\s+/g, ' ').replace(/^TTL /, '');
}

const ADDED = String.raw`toDate\(Timestamp\) \+ (toInterval\w+\(\d+\))`;
const SAMPLES = new RegExp(`^${ADDED}$`);
const ROLLUP = new RegExp(`^greatest\\(${ADDED}, ${ADDED}\\)$`);

/** How long samples stay, in the way of `--ttl`; undefined where that does not say all of it. */
export function keptTime(ttl: string | undefined): string | undefined {
  return timeOf(SAMPLES.exec(ttl ?? '')?.[1] ?? '');
}

/**
 * The same of a rollup: its samples' time and its own, of which the longer one holds. It has but one
 * where it stays as long as samples.
 */
export function rollupTimes(ttl: string | undefined): readonly string[] | undefined {
  const found = [...(ROLLUP.exec(ttl ?? '') ?? SAMPLES.exec(ttl ?? '') ?? [])].slice(1);
  const times = found.flatMap((written) => timeOf(written) ?? []);
  return times.length > 0 && times.length === found.length ? times : undefined;
}

/** What the TTL of each table of profiles depends on. */
export function timesOfTables(): ReadonlyMap<string, readonly TimeOption[]> {
  return (timesRead ??= readTimes());
}

let timesRead: ReadonlyMap<string, readonly TimeOption[]> | undefined;

function readTimes(): ReadonlyMap<string, readonly TimeOption[]> {
  return new Map(
    migrations().flatMap(({ sql }) => {
      // As they are written, and as they run: only then they have the name of a database.
      const made = rewrite(sql, {});
      return statements(sql).flatMap((statement, i) => {
        if (!makesTable(statement) || !nameOf(made[i]).startsWith('otel_profiles')) return [];
        const ttl = tableStatement(statement).clauses.find(({ keyword }) => keyword === 'TTL');
        return [[nameOf(made[i]), timesIn(ttl?.text ?? '')] as const];
      });
    }),
  );
}

/** Stacks and frames have no time of their own: they stay as long as what names them. */
const SHARED = new Set(['otel_profiles_stacks', 'otel_profiles_frames']);

/**
 * What is not asked to change stays: so it is read from the tables. One that the exporter has made by
 * itself under the name of ours says nothing of that.
 */
export async function keptTimes(client: MigrationClient, database: string): Promise<KeptTimes> {
  const answer = await client.query({
    query: `SELECT name, engine_full AS definition FROM system.tables
            WHERE database = ${quoteText(database)} AND startsWith(name, 'otel_profiles')
            AND (name != 'otel_profiles' OR name IN (
              SELECT table FROM system.columns WHERE database = ${quoteText(database)} AND name = 'StackId'))`,
    format: 'JSONEachRow',
  });
  const tables = (await answer.json()) as { name: string; definition: string }[];
  return timesKeptBy(new Map(tables.map(({ name, definition }) => [name, definition])));
}

/** The same of tables by their names, each with its `engine_full`. */
export function timesKeptBy(tables: ReadonlyMap<string, string>): KeptTimes {
  const times: Partial<Record<TimeOption, string>> = {};
  const others: Partial<Record<TimeOption, OtherTtl>> = {};
  for (const [table, options] of timesOfTables()) {
    const engine = tables.get(table);
    const own = options.at(-1);
    // Of those that are kept by "--ttl" alone, the samples themselves say it.
    if (engine === undefined || own === undefined || SHARED.has(table)) continue;
    if (own === 'ttl' && table !== 'otel_profiles') continue;
    const ttl = ttlOf(engine);
    const time = own === 'ttl' ? keptTime(ttl) : rollupTimes(ttl)?.at(-1);
    if (time === undefined || (times[own] !== undefined && times[own] !== time)) {
      others[own] ??= { table, ttl };
    } else {
      times[own] = time;
    }
  }
  return { times, others, tables: new Set(tables.keys()) };
}

/** The option by which a person gives a time. */
export function optionOf(option: TimeOption): string {
  return option === 'ttl' ? '--ttl' : `--rollup-ttl ${option}=`;
}

/** Those that are given. */
export function givenTimes({ ttl, rollupTtl = {} }: MigrationParameters): Set<TimeOption> {
  return new Set([
    ...(ttl === undefined ? [] : (['ttl'] as const)),
    ...(['1h', '1d'] as const).filter((tier) => rollupTtl[tier] !== undefined),
  ]);
}
