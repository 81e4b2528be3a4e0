import type { TestDatabase } from '../../migrations/testing/database.ts';

/** Everything that the profile tables of a database say, added up. */
export async function sumsOf(db: TestDatabase): Promise<Record<string, unknown[]>> {
  const sums: Record<string, unknown[]> = {};
  for (const [table, columns] of TABLES) {
    sums[table] = await db.ask(`SELECT ${columns} FROM ${table} GROUP BY ALL ORDER BY ALL`);
  }
  return sums;
}

const KEY = 'Timestamp, ServiceName, ProfileType, Unit';

const TABLES: readonly (readonly [string, string])[] = [
  [
    'otel_profiles',
    `${KEY}, StackId::UInt64, TraceId, ResourceAttributes, SampleAttributes, sum(Value), sum(Count), count()`,
  ],
  ['otel_profiles_stacks', 'StackId, FrameIds, FunctionStackId'],
  ['otel_profiles_frames', 'FrameId, FunctionName, FileName, Line, Kind'],
  ...['1m', '1h', '1d'].map(
    (grain) =>
      [
        `otel_profiles_rollup_${grain}`,
        `${KEY}, Namespace, Workload, StackId::UInt64, sum(Value), sum(Count)`,
      ] as const,
  ),
  ...['1h', '1d'].map(
    (grain) =>
      [
        `otel_profiles_functions_${grain}`,
        `${KEY}, FrameId::UInt64, sum(Self), sum(Total), sum(SelfCount), sum(TotalCount)`,
      ] as const,
  ),
  ['otel_profiles_kv_rollup_15m', 'Timestamp, ColumnIdentifier, Key, Value, sum(count)'],
  ['otel_profiles_sampled_25', `${KEY}, StackId::UInt64, sum(Value), count()`],
];
