import { expect, it } from 'vitest';

import { adopt } from '../adopt/adopt.ts';
import { migrate } from '../migrations/migrate.ts';
import { START, testServer } from '../migrations/testing/database.ts';
import { diagnose } from './diagnose.ts';
import { EXPORTER_COLUMNS } from './exporter-columns.ts';

const server = testServer();

const connectionTo = (database: string) => ({
  url: server.url,
  user: 'default',
  password: '',
  database,
});

it.each(['9223372036854000000', '-9223372036854000000'])(
  'looks at a sample of an earlier version at %s ns',
  async (time) => {
    const db = await server.database();
    await db.client.command({ query: 'ALTER TABLE otel_profiles REMOVE TTL' });
    await db.client.command({
      query: `INSERT INTO otel_profiles (Timestamp) SELECT fromUnixTimestamp64Nano(toInt64(${time}))`,
    });
    const { profiles, findings } = await diagnose(connectionTo(db.name));
    expect(profiles?.samples).toBe(1);
    expect(findings).toContainEqual({ level: 'ok', message: 'The rollups hold all samples.' });
  },
);

it('says what to do where the exporter has made otel_profiles, and that helps', async () => {
  const name = `test_exporter_${process.pid}`;
  const client = server.client();
  const columns = EXPORTER_COLUMNS.map((column) => `${column.name} ${column.type}`).join(', ');
  await client.command({ query: `CREATE DATABASE ${name}` });
  await client.command({
    query: `CREATE TABLE ${name}.otel_profiles (${columns}) ENGINE = MergeTree ORDER BY Timestamp`,
  });
  await client.insert({
    table: `${name}.otel_profiles`,
    values: [{ Timestamp: START, Values: ['7'] }],
    format: 'JSONEachRow',
  });
  const ours = [
    `RENAME TABLE \`${name}\`.otel_profiles TO \`${name}\`.otel_profiles_wide`,
    `hyperflame migrate --database ${name}`,
    `hyperflame adopt --database ${name} --from otel_profiles_wide`,
  ];
  // Before "migrate", and where it has stopped at that table.
  for (const migrated of [false, true]) {
    if (migrated) await expect(migrate(client, { database: name })).rejects.toThrow();
    const { findings, profiles } = await diagnose(connectionTo(name));
    expect(profiles).toBeUndefined();
    const about = findings.filter(({ message }) => message.startsWith('otel_profiles '));
    expect(about).toHaveLength(1);
    for (const step of ours) expect(about[0].fix).toContain(step);
  }
  await client.command({ query: ours[0] });
  await migrate(client, { database: name, ttl: '3650d' });
  await adopt(connectionTo(name), { from: 'otel_profiles_wide' });
  const { findings, profiles } = await diagnose(connectionTo(name));
  expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
  expect(profiles?.samples).toBe(1);
  await client.command({ query: `DROP DATABASE ${name} SYNC` });
});

it('says what is missing where another table is called otel_profiles', async () => {
  const name = `test_other_${process.pid}`;
  const client = server.client();
  await client.command({ query: `CREATE DATABASE ${name}` });
  await client.command({
    query: `CREATE TABLE ${name}.otel_profiles (n UInt8) ENGINE = MergeTree ORDER BY n`,
  });
  const { findings } = await diagnose(connectionTo(name));
  expect(findings.map(({ message }) => message).join('\n')).toContain(
    'otel_profiles has no Timestamp, ServiceName,',
  );
  await client.command({ query: `DROP DATABASE ${name} SYNC` });
});
