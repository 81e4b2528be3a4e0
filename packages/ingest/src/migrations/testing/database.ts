import { randomUUID } from 'node:crypto';

import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client';
import { connectOrStart } from '@hyperflame/embedded';
import { afterAll, beforeAll } from 'vitest';

import type { ProfileRow } from '../../rows/profiles.ts';
import { migrate, type MigrateOptions } from '../migrate.ts';

/** A row of the landing table; what is left out is empty, as it would come from the exporter. */
export type Landed = Partial<ProfileRow>;

/** A freshly migrated database on a real server. */
export interface TestDatabase {
  readonly name: string;
  readonly client: ClickHouseClient;
  /** Inserts rows as the Collector's exporter would, all in one insert. */
  land(rows: readonly Landed[], settings?: ClickHouseSettings, table?: string): Promise<void>;
  /** The rows of a question; 64-bit numbers come as text. */
  ask<Row>(query: string): Promise<Row[]>;
  /** The only row of a question. */
  one<Row>(query: string): Promise<Row>;
}

/** Stacks and frames at line level: those that samples name. */
export const LINE_STACKS =
  '(SELECT * FROM otel_profiles_stacks FINAL WHERE StackId IN (SELECT StackId FROM otel_profiles))';
export const LINE_FRAMES = `(SELECT * FROM otel_profiles_frames FINAL WHERE FrameId IN (SELECT arrayJoin(FrameIds) FROM ${LINE_STACKS}))`;

export interface TestServer {
  readonly url: string;
  database(options?: MigrateOptions): Promise<TestDatabase>;
  client(database?: string): ClickHouseClient;
  stop(): Promise<void>;
}

/** A server for all tests of a file, of which this is called at the top. */
export function testServer(): Omit<TestServer, 'stop'> {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  return {
    get url() {
      return server.url;
    },
    database: (options) => server.database(options),
    client: (database) => server.client(database),
  };
}

async function startTestServer(): Promise<TestServer> {
  const server = await connectOrStart();
  const clients: ClickHouseClient[] = [];
  const made: string[] = [];
  const client = (database?: string) => {
    const added = createClient({
      url: server.url,
      database,
      log: { level: ClickHouseLogLevel.OFF },
    });
    clients.push(added);
    return added;
  };
  return {
    url: server.url,
    client,
    database: async (options) => {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      made.push(name);
      // Long enough for rows of any date that a test uses.
      await migrate(client(), { ttl: '3650d', ...options, database: name });
      return testDatabase(name, client(name));
    },
    stop: async () => {
      for (const name of made) await client().command({ query: `DROP DATABASE ${name} SYNC` });
      await Promise.all(clients.map((one) => one.close()));
      await server.stop();
    },
  };
}

function testDatabase(name: string, client: ClickHouseClient): TestDatabase {
  const ask = async <Row>(query: string): Promise<Row[]> => {
    const answer = await client.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    return answer.json<Row>();
  };
  return {
    name,
    client,
    ask,
    one: async <Row>(query: string) => {
      const rows = await ask<Row>(query);
      if (rows.length !== 1) throw new Error(`${rows.length} rows instead of one: ${query}`);
      return rows[0];
    },
    land: async (rows, settings, table = 'otel_profiles_ingest') => {
      await client.insert({
        table,
        values: rows,
        format: 'JSONEachRow',
        clickhouse_settings: {
          deduplicate_blocks_in_dependent_materialized_views: 1,
          ...settings,
        },
      });
    },
  };
}

/** 2026-09-01T00:00:00Z, in the form of the landing table and in nanoseconds. */
export const START = '2026-09-01 00:00:00.000000000';
export const START_NANO = 1_788_220_800_000_000_000n;

/** Nanoseconds after {@link START} as the exporter sends event times. */
export const at = (...milliseconds: number[]): string[] =>
  milliseconds.map((ms) => String(START_NANO + BigInt(ms) * 1_000_000n));

/** eBPF on-CPU at the default 20 Hz: a time per hit, no values. */
export const ON_CPU: Landed = {
  Timestamp: START,
  SampleType: 'samples',
  SampleUnit: 'count',
  PeriodType: 'cpu',
  PeriodUnit: 'nanoseconds',
  Period: '50000000',
  DurationNano: '5000000000',
};

/** eBPF off-CPU: values parallel to the times, no period. */
export const OFF_CPU: Landed = {
  Timestamp: START,
  SampleType: 'off_cpu',
  SampleUnit: 'nanoseconds',
};

/** eBPF probes: a time per event, no values, no period. */
export const PROBE: Landed = { Timestamp: START, SampleType: 'events', SampleUnit: 'count' };

/** CPU time as pprof has it: one aggregated value, no times. */
export const PPROF_CPU: Landed = {
  Timestamp: START,
  SampleType: 'cpu',
  SampleUnit: 'nanoseconds',
  PeriodType: 'cpu',
  PeriodUnit: 'nanoseconds',
  Period: '10000000',
};

/** A stack by its function names, leaf first, each frame in a file of its own. */
export function stack(...names: string[]): Landed {
  return {
    FunctionNames: names,
    FileNames: names.map((name) => `${name}.js`),
    LineNumbers: names.map((_, i) => i + 1),
    MappingFileNames: names.map(() => ''),
    Addresses: names.map(() => '0'),
  };
}
