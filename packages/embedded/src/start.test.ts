import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as streamText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startClickHouse, type EmbeddedClickHouse } from './index.ts';

const PAGE = 'http://localhost:5173';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** As a page of another origin does, but for `default`, which pages cannot be. */
async function ask(
  url: string,
  sql: string,
  { user = 'default', password = '', settings = {} as Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/?${new URLSearchParams(settings)}`, {
    method: 'POST',
    body: sql,
    headers: {
      'X-ClickHouse-User': user,
      'X-ClickHouse-Key': password,
      ...(user === 'default' ? {} : { Origin: PAGE }),
    },
  });
  return {
    status: response.status,
    text: (await response.text()).trim(),
    headers: response.headers,
  };
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'hyperflame-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

describe('a server with the default users', () => {
  let server: EmbeddedClickHouse;
  beforeAll(async () => {
    server = await startClickHouse();
    await ask(server.url, 'CREATE TABLE numbers_kept (n UInt64) ENGINE = MergeTree ORDER BY n');
    await ask(server.url, 'INSERT INTO numbers_kept SELECT number FROM numbers(1000)');
  });
  afterAll(() => server.stop());

  const viewer = (sql: string, settings?: Record<string, string>) =>
    ask(server.url, sql, { user: 'viewer', password: 'viewer', settings });

  it('is a ClickHouse new enough for text indexes, on UTC', async () => {
    const { text } = await ask(server.url, 'SELECT version(), timezone()');
    const [version, zone] = text.split('\t');
    const [year, month] = version.split('.').map(Number);
    expect(year * 100 + month).toBeGreaterThanOrEqual(2602);
    expect(zone).toBe('UTC');
  });

  it('speaks with the official client', async () => {
    const client = createClient({ url: server.url });
    onTestFinished(() => client.close());
    const result = await client.query({
      query: 'SELECT sum(n) AS total FROM numbers_kept WHERE n < {below:UInt64}',
      query_params: { below: 10 },
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ total: 45 }]);
  });

  it('lets the viewer read', async () => {
    expect(await viewer('SELECT count() FROM numbers_kept')).toMatchObject({
      status: 200,
      text: '1000',
    });
  });

  it.each([
    ['INSERT INTO numbers_kept VALUES (1)'],
    ['CREATE TABLE other (n UInt64) ENGINE = Memory'],
    ['DROP TABLE numbers_kept'],
    ['SYSTEM RELOAD DICTIONARIES'],
    ["SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')"],
  ])('refuses the viewer %s', async (sql) => {
    const { text } = await viewer(sql);
    expect(text).toMatch(/READONLY|ACCESS_DENIED/);
    expect((await ask(server.url, 'SELECT count() FROM numbers_kept')).text).toBe('1000');
  });

  it('refuses a wrong password', async () => {
    const { status, text } = await ask(server.url, 'SELECT 1', { user: 'viewer', password: 'no' });
    expect(status).toBe(403);
    expect(text).toContain('AUTHENTICATION_FAILED');
  });

  it('lets the viewer send the settings that clients add to each query', async () => {
    const { status } = await viewer('SELECT 1', {
      max_execution_time: '20',
      output_format_json_quote_64bit_integers: '1',
      cancel_http_readonly_queries_on_client_close: '1',
      date_time_output_format: 'iso',
      enable_http_compression: '1',
    });
    expect(status).toBe(200);
  });

  it.each([
    ['max_execution_time', '61'],
    ['max_execution_time', '0'],
    ['max_result_rows', '0'],
    ['readonly', '0'],
    ['add_http_cors_header', '0'],
  ])('does not let the viewer lift its limits: %s=%s', async (name, value) => {
    expect((await viewer('SELECT 1', { [name]: value })).text).toMatch(
      /SETTING_CONSTRAINT_VIOLATION|READONLY/,
    );
  });

  it('answers browsers on other origins: the viewer, its errors, and the preflight', async () => {
    for (const sql of ['SELECT 1', 'SELECT nonsense']) {
      const { headers } = await viewer(sql);
      expect(headers.get('access-control-allow-origin')).toBe('*');
    }
    const preflight = await fetch(server.url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  const basic = (account: string) => `Basic ${Buffer.from(account).toString('base64')}`;

  it.each<[string, Record<string, string>, string?]>([
    ['as nobody', { Origin: PAGE }],
    ['as nobody, from a frame without an origin', { Origin: 'null' }],
    ['for a picture', { 'Sec-Fetch-Site': 'cross-site' }],
    ['as default', { Origin: PAGE, Authorization: basic('default:') }],
    ['as default with a password', { Origin: PAGE, Authorization: basic('default:viewer') }],
    ['as default, in its own way', { Origin: PAGE, 'X-ClickHouse-User': 'default' }],
    ['as default in the address', { Origin: PAGE }, 'user=default'],
    [
      'as two at once',
      { Origin: PAGE, Authorization: basic('default:'), 'X-ClickHouse-User': 'viewer' },
    ],
    [
      'as the viewer, and default in the address',
      { Origin: PAGE, 'X-ClickHouse-User': 'viewer', 'X-ClickHouse-Key': 'viewer' },
      'user=default',
    ],
    ['with a wrong password', { Origin: PAGE, Authorization: basic('viewer:no') }],
    [
      'by a name that is this machine for now',
      { Host: 'rebound.example', 'X-ClickHouse-User': 'default' },
    ],
  ])('does nothing for a page that asks %s', async (_, headers, settings = '') => {
    const { status, text } = await sent(
      `${server.url}/?${settings}`,
      headers,
      'INSERT INTO numbers_kept VALUES (1)',
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toMatch(/has to ask|no handle|simultaneously/);
    expect((await ask(server.url, 'SELECT count() FROM numbers_kept')).text).toBe('1000');
  });

  it('answers a page that says as whom it asks', async () => {
    const headers = {
      Origin: PAGE,
      'Sec-Fetch-Site': 'cross-site',
      Authorization: basic('viewer:viewer'),
    };
    expect(await sent(server.url, headers, 'SELECT 7')).toEqual({ status: 200, text: '7' });
    expect((await fetch(`${server.url}/ping`)).status).toBe(200);
  });

  it.each(['format_template_row', 'format_template_resultset'])(
    'does not let the viewer read a file by %s',
    async (setting) => {
      const secret = join(folder(), 'secret');
      writeFileSync(secret, 'do not tell');
      const { text } = await viewer('SELECT 1 FORMAT Template', { [setting]: secret });
      expect(text).toContain('SETTING_CONSTRAINT_VIOLATION');
      expect(text).not.toContain('do not tell');
    },
  );

  it.each([
    "* FROM file('%', 'LineAsString')",
    "file('%')",
    "file('%', NULL)",
    "file(concat('%', ''), 'none')",
    "`f\\x69le`('%')",
  ])('lets nobody read a file by %s', async (call) => {
    const secret = join(folder(), 'secret');
    writeFileSync(secret, 'do not tell');
    const sql = `SELECT ${call.replace('%', secret)}`;
    for (const asked of [viewer(sql), ask(server.url, sql)]) {
      const { status, text } = await asked;
      expect(status).toBe(500);
      expect(text).not.toContain('do not tell');
    }
  });

  it.each([
    "SELECT * FROM sqlite('%', 'kept')",
    "CREATE TABLE of_file (line String) ENGINE = File(LineAsString, '%')",
    `CREATE DICTIONARY of_file (id UInt64, line String) PRIMARY KEY id
     SOURCE(FILE(PATH '%' FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(0); SELECT * FROM of_file`,
    "SELECT 1 FORMAT Template SETTINGS format_template_row = '%'",
  ])('opens no file for the account that may do everything, by %s', async (statements) => {
    const secret = join(folder(), 'secret');
    writeFileSync(secret, 'do not tell');
    let text = '';
    for (const sql of statements.split('; ')) {
      ({ text } = await ask(server.url, sql.replace('%', secret)));
    }
    expect(text).toContain('getcwd failed');
  });

  it('does not let the viewer write a file', async () => {
    const file = join(folder(), 'kept.proto');
    writeFileSync(file, 'as it was');
    await viewer('SELECT 1 AS one FORMAT Protobuf', { output_format_schema: file });
    expect(readFileSync(file, 'utf8')).toBe('as it was');
  });

  it('has a second server beside it, with data of its own', async () => {
    const other = await startClickHouse();
    onTestFinished(() => other.stop());
    expect(other.url).not.toBe(server.url);
    expect((await ask(other.url, 'EXISTS TABLE numbers_kept')).text).toBe('0');
    expect((await ask(server.url, 'EXISTS TABLE numbers_kept')).text).toBe('1');
  });

  it('says so when a port is taken', async () => {
    const httpPort = Number(new URL(server.url).port);
    await expect(startClickHouse({ httpPort })).rejects.toThrow(/in use/);
  });
});

describe('the data folder', () => {
  it('tells when it has gone, whoever ended it', async () => {
    const server = await startClickHouse();
    onTestFinished(() => server.stop());
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it.each(['stop', 'kill'] as const)('keeps what was answered, over a %s', async (how) => {
    const dataDir = folder();
    const first = await startClickHouse({ dataDir });
    await ask(first.url, 'CREATE TABLE kept (n UInt64) ENGINE = MergeTree ORDER BY n');
    await ask(first.url, 'INSERT INTO kept VALUES (7)');
    await first[how]();
    await gone(first.url);

    const second = await startClickHouse({ dataDir });
    onTestFinished(() => second.stop());
    expect((await ask(second.url, 'SELECT n FROM kept')).text).toBe('7');
  });

  it('is not shared by two servers', async () => {
    const dataDir = folder();
    const first = await startClickHouse({ dataDir });
    onTestFinished(() => first.stop());
    const second = startClickHouse({ dataDir, users: [{ name: 'someone', password: 'else' }] });
    await expect(second).rejects.toThrow(/another server|lock/i);
    const asViewer = { user: 'viewer', password: 'viewer' };
    expect((await ask(first.url, 'SELECT 1', asViewer)).text).toBe('1');
  });

  it('is temporary by default: gone after a stop', async () => {
    const server = await startClickHouse();
    const { text } = await ask(server.url, "SELECT path FROM system.disks WHERE name = 'default'");
    const dir = dirname(text);
    expect(existsSync(dir)).toBe(true);
    await server.stop();
    expect(existsSync(dir)).toBe(false);
  });

  it('is left as it is by options that are wrong', async () => {
    const dataDir = folder();
    const start = (name: string) => startClickHouse({ dataDir, users: [{ name }] });
    await expect(start('<a b>')).rejects.toThrow(/"<a b>"/);
    await expect(start('default')).rejects.toThrow(/already a user named "default"/);
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

it('takes users of one’s own, with passwords that are hard to write in XML', async () => {
  const password = `<&"'>]]>é🔥`;
  const server = await startClickHouse({ users: [{ name: 'root', password, role: 'admin' }] });
  onTestFinished(() => server.stop());
  const client = createClient({ url: server.url, username: 'root', password });
  onTestFinished(() => client.close());
  expect(
    await (await client.query({ query: 'SELECT 1 AS one', format: 'JSONEachRow' })).json(),
  ).toEqual([{ one: 1 }]);
});

it.each(['SIGKILL', 'SIGTERM'] as const)('ends when its parent gets %s', async (signal) => {
  const serve = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const parent = spawn(process.execPath, [serve], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [url] = await firstLine(parent.stdout);
  const { text } = await ask(url, "SELECT path FROM system.disks WHERE name = 'default'");

  parent.kill(signal);
  await gone(url);
  while (existsSync(dirname(text))) await sleep(20);
});

/** With headers that `fetch` keeps to itself. */
function sent(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Pick<Answer, 'status' | 'text'>> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers }, (response) => {
      streamText(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, text: text.trim() }),
        reject,
      );
    });
    request.on('error', reject).end(body);
  });
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<[string]> {
  for await (const line of createInterface({ input: stream })) return [line];
  throw new Error('It ended without printing an address.');
}

/** Waits until nothing answers; the test's own time limit is the only one. */
async function gone(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(`${url}/ping`);
      await sleep(20);
    } catch {
      return;
    }
  }
}
