import { POD_SLOTS } from './helperTables.ts';

/** The columns of the exporter's insert, in its order. */
export const exporterColumns = [
  'Timestamp',
  'ProfileId',
  'SampleType',
  'SampleUnit',
  'ServiceName',
  'ResourceAttributes',
  'ScopeName',
  'ScopeVersion',
  'ProfileAttributes',
  'SampleAttributes',
  'StackHash',
  'Addresses',
  'FunctionNames',
  'FileNames',
  'LineNumbers',
  'MappingFileNames',
  'Values',
  'TimestampsUnixNano',
  'DurationNano',
  'Period',
  'PeriodType',
  'PeriodUnit',
  'TraceId',
  'SpanId',
] as const;

export interface RowRange {
  /** The database that holds the helper tables. */
  readonly database: string;
  readonly seed: number;
  /** How many rows the whole day has. */
  readonly total: number;
  /** Rows [from, to) of it, in time order. */
  readonly from: number;
  readonly to: number;
}

/** The day that is made, in UTC. */
export const DAY = '2026-03-10';
const WINDOW_SECONDS = 5;
/** One window less than fits into a day: the last events must still be of the same day. */
const WINDOWS = (24 * 3600) / WINDOW_SECONDS - 2;

/** Rows that share a window: see BURSTS. */
const BLOCK = 32;

/**
 * How the rows of a block are shared out among processes that were busy in the same window. Captured
 * profiles hold 40, 28, 23, 20, 20, 16, 11, 11, 9, 9, 6, 6, 5, 5, 3, 1 and 1 samples: few are large.
 */
const BURSTS = [[32], [20, 12], [16, 10, 6], [25, 5, 2], [17, 9, 5, 1]];
const burstOfRow = BURSTS.map((sizes) =>
  sizes.flatMap((size, part) => Array<number>(size).fill(part)),
);

/**
 * SELECT of rows [from, to) of a fleet's day, with the exporter's columns.
 *
 * Every draw is a hash of the row's number, so any range can be made by itself, in any order, and is
 * the same each time. From the outside in:
 *
 *     block of 32 rows   a five-second window; more of them by day than by night
 *       burst            a pod that is busy in this window: what becomes one or two OTLP profiles
 *         span           a quarter of all rows: up to three spans that run in the burst
 *         row            a stack by popularity, a thread, a CPU, event times
 *
 * On CPU a node's sampling ticks are 50 ms apart and its CPUs' events up to half a millisecond late;
 * off CPU an event comes at any nanosecond, with how long the thread was away as its value.
 */
export function rowsQuery({ database, seed, total, from, to }: RowRange): string {
  const draw = (n: number): string => `intHash64(${seed} + i * 16 + ${n})`;
  // A draw as a number in [0, 1): the hash's upper 32 bits.
  const unit = (n: number): string => `bitShiftRight(${draw(n)}, 32) / 4294967296`;
  return `SELECT
    fromUnixTimestamp64Nano(toInt64(profileStart)) AS Timestamp,
    '' AS ProfileId,
    if(offCpu, 'off_cpu', 'samples') AS SampleType,
    if(offCpu, 'nanoseconds', 'count') AS SampleUnit,
    ServiceName,
    ResourceAttributes,
    'go.opentelemetry.io/ebpf-profiler' AS ScopeName,
    '' AS ScopeVersion,
    CAST(map() AS Map(LowCardinality(String), String)) AS ProfileAttributes,
    CAST(map(
      'thread.name', replaceOne(replaceOne(toString(threadName), '$', executable), '%', toString(thread)),
      'thread.id', toString(toUInt32(pid + threadFirst + thread) AS threadId),
      'cpu.logical_number', toString(if(${draw(0)} % 2, intHash64(threadId + intDiv(window, 12)), intHash64(i)) % 32)
    ) AS Map(LowCardinality(String), String)) AS SampleAttributes,
    StackHash, Addresses, FunctionNames, FileNames, LineNumbers, MappingFileNames,
    arrayMap(k -> toInt64(exp(10 + 11.5 * pow(bitShiftRight(intHash64(i * 8 + k), 32) / 4294967296, 2))), range(if(offCpu, hits, 0))) AS Values,
    arrayMap(k -> toUInt64(if(offCpu,
      profileStart + toUInt64(least(0.999, at + k * 0.01) * profileLength),
      greatest(profileStart, profileStart + toUInt64(at * ticks + k) * 50000000 + intHash64(i * 8 + k) % 500000 - late))), range(hits)) AS TimestampsUnixNano,
    toUInt64(profileLength) AS DurationNano,
    toInt64(if(offCpu, 0, 50000000)) AS Period,
    if(offCpu, '', 'cpu') AS PeriodType,
    if(offCpu, '', 'nanoseconds') AS PeriodUnit,
    if(linked, lower(concat(hex(reinterpretAsFixedString(intHash64(trace))), hex(reinterpretAsFixedString(intHash64(trace + 1))))), '') AS TraceId,
    if(linked, lower(hex(reinterpretAsFixedString(span))), '') AS SpanId
  FROM (
    SELECT *,
      toUInt16(if(linked, span % threadCount, toUInt64(threadCount * pow(${unit(1)}, 2)))) AS thread
    FROM (
      SELECT *,
        if(${draw(2)} % 10 < 9, 1, 2 + toUInt8(4 * pow(${unit(3)}, 3))) AS hits,
        ${draw(4)} % 1000 < linkedPermille AS linked,
        multiIf(${draw(5)} % 100 < 70, 0, ${draw(5)} % 100 < 92, 1, 2) AS spanSlot,
        if(longSpans, cityHash64(${seed}, pod, intDiv(window, 60), spanSlot), cityHash64(${seed}, burst, spanSlot)) AS span,
        if(longSpans, span, cityHash64(${seed}, intDiv(i, 128), span % 5)) AS trace,
        -- A span's samples lie within a part of the window, the others anywhere in it.
        (span % 1000) / 1000 AS spanStart,
        if(linked, spanStart + (1 - spanStart) * (0.05 + (span % 7) / 10) * ${unit(6)}, ${unit(6)}) AS at,
        cityHash64(${seed}, pod, window, offCpu) AS profile,
        profile % 500000 AS late,
        60 + bitShiftRight(profile, 8) % 30 AS ticks,
        toUInt64(toUnixTimestamp(toDateTime('${DAY} 00:00:00', 'UTC'))) * 1000000000 + window * ${WINDOW_SECONDS}000000000 + windowPhase AS windowStart,
        if(offCpu, windowStart + profile % 300000000,
          intDiv(windowStart, 50000000) * 50000000 + tickPhase + profile % 8 * 50000000 + late) AS profileStart,
        if(offCpu, 4200000000 + bitShiftRight(profile, 8) % 400000000, ticks * 50000000 + bitShiftRight(profile, 20) % 400000) AS profileLength,
        -- Zipf's law, inverted: rank 0 with the largest probability, then falling as 1 / (rank + 1)^skew.
        toUInt32(least(stackCount - 1, toUInt32(pow((pow(stackCount + 1, 1 - skew) - 1) * ${unit(7)} + 1, 1 / (1 - skew))) - 1)) AS rank,
        toUInt32(stackFirst + if(window >= ${WINDOWS / 2} AND rank % 10 = 3, stackCount + intDiv(rank, 10), rank)) AS stack
      FROM (
        SELECT *,
          ${draw(8)} % 100 < 20 AS offCpu,
          if(offCpu, offFirst, onFirst) AS stackFirst,
          if(offCpu, offCount, onCount) AS stackCount
        FROM (
          SELECT number AS i,
            intDiv(i, ${BLOCK}) AS block,
            -- The share of the day that is over, warped so that noon is 2.4 times as busy as midnight.
            (block + 0.5) * ${BLOCK} / ${Math.max(total, BLOCK)} AS share,
            toUInt32(least(${WINDOWS} - 1, toUInt64(${WINDOWS} * (share + 0.4 * sin(2 * pi() * share) / (2 * pi()))))) AS window,
            block * 4 + [${burstOfRow.flat().join(',')}][1 + (intHash64(${seed} + block) % ${BURSTS.length}) * ${BLOCK} + i % ${BLOCK}] AS burst,
            toUInt16(cityHash64(${seed}, burst) % ${POD_SLOTS}) AS slot
          FROM numbers(${from}, ${to - from})
        ) AS bursts
        ANY LEFT JOIN ${database}.fleet_slots USING (slot)
      )
      -- As a fleet sends them: window by window, pod by pod, one profile after the other.
      ORDER BY window, pod, offCpu, i
    ) AS samples
    ANY LEFT JOIN ${database}.fleet_stacks USING (stack)
  )`;
}
