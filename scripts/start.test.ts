import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { attempt } from './lib/run.mjs';
import { migrateAt } from './lib/stack.mjs';

test('a port that is taken is said before anything is started', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, output } = await attempt('node', ['scripts/start.mjs', '--port', String(port)]);
  server.close();
  expect(code).toBe(1);
  expect(output).toBe(`✗ Port ${port} is taken. Without --port, a free one is found.\n`);
});

test('a server that is not there is said in a sentence, without the password', async () => {
  const connection = { url: 'http://127.0.0.1:1', username: 'me', password: 's3c', database: 'd' };
  await expect(migrateAt(connection)).rejects.toMatchObject({
    name: 'PlainError',
    message: 'ClickHouse at http://127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1',
  });
});
