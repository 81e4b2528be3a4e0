import { describe, expect, it } from 'vitest';

import { DERIVED } from '../migrations/derived.ts';
import {
  OFF_CPU,
  ON_CPU,
  stack,
  testServer,
  type Landed,
  type TestDatabase,
} from '../migrations/testing/database.ts';
import { killed } from '../cli/testing/killed.ts';
import { DAY } from './slice.ts';
import { backfill, slicesOf, type BackfillProgress } from './backfill.ts';
import { sumsOf } from './testing/sums.ts';

const server = testServer();

const HOURS = 30;

/** Rows of thirty hours of three days, every one another; some without a stack. */
function makeRows(from: number, to: number): Landed[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const time = new Date(Date.UTC(2026, 8, 1, 20 + (n % HOURS), n % 60, n % 59, n % 1000));
    return {
      ...(n % 3 === 0 ? OFF_CPU : ON_CPU),
      ...(n % 11 === 0 ? {} : stack(`f${n % 7}`, 'g', `f${n % 5}`, 'main')),
      Timestamp: time.toISOString().replace('T', ' ').replace('Z', ''),
      ServiceName: `service ${n % 3}`,
      ResourceAttributes: { 'k8s.deployment.name': `deployment ${n % 2}`, pod: String(n % 5) },
      SampleAttributes: { 'thread.name': String(n % 4) },
      Values: [String(n)],
    };
  });
}

/** A database whose rollups were made when its samples were there already. */
async function withoutRollups(rows: number, more: Landed[] = []): Promise<TestDatabase> {
  const db = await server.database();
  await db.land([...makeRows(0, rows), ...more]);
  await forget(db);
  return db;
}

/** Takes all rows out of the rollups, which are made anew from now on. */
async function forget(db: TestDatabase): Promise<void> {
  for (const table of DERIVED.map(({ name }) => name)) {
    await db.client.command({ query: `TRUNCATE TABLE ${table}` });
    await db.client.command({
      query: `ALTER TABLE otel_profiles_coverage DELETE WHERE Name = '${table}' SETTINGS mutations_sync = 2`,
    });
    await db.client.command({
      query: `INSERT INTO otel_profiles_coverage
              SELECT '${table}', greatest(now64(9), max(Timestamp) + toIntervalMillisecond(1)) FROM otel_profiles`,
    });
  }
}

const connection = (db: TestDatabase) => ({
  url: server.url,
  user: 'default',
  password: '',
  database: db.name,
});

/** What a run ends with that has filled in all that there was. */
const ALL = { left: 0, endedEarly: false, openDay: undefined };

const openTables = (db: TestDatabase) =>
  db.ask(
    `SELECT Name, min(Since) AS since FROM otel_profiles_coverage GROUP BY Name HAVING since > toDateTime64(0, 9)`,
  );

async function truth(rows: number): Promise<TestDatabase> {
  const db = await server.database();
  await db.land(makeRows(0, rows));
  return db;
}

describe('slices', () => {
  const HOUR = 3_600_000;
  const day = Date.UTC(2026, 8, 1);
  const hours = (samples: number) =>
    [25, 24, 5, 3, 0].map((hour) => ({ at: day + hour * HOUR, samples }));

  it('are the days of few samples', () => {
    expect(slicesOf(hours(10), day + 100 * HOUR)).toEqual([
      { from: day + 24 * HOUR, to: day + 26 * HOUR, samples: 20 },
      { from: day, to: day + 6 * HOUR, samples: 30 },
    ]);
  });

  it('are the hours of many samples, and of a day that is not over', () => {
    const each = [25, 24, 5, 3, 0].map((hour) => day + hour * HOUR);
    expect(slicesOf(hours(1_500_000), day + 100 * HOUR).map(({ from }) => from)).toEqual(each);
    expect(slicesOf(hours(10), day + 26 * HOUR).map(({ from }) => from)).toEqual([
      ...each.slice(0, 2),
      day,
    ]);
  });
});

describe('backfill', () => {
  it('makes what would be there, says how far it is, and then has nothing to do', async () => {
    const db = await withoutRollups(600);
    const told: BackfillProgress[] = [];
    const result = await backfill(connection(db), { onProgress: (now) => told.push(now) });
    expect(result).toEqual({ samples: 600, ...ALL });
    // Three days, and the end.
    expect(told.map(({ done }) => done)).toEqual([0, 40, 520, 600]);
    expect(told[0]).toEqual({ done: 0, total: 600, at: '2026-09-03 00:00' });
    expect(told.at(-1)).toEqual({ done: 600, total: 600, at: '' });
    expect(await sumsOf(db)).toEqual(await sumsOf(await truth(600)));
    expect(await openTables(db)).toEqual([]);
    expect(await backfill(connection(db))).toEqual({ samples: 0, ...ALL });
  });

  it('begins again where it was killed, while samples of these hours arrive', async () => {
    const db = await withoutRollups(600);
    let landed = 600;
    const land = async () => {
      await db.land(makeRows(landed, landed + 40));
      landed += 40;
    };
    for (const afterMs of [900, 1_500, 2_300]) {
      await killed(['backfill', '--url', server.url, '--database', db.name], afterMs, land);
      await land();
    }
    const filling = backfill(connection(db));
    await land();
    await filling;
    await land();
    expect(await sumsOf(db)).toEqual(await sumsOf(await truth(landed)));
    expect(await openTables(db)).toEqual([]);
  });

  it('lets go of what an earlier run left, and of what is there twice', async () => {
    const db = await withoutRollups(300);
    for (const table of ['otel_profiles_rollup_1m', 'otel_profiles_functions_1h']) {
      await db.client.command({
        query: `INSERT INTO ${table} (Timestamp, ServiceName) VALUES ('2026-09-02 03:00:00', 'left')`,
      });
    }
    await db.client.command({
      query: `INSERT INTO otel_profiles_rollup_1d (Timestamp, Value) VALUES ('2026-09-02', 7)`,
    });
    await backfill(connection(db));
    const sums = await sumsOf(db);
    expect(JSON.stringify(sums.otel_profiles_rollup_1d)).not.toContain('"7"');
    expect(await openTables(db)).toEqual([]);
  });

  it('ends after the slice that it is at, and says how much is left', async () => {
    const db = await withoutRollups(600);
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    const first = await backfill(connection(db), { signal: stop.signal, onProgress });
    expect(first).toEqual({ ...ALL, samples: 40, left: 560, endedEarly: true });
    // All hours, and none of the days.
    const later = new AbortController();
    const second = await backfill(connection(db), {
      signal: later.signal,
      onProgress: ({ done, total }) => {
        if (done === total) later.abort();
      },
    });
    expect(second).toEqual({ ...ALL, samples: 560, endedEarly: true });
    expect(await openTables(db)).toHaveLength(2);
    expect(await backfill(connection(db))).toEqual({ ...ALL, samples: 0 });
    expect(await openTables(db)).toEqual([]);
  });

  it('says that it waits for an hour to end, and stops waiting when told to', async () => {
    const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const db = await withoutRollups(10, [{ ...ON_CPU, ...stack('a'), Timestamp: now }]);
    const stop = new AbortController();
    const told: string[] = [];
    const result = await backfill(connection(db), {
      signal: stop.signal,
      onProgress: ({ at }) => {
        told.push(at);
        if (at.includes('waiting')) stop.abort();
      },
    });
    expect(result).toEqual({ ...ALL, samples: 0, left: 11, endedEarly: true });
    const hour = `${now.slice(0, 13)}:00`;
    expect(told).toEqual([hour, `${hour}, waiting for it to end`]);
  });

  it('does not wait for a time that is years away, which a wrong clock has sent', async () => {
    const later = (year: number): Landed => ({
      ...ON_CPU,
      ...stack('late'),
      Timestamp: `${year}-03-04 05:06:07`,
      Values: [String(year)],
    });
    const year = new Date().getUTCFullYear() + 9;
    const samples = [later(year), { ...later(year), Values: ['1'] }, later(year - 2)];
    const db = await withoutRollups(600, samples);
    const told: string[] = [];
    const result = await backfill(connection(db), { onProgress: ({ at }) => told.push(at) });
    expect(result).toEqual({ samples: 603, ...ALL });
    expect(told.slice(0, 3)).toEqual([
      `${year}-03-04 05:00`,
      `${year - 2}-03-04 05:00`,
      '2026-09-03 00:00',
    ]);
    const whole = await server.database();
    await whole.land([...makeRows(0, 600), ...samples]);
    expect(await sumsOf(db)).toEqual(await sumsOf(whole));
    expect(await openTables(db)).toEqual([]);
  });

  describe('of samples that are older than rollups are kept', () => {
    const daysAgo = (days: number): Landed => ({
      ...ON_CPU,
      ...stack('f'),
      Timestamp: dayOf(days).toISOString().replace('T', ' ').replace('Z', ''),
      Values: [String(days)],
    });
    const dayOf = (days: number) => new Date((Math.floor(Date.now() / DAY) - days) * DAY);
    const daysIn = async (db: TestDatabase, table: string) =>
      (
        await db.ask<{ days: string }>(
          `SELECT DISTINCT dateDiff('day', Timestamp, now('UTC')) AS days FROM ${table} ORDER BY days`,
        )
      ).map(({ days }) => Number(days));
    const sinceOf = async (db: TestDatabase) =>
      Object.fromEntries(
        (
          await db.ask<{ Name: string; since: string }>(
            `SELECT Name, toDate(min(Since), 'UTC') AS since FROM otel_profiles_coverage GROUP BY Name`,
          )
        ).map(({ Name, since }) => [Name.replace('otel_profiles_', ''), since]),
      );
    const date = (days: number) => dayOf(days).toISOString().slice(0, 10);

    it('passes over what is too old, but in a partition that stays', async () => {
      // The last day of the last month, and the first: of one partition, in one part.
      const end = new Date().getUTCDate();
      const start = end - 1 + new Date(dayOf(end)).getUTCDate();
      const db = await server.database({ ttl: `${end + 2}d`, partitionBy: 'month' });
      await db.land([daysAgo(end), daysAgo(start)]);
      await forget(db);
      expect(await backfill(connection(db))).toEqual({ samples: 2, ...ALL });
      expect(await sinceOf(db)).toEqual({
        rollup_1m: date(end + 1),
        kv_rollup_15m: date(end + 1),
        rollup_1h: '1970-01-01',
        rollup_1d: '1970-01-01',
        functions_1h: '1970-01-01',
        functions_1d: '1970-01-01',
        sampled_25: '1970-01-01',
      });
      expect(await daysIn(db, 'otel_profiles_rollup_1h')).toEqual([end, start]);
      expect(await daysIn(db, 'otel_profiles_rollup_1d')).toEqual([end, start]);
      expect(await backfill(connection(db))).toEqual({ samples: 0, ...ALL });
    });

    it('passes over what is too old for each table where samples stay for ever', async () => {
      const db = await server.database({ ttl: '7d', rollupTtl: { '1h': '20d', '1d': '30d' } });
      await db.client.command({ query: 'ALTER TABLE otel_profiles REMOVE TTL' });
      await db.land([1, 9, 25, 40].map(daysAgo));
      await forget(db);
      expect(await backfill(connection(db))).toEqual({ samples: 2, ...ALL });
      expect(await sinceOf(db)).toEqual({
        rollup_1m: date(6),
        kv_rollup_15m: date(6),
        rollup_1h: date(19),
        functions_1h: date(19),
        sampled_25: date(19),
        rollup_1d: date(19),
        functions_1d: date(19),
      });
      expect(await daysIn(db, 'otel_profiles_rollup_1h')).toEqual([1, 9]);
      expect(await backfill(connection(db))).toEqual({ samples: 0, ...ALL });
    });
  });

  it('says what to do where there are no tables', async () => {
    const database = 'test_no_tables';
    await server.client().command({ query: `CREATE DATABASE ${database}` });
    await expect(
      backfill({ url: server.url, user: 'default', password: '', database }),
    ).rejects.toThrow('Run "hyperflame migrate"');
    await server.client().command({ query: `DROP DATABASE ${database}` });
  });
});
