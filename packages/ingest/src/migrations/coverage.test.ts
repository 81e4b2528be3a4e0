import { createClient } from '@clickhouse/client';
import { describe, expect, it } from 'vitest';

import { backfill } from '../backfill/backfill.ts';
import { sumsOf } from '../backfill/testing/sums.ts';
import { DERIVED } from './derived.ts';
import { migrate } from './index.ts';
import { OFF_CPU, ON_CPU, stack, testServer, type TestDatabase } from './testing/database.ts';

const server = testServer();

/** Some samples of each of three days. */
function rows(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    return {
      ...(n % 3 === 0 ? OFF_CPU : ON_CPU),
      ...stack(`f${n % 7}`, 'main'),
      Timestamp: `2026-09-0${1 + (n % 3)} ${String(n % 24).padStart(2, '0')}:00:07`,
      Values: [String(n)],
      ResourceAttributes: { pod: String(n % 5) },
    };
  });
}

/** The tables that are not whole for ever, by the last part of their names. */
async function lacking(db: TestDatabase): Promise<string[]> {
  const found = await db.ask<{ name: string; since: string }>(
    `SELECT substring(Name, 15) AS name, toUnixTimestamp64Milli(min(Since)) AS since
     FROM otel_profiles_coverage GROUP BY Name ORDER BY Name`,
  );
  expect(found).toHaveLength(DERIVED.length);
  return found.filter(({ since }) => since !== '0').map(({ name }) => name);
}

const again = (db: TestDatabase) => migrate(server.client(), { database: db.name, ttl: '3650d' });

const fillIn = (db: TestDatabase) =>
  backfill({ url: server.url, user: 'default', password: '', database: db.name });

const drop = (db: TestDatabase, kind: 'TABLE' | 'VIEW', name: string) =>
  db.client.command({ query: `DROP ${kind} otel_profiles_${name} SYNC` });

let known: Promise<Record<string, unknown[]>> | undefined;

/** What the tables say where none was ever missing. */
function truth(): Promise<Record<string, unknown[]>> {
  known ??= server.database().then(async (db) => {
    await db.land(rows(0, 120));
    return sumsOf(db);
  });
  return known;
}

describe('a table that went missing', () => {
  it.each([
    ['rollup_1m', ['rollup_1d', 'rollup_1h', 'rollup_1m']],
    ['rollup_1h', ['rollup_1d', 'rollup_1h']],
    ['rollup_1d', ['rollup_1d']],
    ['functions_1h', ['functions_1d', 'functions_1h']],
    ['functions_1d', ['functions_1d']],
    ['kv_rollup_15m', ['kv_rollup_15m']],
    ['sampled_25', ['sampled_25']],
  ])('is known to lack what was there before: %s', async (name, lost) => {
    const db = await server.database();
    await db.land(rows(0, 100));
    await drop(db, 'TABLE', name);
    await again(db);
    expect(await lacking(db)).toEqual(lost);
    await db.land(rows(100, 120));
    await fillIn(db);
    expect(await lacking(db)).toEqual([]);
    expect(await sumsOf(db)).toEqual(await truth());
  });

  it('is known to lack what came while its view was not there', async () => {
    const db = await server.database();
    await db.land(rows(0, 100));
    for (const name of ['rollup_1m', 'functions_1d', 'kv_rollup_15m', 'sampled_25']) {
      await drop(db, 'VIEW', `${name}_mv`);
    }
    await db.land(rows(100, 120));
    await again(db);
    expect(await lacking(db)).toEqual([
      ...['functions_1d', 'kv_rollup_15m', 'rollup_1d', 'rollup_1h', 'rollup_1m', 'sampled_25'],
    ]);
    await fillIn(db);
    expect(await sumsOf(db)).toEqual(await truth());
  });

  it('is known to be whole where there are no samples', async () => {
    const db = await server.database();
    await drop(db, 'TABLE', 'rollup_1m');
    await again(db);
    expect(await lacking(db)).toEqual([]);
  });

  it('is known and filled in a second time, though the same is said of it again', async () => {
    const db = await server.database();
    // It is whole only after the newest sample, which is of later than now.
    const later = new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 19);
    await db.land([{ ...ON_CPU, ...stack('f'), Timestamp: later.replace('T', ' ') }]);
    const client = createClient({
      url: server.url,
      clickhouse_settings: { deduplicate_insert_select: 'enable_even_for_bad_queries' },
    });
    for (let i = 0; i < 2; i++) {
      await drop(db, 'VIEW', 'kv_rollup_15m_mv');
      await migrate(client, { database: db.name });
      expect(await lacking(db)).toEqual(['kv_rollup_15m']);
      await fillIn(db);
      expect(await lacking(db)).toEqual([]);
    }
    await client.close();
  });

  it('is made by several runs at once', async () => {
    const db = await server.database();
    await db.land(rows(0, 120));
    await drop(db, 'VIEW', 'functions_1h_mv');
    await drop(db, 'TABLE', 'functions_1h');
    await Promise.all([1, 2, 3].map(() => again(db)));
    expect(await lacking(db)).toEqual(['functions_1d', 'functions_1h']);
    await fillIn(db);
    expect(await sumsOf(db)).toEqual(await truth());
  });

  it('is not read after a run that was stopped, and the next one says since when it is whole', async () => {
    const db = await server.database();
    await db.land(rows(0, 10));
    await drop(db, 'TABLE', 'rollup_1d');
    const stopped = migrate(server.client(), {
      database: db.name,
      onMigration: ({ name }) => {
        if (name.startsWith('00011')) throw new Error('stopped');
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    const known = `SELECT count() AS n FROM otel_profiles_coverage WHERE Name LIKE '%rollup_1d'`;
    expect(await db.one(known)).toEqual({ n: '0' });
    await again(db);
    expect(await lacking(db)).toEqual(['rollup_1d']);
  });
});

it('nothing is said anew where nothing is missing', async () => {
  const db = await server.database();
  await db.land(rows(0, 10));
  await db.client.command({
    query: `INSERT INTO otel_profiles_coverage VALUES ('otel_profiles_rollup_1d', now64(9))`,
  });
  const coverage = () => db.ask('SELECT * FROM otel_profiles_coverage ORDER BY ALL');
  const before = await coverage();
  await again(db);
  expect(await coverage()).toEqual(before);
});
