import { beforeAll, expect, it } from 'vitest';

import { testServer, type TestDatabase } from './testing/database.ts';

const server = testServer();
let db: TestDatabase;
beforeAll(async () => {
  db = await server.database();
});

const columnsOf = async (table: string) =>
  (
    await db.ask<{ column: string }>(`
      SELECT concat(name, ' ', type) AS column FROM system.columns
      WHERE database = currentDatabase() AND table = '${table}' AND default_kind = ''
      ORDER BY position`)
  ).map(({ column }) => column);

const ATTRIBUTES = 'Map(LowCardinality(String), String)';

// What the exporter's insert statements name, with the types of its own tables, in their order:
// exporter/clickhouseexporter/internal/sqltemplates of opentelemetry-collector-contrib v0.161.0.
it('profiles land in the exporter’s columns', async () => {
  expect(await columnsOf('otel_profiles_ingest')).toEqual([
    'Timestamp DateTime64(9)',
    'ProfileId String',
    'SampleType LowCardinality(String)',
    'SampleUnit LowCardinality(String)',
    'ServiceName LowCardinality(String)',
    `ResourceAttributes ${ATTRIBUTES}`,
    'ScopeName String',
    'ScopeVersion String',
    `ProfileAttributes ${ATTRIBUTES}`,
    `SampleAttributes ${ATTRIBUTES}`,
    'StackHash UInt64',
    'Addresses Array(UInt64)',
    'FunctionNames Array(LowCardinality(String))',
    'FileNames Array(LowCardinality(String))',
    'LineNumbers Array(Int32)',
    'MappingFileNames Array(LowCardinality(String))',
    'Values Array(Int64)',
    'TimestampsUnixNano Array(UInt64)',
    'DurationNano UInt64',
    'Period Int64',
    'PeriodType LowCardinality(String)',
    'PeriodUnit LowCardinality(String)',
    'TraceId String',
    'SpanId String',
    // What it leaves out: others may give it.
    'SystemNames Array(String)',
    'ColumnNumbers Array(UInt32)',
    'BuildIds Array(String)',
    'Kinds Array(String)',
  ]);
});

it('logs and spans land in the exporter’s columns', async () => {
  expect(await columnsOf('otel_logs')).toEqual([
    'Timestamp DateTime64(9)',
    'TraceId String',
    'SpanId String',
    'TraceFlags UInt8',
    'SeverityText LowCardinality(String)',
    'SeverityNumber UInt8',
    'ServiceName LowCardinality(String)',
    'Body String',
    'ResourceSchemaUrl LowCardinality(String)',
    `ResourceAttributes ${ATTRIBUTES}`,
    'ScopeSchemaUrl LowCardinality(String)',
    'ScopeName String',
    'ScopeVersion LowCardinality(String)',
    `ScopeAttributes ${ATTRIBUTES}`,
    `LogAttributes ${ATTRIBUTES}`,
    'EventName String',
  ]);
  expect(await columnsOf('otel_traces')).toEqual([
    'Timestamp DateTime64(9)',
    'TraceId String',
    'SpanId String',
    'ParentSpanId String',
    'TraceState String',
    'SpanName LowCardinality(String)',
    'SpanKind LowCardinality(String)',
    'ServiceName LowCardinality(String)',
    `ResourceAttributes ${ATTRIBUTES}`,
    'ScopeName String',
    'ScopeVersion String',
    `SpanAttributes ${ATTRIBUTES}`,
    'Duration UInt64',
    'StatusCode LowCardinality(String)',
    'StatusMessage String',
    'Events.Timestamp Array(DateTime64(9))',
    'Events.Name Array(LowCardinality(String))',
    `Events.Attributes Array(${ATTRIBUTES})`,
    'Links.TraceId Array(String)',
    'Links.SpanId Array(String)',
    'Links.TraceState Array(String)',
    `Links.Attributes Array(${ATTRIBUTES})`,
  ]);
});

it('nothing wide is stored', async () => {
  const stored = await db.ask(`
    SELECT name FROM system.tables
    WHERE database = currentDatabase() AND name IN ('otel_profiles_ingest', 'otel_profiles_samples')
      AND engine != 'Null'`);
  expect(stored).toEqual([]);
});
