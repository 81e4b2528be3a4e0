import { describe, expect, it } from 'vitest';

import { backfill } from '../backfill/backfill.ts';
import { sumsOf } from '../backfill/testing/sums.ts';
import { migrate } from '../migrations/index.ts';
import { ON_CPU, stack, testServer, type TestDatabase } from '../migrations/testing/database.ts';
import { diagnose } from './diagnose.ts';

const server = testServer();

const connection = (db: TestDatabase) => ({
  url: server.url,
  user: 'default',
  password: '',
  database: db.name,
});

/** Of two days; a sample of each has no stack. */
const ROWS = [1, 2, 3, 4, 5, 6].map((n) => ({
  ...ON_CPU,
  ...(n > 4 ? {} : stack(`f${n}`, 'main')),
  Timestamp: `2026-09-0${1 + (n % 2)} 0${n}:00:00`,
  Values: [String(n)],
}));

async function problems(db: TestDatabase) {
  const { findings } = await diagnose(connection(db));
  return findings.filter(({ level }) => level === 'problem');
}

const OK = { level: 'ok', message: 'The rollups hold all samples.' };

describe('what the rollups hold', () => {
  it.each([
    ['rollup_1m', ['rollup_1m', 'rollup_1h', 'rollup_1d']],
    ['rollup_1h', ['rollup_1h', 'rollup_1d']],
    ['rollup_1d', ['rollup_1d']],
    ['functions_1h', ['functions_1h', 'functions_1d']],
    ['functions_1d', ['functions_1d']],
    ['kv_rollup_15m', ['kv_rollup_15m']],
  ])('is missed where %s was emptied, and the fix brings it back', async (name, lost) => {
    const db = await server.database();
    await db.land(ROWS);
    const before = await sumsOf(db);
    expect((await diagnose(connection(db))).findings).toContainEqual(OK);

    await db.client.command({ query: `TRUNCATE TABLE otel_profiles_${name}` });
    const names = lost.map((table) => `'otel_profiles_${table}'`).join(', ');
    const sql = `DELETE FROM \`${db.name}\`.otel_profiles_coverage WHERE Name IN (${names})`;
    const fix = `${sql}; then hyperflame migrate --database ${db.name}; then hyperflame backfill --database ${db.name}`;
    expect(await problems(db)).toEqual(
      ['02', '01'].map((day) => ({
        level: 'problem',
        message: `Not what the samples of 2026-09-${day} come to: otel_profiles_${name}. Answers from there are wrong.`,
        fix,
      })),
    );
    expect((await diagnose(connection(db))).findings).not.toContainEqual(OK);

    await db.client.command({ query: sql });
    await migrate(server.client(), { database: db.name });
    expect(await problems(db)).toEqual([]);
    await backfill(connection(db));
    expect((await diagnose(connection(db))).findings).toContainEqual(OK);
    expect(await sumsOf(db)).toEqual(before);
  });

  it('is missed where a view was away for a day', async () => {
    const db = await server.database();
    const [first, second] = ROWS;
    await db.land([second]);
    await db.client.command({ query: 'DETACH TABLE otel_profiles_functions_1h_mv' });
    await db.land([first]);
    await db.client.command({ query: 'ATTACH TABLE otel_profiles_functions_1h_mv' });
    expect((await problems(db)).map(({ message }) => message)).toEqual([
      'Not what the samples of 2026-09-02 come to: otel_profiles_functions_1d, otel_profiles_functions_1h. Answers from there are wrong.',
    ]);
  });

  it('is not looked at before the time since which it is whole, nor of a day that is not over', async () => {
    const db = await server.database();
    const now = new Date().toISOString().slice(0, 19).replace('T', ' ');
    await db.land([{ ...ON_CPU, ...stack('f'), Timestamp: now, Values: ['1'] }]);
    await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_rollup_1m' });
    expect(await problems(db)).toEqual([]);
    await db.land(ROWS);
    await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_rollup_1m' });
    expect(await problems(db)).toHaveLength(2);
    await db.client.command({ query: 'TRUNCATE TABLE otel_profiles_coverage' });
    await migrate(server.client(), { database: db.name });
    expect(await problems(db)).toEqual([]);
  });
});
