import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { diagnose } from '../doctor/diagnose.ts';
import { UserError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { migrate, type MigrationClient } from './migrate.ts';
import { testServer, type TestDatabase } from './testing/database.ts';
import { ownVersion, versionSaid, versionStatements } from './version.ts';

const server = testServer();

const commented = (db: TestDatabase, comment: string) =>
  db.client.command({ query: `ALTER TABLE otel_profiles_samples MODIFY COMMENT '${comment}'` });

it('is one more than that of the newest earlier files', () => {
  const earlier = readdirSync(join(packageRoot(), '..', '..', 'sql', 'history'))
    .map(Number)
    .filter((version) => !Number.isNaN(version));
  expect(ownVersion()).toBe(Math.max(...earlier) + 1);
});

it('is in a new database, and is not written again', async () => {
  const db = await server.database();
  expect(await versionSaid(db.client, db.name)).toEqual({ version: ownVersion() });
  expect(await versionStatements(db.client, { database: db.name })).toEqual([]);
});

it.each(['', 'Hyperflame schema 1'])(
  'is written over "%s", before anything else',
  async (earlier) => {
    const db = await server.database();
    await commented(db, earlier);
    const stopped: MigrationClient = {
      query: (query) => db.client.query(query),
      command: (command) =>
        command.query.startsWith('CREATE DATABASE')
          ? Promise.reject(new Error('stopped'))
          : db.client.command(command),
    };
    await expect(migrate(stopped, { database: db.name })).rejects.toThrow('stopped');
    expect(await versionSaid(db.client, db.name)).toEqual({ version: ownVersion() });
  },
);

it('later than the program’s: migrate refuses and changes nothing, and doctor says so', async () => {
  const db = await server.database();
  const later = ownVersion() + 1;
  await commented(db, `Hyperflame schema ${later}`);
  await db.client.command({
    query:
      'ALTER TABLE otel_profiles_mv MODIFY QUERY SELECT Timestamp, ServiceName FROM otel_profiles_samples',
  });
  const schema = () =>
    db.ask(
      'SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    );
  const before = await schema();
  const migrating = migrate(db.client, { database: db.name, ttl: '5d' });
  await expect(migrating).rejects.toBeInstanceOf(UserError);
  await expect(migrating).rejects.toThrow(
    `The tables of database ${db.name} are of schema ${later}, and this program makes ${ownVersion()}`,
  );
  expect(await schema()).toEqual(before);
  const { findings } = await diagnose({
    ...{ url: server.url, user: 'default', password: '', database: db.name },
  });
  expect(findings.filter(({ level }) => level === 'problem')).toEqual([
    {
      level: 'problem',
      message: expect.stringContaining(`The tables are of schema ${later}`),
      fix: 'npm install --global @hyperflame/ingest@latest',
    },
  ]);
});

it('is written on all hosts of a cluster', async () => {
  const db = await server.database();
  await commented(db, '');
  expect(await versionStatements(db.client, { database: db.name, cluster: 'pair' })).toEqual([
    `ALTER TABLE \`${db.name}\`.otel_profiles_samples ON CLUSTER \`pair\` MODIFY COMMENT 'Hyperflame schema ${ownVersion()}'`,
  ]);
});
