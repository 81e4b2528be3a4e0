import type { ClickHouseClient } from '@clickhouse/client';
import { beforeAll, expect, it } from 'vitest';

import { migrate, type MigrationClient } from './migrate.ts';
import { testServer, type TestDatabase } from './testing/database.ts';

const server = testServer();
let db: TestDatabase;
beforeAll(async () => {
  db = await server.database();
});

/** Migrates the database (again), and answers with the views that were altered. */
async function viewsAltered(database: string): Promise<string[]> {
  const real: ClickHouseClient = server.client();
  const altered: string[] = [];
  const recording: MigrationClient = {
    query: (question) => real.query(question),
    command: (command) => {
      const [, view] = /^ALTER TABLE \S+\.(\w+_mv)\b/.exec(command.query) ?? [];
      if (view !== undefined) altered.push(view);
      return real.command(command);
    },
  };
  await migrate(recording, { database, ttl: '3650d' });
  return altered;
}

const queryOf = async (view: string) =>
  (
    await db.one<{ q: string }>(`SELECT as_select AS q FROM system.tables
    WHERE database = currentDatabase() AND name = '${view}'`)
  ).q;

it('makes a view with its query, and leaves it alone from then on', async () => {
  const fresh = await server.database();
  await fresh.client.command({ query: `DROP DATABASE ${fresh.name} SYNC` });
  expect(await viewsAltered(fresh.name)).toEqual([]);
  expect(await viewsAltered(fresh.name)).toEqual([]);
});

it('gives a view of an earlier version the query of today', async () => {
  const today = await queryOf('otel_profiles_mv');
  await db.client.command({
    query:
      'ALTER TABLE otel_profiles_mv MODIFY QUERY SELECT Timestamp, ServiceName FROM otel_profiles_samples',
  });
  expect(await viewsAltered(db.name)).toEqual(['otel_profiles_mv']);
  expect(await queryOf('otel_profiles_mv')).toBe(today);
});

it('makes a view that is missing', async () => {
  const today = await queryOf('otel_profiles_stacks_mv');
  await db.client.command({ query: 'DROP TABLE otel_profiles_stacks_mv' });
  expect(await viewsAltered(db.name)).toEqual([]);
  expect(await queryOf('otel_profiles_stacks_mv')).toBe(today);
});
