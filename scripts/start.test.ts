import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { attempt } from './lib/run.mjs';
import { connectionTo, migrateAt } from './lib/stack.mjs';

test('a port that is taken is said before anything is started', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, output } = await attempt('node', ['scripts/start.mjs', '--port', String(port)]);
  server.close();
  expect(code).toBe(1);
  expect(output).toBe(`✗ Port ${port} is taken. Without --port, a free one is found.\n`);
});

test('a user in the URL is who writes, and is in no URL that is shown', () => {
  const env = { CLICKHOUSE_USER: 'other', CLICKHOUSE_DATABASE: 'shop' };
  expect(connectionTo('http://admin:s3%2Fcret@db:8123', false, env)).toEqual({
    url: 'http://db:8123',
    username: 'admin',
    password: 's3/cret',
    database: 'shop',
  });
  expect(connectionTo('http://db:8123', false, env)).toMatchObject({ username: 'other' });
  expect(connectionTo('http://db:8123', false, {})).toEqual({
    url: 'http://db:8123',
    username: 'default',
    password: '',
    database: 'default',
  });
});

test('a server that is not there is said in a sentence, without the password', async () => {
  const connection = { url: 'http://127.0.0.1:1', username: 'me', password: 's3c', database: 'd' };
  await expect(migrateAt(connection)).rejects.toMatchObject({
    name: 'PlainError',
    message: 'ClickHouse at http://127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1',
  });
});
