import { once } from 'node:events';

import { ClickHouseError } from '@clickhouse/client';
import { describe, expect, it } from 'vitest';

import {
  ON_CPU,
  stack,
  testServer,
  type Landed,
  type TestDatabase,
} from '../migrations/testing/database.ts';
import { sumsOf } from '../backfill/testing/sums.ts';
import { killed } from '../cli/testing/killed.ts';
import { migrate, type MigrateOptions } from '../migrations/index.ts';
import { OwnQueries } from '../own-queries.ts';
import { adopt } from './adopt.ts';

const server = testServer();

/** Rows of some days, every one another. */
function makeRows(from: number, to: number): Landed[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const time = new Date(Date.UTC(2026, 8, 1 + (n % 4), n % 24, n % 60)).toISOString();
    return {
      ...ON_CPU,
      ...stack(`f${n % 7}`, 'main'),
      Timestamp: time.replace('T', ' ').replace('Z', ''),
      ServiceName: `service ${n % 3}`,
      Values: [String(n)],
      TraceId: String(n),
    };
  });
}

/** A database in which the exporter has made its own table, by the columns that count. */
async function withWideTable(options?: MigrateOptions): Promise<TestDatabase> {
  const db = await server.database(options);
  await db.client.command({
    query: `CREATE TABLE ${db.name}.otel_profiles_wide AS ${db.name}.otel_profiles_ingest
      ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, toDateTime(Timestamp))`,
  });
  return db;
}

/** As the exporter does it, which sends again what was refused. */
async function send(db: TestDatabase, rows: Landed[]): Promise<void> {
  try {
    await db.land(rows, {}, 'otel_profiles_wide');
  } catch (error) {
    if (!(error instanceof ClickHouseError && error.type === 'TABLE_UUID_MISMATCH')) throw error;
    await send(db, rows);
  }
}

const connection = (db: TestDatabase) => ({
  url: server.url,
  user: 'default',
  password: '',
  database: db.name,
});

describe('adopt', () => {
  it('takes what was there and what comes, once each', async () => {
    const db = await withWideTable();
    await db.land(makeRows(0, 500), {}, 'otel_profiles_wide');
    const adopting = adopt(connection(db), { from: 'otel_profiles_wide' });
    for (let at = 500; at < 600; at += 10) await send(db, makeRows(at, at + 10));
    await adopting;
    await db.land(makeRows(600, 610), {}, 'otel_profiles_wide');

    const truth = await server.database();
    await truth.land(makeRows(0, 610));
    expect(await sumsOf(db)).toEqual(await sumsOf(truth));
    expect(await db.one('SELECT count() AS n FROM otel_profiles')).toEqual({ n: '610' });
  });

  it('waits for its turn, and says so when another run goes on', async () => {
    const db = await withWideTable();
    await db.land(makeRows(0, 40), {}, 'otel_profiles_wide');
    const from = 'otel_profiles_wide';
    const other = new OwnQueries(db.client, 'adopt', db.name);
    const end = new AbortController();
    const others = other.alone(() => once(end.signal, 'abort'));
    const first = adopt(connection(db), { from });
    await expect(first).rejects.toThrow(
      `Another "hyperflame adopt" is at work in database ${db.name}. Run this again when it has ended.`,
    );
    const second = adopt(connection(db), { from });
    end.abort();
    await others;
    expect((await second).rows).toBe(40);
  });

  it('begins again where it was killed', async () => {
    const db = await withWideTable();
    await db.land(makeRows(0, 2_000), {}, 'otel_profiles_wide');
    let landed = 2_000;
    for (const afterMs of [900, 1_400, 2_000, 2_600]) {
      const where = ['--url', server.url, '--database', db.name];
      await killed(['adopt', '--from', 'otel_profiles_wide', ...where], afterMs);
      await db.land(makeRows(landed, landed + 5), {}, 'otel_profiles_wide');
      landed += 5;
    }
    await adopt(connection(db), { from: 'otel_profiles_wide' });
    // Again: there is nothing left.
    const { rows } = await adopt(connection(db), { from: 'otel_profiles_wide' });
    expect(rows).toBe(0);

    const truth = await server.database();
    await truth.land(makeRows(0, landed));
    expect(await sumsOf(db)).toEqual(await sumsOf(truth));
  });

  /** As a run leaves it that is killed after all of a day is moved but the rollups. */
  async function endedWhileMoving(): Promise<TestDatabase> {
    const db = await withWideTable();
    const ofOneDay = makeRows(0, 400).filter((_, n) => n % 4 === 0);
    await db.land(ofOneDay, {}, 'otel_profiles_wide');
    await adopt(connection(db), { from: 'otel_profiles_wide' });
    const queries = [
      `CREATE DATABASE ${db.name}_adopting`,
      ...['1m', '1h', '1d'].flatMap((tier) => {
        const table = `otel_profiles_rollup_${tier}`;
        return [
          `CREATE TABLE ${db.name}_adopting.${table} AS ${db.name}.${table}`,
          `ALTER TABLE ${db.name}.${table} MOVE PARTITION ID '${tier === '1m' ? '20260901' : '202609'}' TO TABLE ${db.name}_adopting.${table}`,
        ];
      }),
      `DELETE FROM otel_profiles_adoption WHERE State = 'done'`,
    ];
    const clickhouse_settings = { allow_suspicious_low_cardinality_types: 1 } as const;
    for (const query of queries) await db.client.command({ query, clickhouse_settings });
    expect(await db.one('SELECT count() AS n FROM otel_profiles_rollup_1m')).toEqual({ n: '0' });
    return db;
  }

  it('moves the rest of a day that was moved in part, also where it is to end at once', async () => {
    const db = await endedWhileMoving();
    const { rows } = await adopt(connection(db), {
      from: 'otel_profiles_wide',
      signal: AbortSignal.abort(),
    });
    expect(rows).toBe(100);
    const truth = await server.database();
    await truth.land(makeRows(0, 400).filter((_, n) => n % 4 === 0));
    expect(await sumsOf(db)).toEqual(await sumsOf(truth));
  });

  it('does not say that a day is done of which a part is gone', async () => {
    const db = await endedWhileMoving();
    await expect(adopt(connection(db), { from: 'other' })).rejects.toThrow(/no table other/);
    await db.client.command({
      query: 'CREATE TABLE other AS otel_profiles_wide_before',
    });
    await expect(adopt(connection(db), { from: 'other' })).rejects.toThrow(
      'Finish that first, with --from otel_profiles_wide.',
    );
    await db.client.command({ query: `DROP DATABASE ${db.name}_adopting SYNC` });
    const again = adopt(connection(db), { from: 'otel_profiles_wide' });
    await expect(again).rejects.toThrow('which had the rest, is gone');
    expect(await db.one('SELECT max(State) AS state FROM otel_profiles_adoption')).toEqual({
      state: 'moving',
    });
  });

  it('leaves days that are older than profiles are kept where they are, until these are kept longer', async () => {
    const db = await withWideTable({ ttl: '30d' });
    const daysAgo = (days: number) =>
      makeRows(0, 30).map((row) => ({
        ...row,
        Timestamp: new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10),
      }));
    await db.land([...daysAgo(60), ...daysAgo(5)], {}, 'otel_profiles_wide');
    const from = 'otel_profiles_wide';
    const first = await adopt(connection(db), { from });
    expect(first).toEqual({
      rows: 30,
      total: 30,
      left: 0,
      tooOld: { rows: 30, ttl: '62d' },
      before: 'otel_profiles_wide_before',
    });
    await migrate(db.client, { database: db.name, ttl: first.tooOld?.ttl });
    const second = await adopt(connection(db), { from });
    expect(second).toMatchObject({ rows: 30, total: 60, left: 0, tooOld: undefined });
    await db.client.command({ query: 'OPTIMIZE TABLE otel_profiles FINAL' });
    expect(await db.one('SELECT count() AS n FROM otel_profiles')).toEqual({ n: '60' });
  });

  it('refuses what is no table of the exporter', async () => {
    const db = await server.database();
    const from = (table: string) => adopt(connection(db), { from: table });
    await expect(from('otel_traces')).rejects.toThrow(
      /otel_traces is not a table.*has no ProfileId/,
    );
    await expect(from('nowhere')).rejects.toThrow('There is no table nowhere.');
    await expect(from('otel_profiles_ingest')).rejects.toThrow('it is a Null.');
    await expect(from('otel_profiles')).rejects.toThrow(/RENAME TABLE/);
  });
});
