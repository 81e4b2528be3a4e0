import { quoteIdentifier } from '../migrations/parameters.ts';
import { within, type Slice } from './slice.ts';

/** Two expressions of SQL, which are equal where a table has all. */
export interface Sums {
  /** What the samples come to. */
  readonly due: string;
  /** What the table holds. */
  readonly held: string;
}

/**
 * Of each table that is made of the samples, but the one of every 25th: by what it is known to hold
 * just the samples of some time. Whole days, for the tables by day.
 */
export function sumsWithin(database: string, slice: Slice): ReadonlyMap<string, Sums> {
  const of = (columns: string, table: string, filter = '') =>
    `(SELECT ${columns} FROM ${quoteIdentifier(database)}.${table} WHERE ${within(slice)}${filter})`;
  const samples = '(sum(toInt128(Value)), sum(toUInt64(Count)))';
  const all = of(samples, 'otel_profiles');
  // A sample without a stack is of no function.
  const inFunctions = of(samples, 'otel_profiles', ' AND StackId != cityHash64([]::Array(UInt64))');
  const rollup = (name: string) =>
    [name, { due: all, held: of('(sum(Value), sum(Count))', name) }] as const;
  const functions = (name: string) =>
    [name, { due: inFunctions, held: of('(sum(Self), sum(SelfCount))', name) }] as const;
  return new Map([
    rollup('otel_profiles_rollup_1m'),
    rollup('otel_profiles_rollup_1h'),
    rollup('otel_profiles_rollup_1d'),
    functions('otel_profiles_functions_1h'),
    functions('otel_profiles_functions_1d'),
    [
      'otel_profiles_kv_rollup_15m',
      {
        due: of('count()', 'otel_profiles'),
        // Each sample has one profile type.
        held: of(
          'sum(count)',
          'otel_profiles_kv_rollup_15m',
          " AND ColumnIdentifier = 'NativeColumn' AND Key = 'ProfileType'",
        ),
      },
    ],
  ]);
}
