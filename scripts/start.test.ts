import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
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

test('a part that ends by itself is said, and ends the others', async () => {
  const started = spawn('node', ['scripts/start.mjs'], {
    env: { ...process.env, CLICKHOUSE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(started, 'close');
  onTestFinished(() => void started.kill());
  let output = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
  await expect.poll(() => output, { timeout: 240_000 }).toContain('Ctrl-C ends everything');
  const [url, shop] = [/ClickHouse: +(http\S+)/, /The shop: +(http\S+)/].map(
    (line) => line.exec(output)?.[1] ?? '',
  );
  // It goes in the middle of the answer.
  await fetch(url, { method: 'POST', body: 'SYSTEM KILL' }).catch(() => undefined);
  const [code] = (await ended) as [number];
  expect(output.slice(output.indexOf('✗'))).toMatch(/^✗ ClickHouse has ended\.\n/);
  expect(code).toBe(1);
  await expect(fetch(shop)).rejects.toThrow();
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
