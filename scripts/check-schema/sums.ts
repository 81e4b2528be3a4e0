/** Every table that is summed up, with what it says. */
export const SUMS = [
  ...['1m', '1h', '1d'].map((grain) => [
    `otel_profiles_rollup_${grain}`,
    'Timestamp, ServiceName, ProfileType, Unit, Namespace, Workload, toUInt64(StackId) AS stack, sum(Value), sum(Count)',
  ]),
  ...['1h', '1d'].map((grain) => [
    `otel_profiles_functions_${grain}`,
    'Timestamp, ServiceName, ProfileType, Unit, toUInt64(FrameId) AS frame, sum(Self), sum(Total), sum(SelfCount), sum(TotalCount)',
  ]),
  ['otel_profiles_kv_rollup_15m', 'Timestamp, ColumnIdentifier, Key, Value, sum(count)'],
] as const;
