import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import type { ClickHouseClient } from '@clickhouse/client';

import type { Kept } from '../kept-from.ts';
import { logRows } from '../rows/logs.ts';
import { profileRows, type ProfileRow } from '../rows/profiles.ts';
import { traceRows } from '../rows/traces.ts';
import type { Payload } from './read-payload.ts';

/** Where each signal goes: the tables that the Collector's exporter writes. */
const TABLES = {
  profiles: 'otel_profiles_ingest',
  traces: 'otel_traces',
  logs: 'otel_logs',
} as const;

/** What became of a message. */
export interface Inserted {
  readonly rows: number;
  /** Those of them that are too old to be kept. */
  readonly expired: number;
}

/**
 * Inserts a message's rows in one insert and returns how many there were. The same bytes inserted
 * again soon count once, in the tables behind the views too: their hash is the token by which
 * ClickHouse knows them again. Of pprof it is also that of what was said about the file: imported
 * again as something else, it makes other rows.
 *
 * Rows that are too old stay all the same in a part with newer ones, and the rows of an insert are one
 * part for each partition.
 */
export async function insertPayload(
  client: ClickHouseClient,
  payload: Payload,
  bytes: Uint8Array,
  kept?: Kept,
): Promise<Inserted> {
  let count = 0;
  const parts = new Map<string, { rows: number; newest: number }>();
  function* counted(): Generator<unknown> {
    for (const row of rowsOf(payload)) {
      count++;
      if (kept !== undefined) {
        const at = secondsOf(row);
        const partition = kept.partitionOf(at);
        const { rows, newest } = parts.get(partition) ?? { rows: 0, newest: at };
        parts.set(partition, { rows: rows + 1, newest: Math.max(newest, at) });
      }
      yield row;
    }
  }
  const rows = counted();
  // ClickHouse refuses an insert without rows.
  const first = rows.next();
  if (first.done === true) return { rows: 0, expired: 0 };

  await client.insert({
    table: TABLES[payload.signal],
    format: 'JSONEachRow',
    values: Readable.from(startingWith(first.value, rows)),
    clickhouse_settings: {
      async_insert: 0,
      insert_deduplication_token: tokenOf(payload, bytes),
      deduplicate_blocks_in_dependent_materialized_views: 1,
      // Where the tables are over several shards: answered when these have the rows.
      distributed_foreground_insert: 1,
      // Rows of many days are as many partitions, and the server would refuse more than 100.
      max_partitions_per_insert_block: '0',
      date_time_input_format: 'basic',
      // Older tables have no EventName, and the exporter's own know less of frames.
      input_format_skip_unknown_fields: payload.signal === 'traces' ? 0 : 1,
    },
  });
  const old = [...parts.values()].filter(({ newest }) => newest < (kept?.from ?? -Infinity));
  return { rows: count, expired: old.reduce((sum, part) => sum + part.rows, 0) };
}

function tokenOf(payload: Payload, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes);
  if (payload.signal === 'profiles' && payload.asOtlp !== undefined) hash.update(payload.asOtlp);
  return hash.digest('hex');
}

type TimedRow = Pick<ProfileRow, 'Timestamp'> & Partial<Pick<ProfileRow, 'TimestampsUnixNano'>>;

/**
 * When a row begins, in seconds since 1970: as `otel_profiles_ingest_mv` has it, a profile without a
 * time of its own began with its first event.
 */
function secondsOf({ Timestamp, TimestampsUnixNano = [] }: TimedRow): number {
  const own = Number(Timestamp);
  return own === 0 && TimestampsUnixNano.length > 0
    ? TimestampsUnixNano.reduce((least, time) => Math.min(least, Number(time)), Infinity) / 1e9
    : own;
}

function rowsOf(payload: Payload): Iterable<TimedRow> {
  switch (payload.signal) {
    case 'profiles':
      return profileRows(payload.data);
    case 'traces':
      return traceRows(payload.data);
    case 'logs':
      return logRows(payload.data);
  }
}

function* startingWith(first: unknown, rest: Iterable<unknown>): Generator<unknown> {
  yield first;
  yield* rest;
}
