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
    await db.land([sample('00:00:00', ['f'], 1, { Timestamp: '2100-01-01 00:00:00' })]);
    await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_coverage' });
    await migrate(db.client, { database: db.name, ttl: '3650d' });
    // After the newest sample, though that is ahead of the clock.
    const after = String(Date.UTC(2100, 0, 1) + 1);
    expect(await db.one(SINCE)).toEqual({ tables: '7', first: after, last: after });
  });
});
