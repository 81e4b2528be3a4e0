import { expect, it } from 'vitest';

import { testServer } from '../migrations/testing/database.ts';
import { diagnose } from './diagnose.ts';

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
