import { beforeAll, describe, expect, it } from 'vitest';

import { migrate } from './migrate.ts';
import {
  ON_CPU,
  PPROF_CPU,
  at,
  stack,
  testServer,
  type Landed,
  type TestDatabase,
} from './testing/database.ts';

const server = testServer();

/** A sample of that weight, in a window that begins at that time of the first of September. */
function sample(time: string, frames: readonly string[], value: number, more: Landed = {}): Landed {
  return {
    ...PPROF_CPU,
    ...stack(...frames),
    Timestamp: `2026-09-01 ${time}`,
    Values: [String(value)],
    ServiceName: 'shop',
    ...more,
  };
}

const inKubernetes = (namespace: string, kind: string, workload: string): Landed => ({
  ResourceAttributes: { 'k8s.namespace.name': namespace, [`k8s.${kind}.name`]: workload },
});

describe('what is summed up', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await server.database();
    await db.land([
      sample('00:00:00.000000000', ['f', 'main'], 1),
      sample('00:00:59.999999999', ['f', 'main'], 2),
      sample('00:01:00.000000000', ['f', 'main'], 4),
      sample(
        '00:59:59.999000000',
        ['f', 'g', 'f', 'main'],
        8,
        inKubernetes('a', 'deployment', 'x'),
      ),
      sample('23:59:59.999999999', ['g', 'main'], 16, inKubernetes('a', 'statefulset', 'y')),
    ]);
    await db.land([
      sample('00:00:00.000000000', ['f', 'main'], 32),
      sample('', ['f', 'main'], 64, { Timestamp: '2026-09-02 00:00:00' }),
      sample('12:00:00.000000000', ['f', 'main'], -3),
      sample('12:00:00.000000000', ['f', 'main'], 5, { LineNumbers: [7, 8] }),
      sample('12:00:00.000000000', [], 6),
      { ...ON_CPU, ...stack('f', 'main'), ServiceName: 'shop', TimestampsUnixNano: at(0, 50) },
    ]);
  });

  it.each([
    ['otel_profiles_rollup_1m', 60],
    ['otel_profiles_rollup_1h', 3_600],
    ['otel_profiles_rollup_1d', 86_400],
  ])('%s holds exactly the rows of each bucket', async (table, seconds) => {
    const raw = await db.ask(`
      SELECT
        intDiv(toUnixTimestamp(Timestamp), ${seconds}) * ${seconds} AS bucket,
        ServiceName, ProfileType, Unit,
        ResourceAttributes['k8s.namespace.name']::String AS Namespace,
        concat(ResourceAttributes['k8s.deployment.name'], ResourceAttributes['k8s.statefulset.name']) AS Workload,
        FunctionStackId AS stack,
        sum(toInt128(Value)) AS value, sum(Count) AS samples
      FROM otel_profiles AS p JOIN (SELECT * FROM otel_profiles_stacks FINAL) AS s ON p.StackId = s.StackId
      GROUP BY ALL ORDER BY ALL`);
    const rolledUp = await db.ask(`
      SELECT
        toUnixTimestamp(Timestamp) AS bucket, ServiceName, ProfileType, Unit, Namespace, Workload,
        StackId AS stack, sum(Value) AS value, sum(Count) AS samples
      FROM ${table} GROUP BY ALL ORDER BY ALL`);
    expect(raw.length).toBeGreaterThan(4);
    expect(rolledUp.map((row) => JSON.stringify(row))).toEqual(
      raw.map((row) =>
        JSON.stringify({ ...(row as object), bucket: Number((row as { bucket: unknown }).bucket) }),
      ),
    );
  });

  it('functions count once for a stack, however often they recur in it', async () => {
    const named = `(SELECT FrameId, FunctionName AS name FROM otel_profiles_frames FINAL)`;
    for (const table of ['otel_profiles_functions_1h', 'otel_profiles_functions_1d']) {
      expect(
        await db.ask(`
          SELECT name, sum(Self) AS self, sum(Total) AS total, sum(SelfCount) AS selfCount, sum(TotalCount) AS totalCount
          FROM ${table} AS f JOIN ${named} AS n ON f.FrameId = n.FrameId
          WHERE ProfileType LIKE 'cpu:%' AND Timestamp < toDateTime('2026-09-02 00:00:00', 'UTC')
          GROUP BY name ORDER BY name`),
        table,
      ).toEqual([
        { name: 'f', self: '49', total: '49', selfCount: '7', totalCount: '7' },
        { name: 'g', self: '16', total: '24', selfCount: '1', totalCount: '2' },
        { name: 'main', self: '0', total: '65', selfCount: '0', totalCount: '8' },
      ]);
    }
  });
});

it('sums end at no edge of 64 bits', async () => {
  const db = await server.database();
  const most = '9223372036854775807';
  await db.land([
    sample('00:00:00', ['f'], 0, { Values: [most] }),
    sample('00:00:01', ['f'], 0, { Values: [most] }),
  ]);
  for (const grain of ['1m', '1h', '1d']) {
    expect(await db.one(`SELECT sum(Value) AS value FROM otel_profiles_rollup_${grain}`)).toEqual({
      value: '18446744073709551614',
    });
  }
  expect(await db.one('SELECT sum(Total) AS total FROM otel_profiles_functions_1d')).toEqual({
    total: '18446744073709551614',
  });
});

describe('times that cannot be', () => {
  /** Seconds since 1970, as the exporter and "import" may send them, and what each is taken for. */
  const TIMES: readonly (readonly [string, '1970' | '2056'])[] = [
    ['-9223372036.854775808', '1970'],
    ['-2208988800.000000000', '1970'],
    ['-1.000000000', '1970'],
    ['0.000000000', '1970'],
    ['2713910400.000000000', '2056'],
    ['2713910400.001000000', '2056'],
    // The end of DateTime, and a second later.
    ['4294967295.000000000', '2056'],
    ['4294967296.000000000', '2056'],
    ['9223372036.854775807', '2056'],
  ];
  const odd = (Timestamp: string, i: number) =>
    sample('', ['f', 'main'], 2 ** i, { Timestamp, SampleAttributes: { i: String(i) } });

  it('are the nearest that can, in the rows and in all that is summed up', async () => {
    const db = await server.database();
    const tables = {
      otel_profiles: 'Value',
      otel_profiles_rollup_1m: 'Value',
      otel_profiles_rollup_1h: 'Value',
      otel_profiles_rollup_1d: 'Value',
      otel_profiles_functions_1h: 'Self',
      otel_profiles_functions_1d: 'Self',
    };
    for (const table of [...Object.keys(tables), 'otel_profiles_kv_rollup_15m']) {
      await db.client.command({ query: `ALTER TABLE ${table} REMOVE TTL` });
    }
    await db.land(
      TIMES.map(([time], i) => odd(time, i)),
      { date_time_input_format: 'basic' },
    );
    const sums = (year: string) =>
      TIMES.reduce((sum, [, of], i) => sum + (of === year ? 2 ** i : 0), 0);
    const counts = (year: string) => TIMES.filter(([, of]) => of === year).length;
    const byTime = (value: string, table: string) =>
      db.ask(`SELECT toString(toTimeZone(Timestamp, 'UTC')::DateTime64(9, 'UTC')) AS at, ${value} AS n
        FROM ${table} GROUP BY at ORDER BY at`);
    const expected = (of: (year: string) => number) =>
      ['1970', '2056'].map((year) => ({
        at: `${year}-01-01 00:00:00.000000000`,
        n: String(of(year)),
      }));
    for (const [table, value] of Object.entries(tables)) {
      expect(await byTime(`sum(${value})`, table), table).toEqual(expected(sums));
    }
    expect(
      await byTime('sum(count)', "otel_profiles_kv_rollup_15m WHERE Key = 'ServiceName'"),
    ).toEqual(expected(counts));
  });

  it('go after no table’s time to live before the rest of a sample', async () => {
    const longest = '18250d';
    const db = await server.database({
      ttl: longest,
      rollupTtl: { '1h': longest, '1d': longest },
    });
    await db.land([odd('4294967295.000000000', 0)]);
    const tables = await db.ask<{ name: string }>(
      `SELECT name FROM system.tables WHERE database = currentDatabase()
       AND name LIKE 'otel_profiles%' AND engine LIKE '%MergeTree' AND name NOT LIKE '%sampled%'`,
    );
    expect(tables.length).toBeGreaterThan(7);
    for (const { name } of tables) {
      await db.client.command({ query: `OPTIMIZE TABLE ${name} FINAL` });
      const { n } = await db.one<{ n: string }>(`SELECT count() AS n FROM ${name}`);
      expect(Number(n), name).toBeGreaterThan(0);
    }
  });

  it('keep the offsets of their events inside what a row can hold', async () => {
    const db = await server.database({ ttl: '18250d' });
    const events = ['0', '2713910400007000000', String(2n ** 64n - 1n)];
    await db.land([{ ...ON_CPU, Timestamp: '9223372036.854775807', TimestampsUnixNano: events }]);
    expect(await db.one('SELECT EventOffsets AS offsets FROM otel_profiles')).toEqual({
      offsets: [0, 7, 4_294_967_295],
    });
  });
});

it('facets are counted by quarter of an hour, for columns and for each attribute', async () => {
  const db = await server.database();
  const attributes: Landed = {
    ResourceAttributes: { pod: 'p' },
    SampleAttributes: { 'thread.name': 'it’s {x:String}' },
    ProfileAttributes: { build: '' },
  };
  await db.land([
    sample('00:00:00', ['f'], 1, attributes),
    sample('00:14:59.999999999', ['f'], 1, attributes),
    sample('00:15:00', ['f'], 1, { ...attributes, ServiceName: 'cart' }),
  ]);
  expect(
    await db.ask(`
      SELECT formatDateTime(Timestamp, '%R', 'UTC') AS at, ColumnIdentifier AS column, Key AS key, Value AS value, sum(count) AS n
      FROM otel_profiles_kv_rollup_15m WHERE Key NOT IN ('ProfileType', 'Unit')
      GROUP BY ALL ORDER BY ALL`),
  ).toEqual([
    { at: '00:00', column: 'NativeColumn', key: 'ServiceName', value: 'shop', n: '2' },
    { at: '00:00', column: 'ProfileAttributes', key: 'build', value: '', n: '2' },
    { at: '00:00', column: 'ResourceAttributes', key: 'pod', value: 'p', n: '2' },
    {
      at: '00:00',
      column: 'SampleAttributes',
      key: 'thread.name',
      value: 'it’s {x:String}',
      n: '2',
    },
    { at: '00:15', column: 'NativeColumn', key: 'ServiceName', value: 'cart', n: '1' },
    { at: '00:15', column: 'ProfileAttributes', key: 'build', value: '', n: '1' },
    { at: '00:15', column: 'ResourceAttributes', key: 'pod', value: 'p', n: '1' },
    {
      at: '00:15',
      column: 'SampleAttributes',
      key: 'thread.name',
      value: 'it’s {x:String}',
      n: '1',
    },
  ]);
});

it('the sampled tier takes one row in 25, and the same ones again', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) =>
    sample('00:00:00', [`f${i % 100}`], i, { SampleAttributes: { 'thread.id': String(i) } }),
  );
  const chosen: unknown[] = [];
  for (let time = 0; time < 2; time++) {
    const db = await server.database();
    await db.land(rows);
    chosen.push(await db.ask('SELECT Value FROM otel_profiles_sampled_25 ORDER BY Value'));
    const { n } = await db.one<{ n: string }>('SELECT count() AS n FROM otel_profiles_sampled_25');
    // 200 are expected, give or take 14; a choice by anything but chance would be far off.
    expect(Number(n)).toBeGreaterThan(120);
    expect(Number(n)).toBeLessThan(280);
    expect(
      await db.one(`
        SELECT countIf(StackId IN (SELECT FunctionStackId FROM otel_profiles_stacks)) = count() AS known
        FROM otel_profiles_sampled_25`),
    ).toEqual({ known: 1 });
  }
  expect(chosen[0]).toEqual(chosen[1]);
});

describe('coverage', () => {
  const SINCE = `
    SELECT uniqExact(Name) AS tables, toUnixTimestamp64Milli(min(Since)) AS first, toUnixTimestamp64Milli(max(Since)) AS last
    FROM otel_profiles_coverage`;

  it('is from the beginning where the samples are', async () => {
    const db = await server.database();
    await db.land([sample('00:00:00', ['f'], 1)]);
    await migrate(db.client, { database: db.name, ttl: '3650d' });
    expect(await db.one(SINCE)).toEqual({ tables: '7', first: '0', last: '0' });
  });

  it('is from now on for what is added later', async () => {
    const db = await server.database();
    await db.land([sample('00:00:00', ['f'], 1, { Timestamp: '2050-01-01 00:00:00' })]);
    await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_coverage' });
    await migrate(db.client, { database: db.name, ttl: '3650d' });
    // After the newest sample, though that is ahead of the clock.
    const after = String(Date.UTC(2050, 0, 1) + 1);
    expect(await db.one(SINCE)).toEqual({ tables: '7', first: after, last: after });
  });

  it('is after rows of an earlier version that are as late as times go', async () => {
    const db = await server.database();
    const latest = 9_223_372_036_854_000_000n;
    await db.client.command({
      query: `INSERT INTO otel_profiles (Timestamp) SELECT fromUnixTimestamp64Nano(toInt64(${latest}))`,
    });
    await migrate(db.client, { database: db.name, ttl: '18250d' });
    expect(await db.one(SINCE)).toEqual({ tables: '7', first: '0', last: '0' });
    await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_coverage' });
    await migrate(db.client, { database: db.name });
    const { since } = await db.one<{ since: string }>(
      'SELECT toUnixTimestamp64Nano(min(Since)) AS since FROM otel_profiles_coverage',
    );
    expect(BigInt(since)).toBeGreaterThan(latest);
  });
});
