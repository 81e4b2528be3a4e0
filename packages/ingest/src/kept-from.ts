import type { ClickHouseClient } from '@clickhouse/client';

import { localDatabase } from './local-database.ts';
import { tableStatement } from './migrations/clauses.ts';
import { keptTime, rollupTimes, ttlOf } from './migrations/kept-times.ts';
import { PARTITIONS, secondsIn, type Partition } from './migrations/parameters.ts';

const DAY = 86_400;

/** What the samples' table keeps. */
export interface Kept {
  /** From when on, in seconds since 1970; older ones go soon after their insert. */
  readonly from: number;
  /** In which partition a time is. A part goes once all of its rows are too old. */
  partitionOf(seconds: number): string;
}

/** Undefined where nothing goes. */
export async function keptSamples(
  client: ClickHouseClient,
  database: string,
): Promise<Kept | undefined> {
  const answer = await client.query({
    query: `SELECT engine_full AS engine FROM system.tables
            WHERE database = {local:String} AND name = 'otel_profiles'`,
    query_params: { local: await localDatabase(client, database) },
    format: 'JSONEachRow',
  });
  const [{ engine = '' } = {}] = await answer.json<{ engine?: string }>();
  const time = keptTime(ttlOf(engine));
  if (time === undefined) return undefined;
  return { from: oldestKept(time), partitionOf: PARTITION_OF[partitionIn(engine) ?? 'none'] };
}

/** The beginning of the oldest day of which samples are kept, in seconds since 1970. */
export async function keptFrom(
  client: ClickHouseClient,
  database: string,
): Promise<number | undefined> {
  return (await keptSamples(client, database))?.from;
}

/**
 * From when on a rollup keeps what it has, in seconds since 1970, by its `engine_full`. Undefined where
 * nothing goes, or by a rule that is not ours.
 */
export function rollupKeptFrom(engineFull: string): number | undefined {
  const times = rollupTimes(ttlOf(engineFull));
  return times === undefined ? undefined : Math.min(...times.map(oldestKept));
}

/**
 *     TTL toDate(Timestamp) + toIntervalDay(30): at noon of the 31st, the 1st is gone, and the 2nd is not
 */
function oldestKept(time: string): number {
  return Math.ceil((Date.now() / 1000 - secondsIn(time)) / DAY) * DAY;
}

function partitionIn(engineFull: string): Partition | undefined {
  const { clauses } = tableStatement(engineFull);
  const text = clauses.find(({ keyword }) => keyword === 'PARTITION BY')?.text;
  return (Object.keys(PARTITIONS) as Partition[]).find(
    (span) => text === `PARTITION BY ${PARTITIONS[span]}(Timestamp)`,
  );
}

const PARTITION_OF: Readonly<Record<Partition | 'none', Kept['partitionOf']>> = {
  day: (seconds) => String(Math.floor(seconds / DAY)),
  // 1970 began on a Thursday.
  week: (seconds) => String(Math.floor((seconds / DAY + 3) / 7)),
  month: (seconds) => new Date(seconds * 1000).toISOString().slice(0, 7),
  none: () => '',
};
