/** A column as the exporter writes it. */
export interface ExporterColumn {
  readonly name: string;
  readonly type: string;
}

/** The exporter whose columns these are. */
export const EXPORTER_VERSION = 'v0.161.0';

/**
 * What the Collector's clickhouse exporter inserts for profiles, in its order.
 * Source: `internal/sqltemplates/profiles_insert.sql` and `profiles_table.sql` of
 * opentelemetry-collector-contrib/exporter/clickhouseexporter.
 */
export const EXPORTER_COLUMNS: readonly ExporterColumn[] = [
  { name: 'Timestamp', type: 'DateTime64(9)' },
  { name: 'ProfileId', type: 'String' },
  { name: 'SampleType', type: 'LowCardinality(String)' },
  { name: 'SampleUnit', type: 'LowCardinality(String)' },
  { name: 'ServiceName', type: 'LowCardinality(String)' },
  { name: 'ResourceAttributes', type: 'Map(LowCardinality(String), String)' },
  { name: 'ScopeName', type: 'String' },
  { name: 'ScopeVersion', type: 'String' },
  { name: 'ProfileAttributes', type: 'Map(LowCardinality(String), String)' },
  { name: 'SampleAttributes', type: 'Map(LowCardinality(String), String)' },
  { name: 'StackHash', type: 'UInt64' },
  { name: 'Addresses', type: 'Array(UInt64)' },
  { name: 'FunctionNames', type: 'Array(LowCardinality(String))' },
  { name: 'FileNames', type: 'Array(LowCardinality(String))' },
  { name: 'LineNumbers', type: 'Array(Int32)' },
  { name: 'MappingFileNames', type: 'Array(LowCardinality(String))' },
  { name: 'Values', type: 'Array(Int64)' },
  { name: 'TimestampsUnixNano', type: 'Array(UInt64)' },
  { name: 'DurationNano', type: 'UInt64' },
  { name: 'Period', type: 'Int64' },
  { name: 'PeriodType', type: 'LowCardinality(String)' },
  { name: 'PeriodUnit', type: 'LowCardinality(String)' },
  { name: 'TraceId', type: 'String' },
  { name: 'SpanId', type: 'String' },
];

/**
 * Whether an insert into one type is the same as into the other. `LowCardinality` is how a column is
 * stored, not what it holds; a time zone is how it is shown.
 */
export function takesTheSame(a: string, b: string): boolean {
  return essence(a) === essence(b);
}

function essence(type: string): string {
  return type
    .replaceAll(/LowCardinality\((\w+)\)/g, '$1')
    .replaceAll(/DateTime64\((\d+), '[^']*'\)/g, 'DateTime64($1)');
}
