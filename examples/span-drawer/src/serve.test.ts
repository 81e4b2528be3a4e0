import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFromEnv, parsePageConfig, type PageConfig } from './page-config.ts';
import { serveApp, type ServedApp } from './serve.ts';

const config: PageConfig = {
  clickhouseUrl: 'http://127.0.0.1:8123',
  user: 'viewer',
  password: 'secret "quotes"',
  database: 'default',
};
const dir = mkdtempSync(join(tmpdir(), 'page-'));
let app: ServedApp;

beforeAll(async () => {
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<title>page</title>');
  writeFileSync(join(dir, 'assets/app.js'), 'export {};');
  app = await serveApp({ port: 0, config, dir });
});
afterAll(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

test('the page, its files, and places inside the page', async () => {
  for (const path of ['/', '/?trace=0af7', '/anything']) {
    expect(await (await fetch(app.url + path)).text()).toContain('page');
  }
  const script = await fetch(`${app.url}/assets/app.js`);
  expect(script.headers.get('content-type')).toContain('text/javascript');
});

test('the configuration comes with the page, and is never kept', async () => {
  const answer = await fetch(`${app.url}/config.json`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(parsePageConfig(await answer.json())).toEqual(config);
});

test('nothing is answered under another name, which may be that of a hostile page', async () => {
  const answered = await new Promise<string>((resolve, reject) => {
    const headers = { Host: 'rebound.example' };
    get(`${app.url}/config.json`, { headers }, (response) => {
      text(response).then((body) => resolve(`${response.statusCode} ${body}`), reject);
    }).on('error', reject);
  });
  expect(answered).toBe('421 ');
});

test('an account in the URL of ClickHouse stays here', () => {
  for (const url of ['https://admin:s3c@db:8443', 'https://db:8443/?user=admin&password=s3c']) {
    expect(configFromEnv({ CLICKHOUSE_URL: url })).toEqual({
      clickhouseUrl: 'https://db:8443',
      user: 'viewer',
      password: 'viewer',
      database: 'default',
    });
  }
  expect(() => configFromEnv({ CLICKHOUSE_URL: 'http://admin:s3/c@db' })).toThrow(
    /^CLICKHOUSE_URL is no URL\.$/,
  );
});

test('a path in the URL of ClickHouse is not dropped silently', () => {
  for (const path of ['shop', 'clickhouse/']) {
    expect(() => configFromEnv({ CLICKHOUSE_URL: `http://db:8123/${path}` })).toThrow(
      /more than a host and a port; CLICKHOUSE_DATABASE/,
    );
  }
});

test('a port that is taken is said to be', async () => {
  const port = Number(new URL(app.url).port);
  await expect(serveApp({ port, config, dir })).rejects.toThrow(`Port ${port} is taken.`);
});

test('nothing outside of the built page is served', async () => {
  const answer = await fetch(`${app.url}/..%2f..%2fpackage.json`);
  expect(await answer.text()).not.toContain('dependencies');
});

test('a page that is not built says so', async () => {
  await expect(serveApp({ port: 0, config, dir: join(dir, 'assets') })).rejects.toThrow(
    'no built page',
  );
});

test('a configuration without a field is refused with its name', () => {
  expect(() => parsePageConfig({ ...config, database: undefined })).toThrow("'database'");
  expect(() => parsePageConfig('<html>')).toThrow("'clickhouseUrl'");
});
