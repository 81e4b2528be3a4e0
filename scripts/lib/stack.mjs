// Everything that a profile passes through, started together: ClickHouse, the Collector, the shop
// with its load, and the page. `npm start`, its checks and the end-to-end tests all use this, so
// what the tests see is what a person sees.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCollector } from '../setup.mjs';
import { startOwned } from './owned.mjs';
import { PlainError } from './program.mjs';
import { childEnv, root, run } from './run.mjs';
import { say, step } from './say.mjs';
import { contentHash, isStamped, setStamp } from './stamps.mjs';

const SERVICE = join(root, 'examples/node-service');
const PAGE = join(root, 'examples/span-drawer');

/**
 * @typedef {object} StackOptions
 * @property {string} [captureDir] a copy of every payload that the shop sends
 * @property {{ rps: number, seed: number }} [load] requests to send until the stack is stopped
 * @property {number} [profileSeconds] how often the shop sends a profile
 * @property {number} [pagePort] 0 (the default) picks a free one; undefined serves no page
 * @property {string} [viewerPassword] of the account that the page asks as, where the server is started
 * here; `viewer`, which any page in the same browser may guess, if not said
 * @property {boolean} [ownDatabase] a new database, which is gone afterwards, even on a server that
 * has others
 */

/**
 * As `createClient` of `@clickhouse/client` takes it.
 *
 * @typedef {{ url: string, username: string, password: string, database: string }} Connection
 */

/**
 * @typedef {object} Stack
 * @property {import('@hyperflame/embedded').ClickHouseServer} clickhouse
 * @property {Connection} connection the account that may write
 * @property {string | undefined} otlpUrl base of the Collector's OTLP/HTTP receiver; undefined
 * without a Collector
 * @property {string} shopUrl
 * @property {string | undefined} pageUrl
 * @property {Promise<string>} broken which part has ended, as a sentence, once one has that was not
 * told to: without it nothing that is shown is right
 * @property {() => Promise<void>} stopShop ends load and shop after everything has been sent
 * @property {() => Promise<void>} stop ends all of it, in the order in which nothing is lost
 */

/**
 * Starts all of it. If a part does not start, the parts before it are stopped again.
 *
 * @param {StackOptions} [options]
 * @returns {Promise<Stack>}
 */
export async function startStack({
  captureDir,
  load,
  profileSeconds = 5,
  pagePort,
  viewerPassword = 'viewer',
  ownDatabase = false,
} = {}) {
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  /** @type {Promise<string>[]} */
  const deaths = [];
  const stop = async () => {
    for (let last = stops.pop(); last; last = stops.pop()) await last();
  };
  try {
    const { connectOrStart } = await import('@hyperflame/embedded');
    const clickhouse = await step('Starting ClickHouse', () =>
      connectOrStart({ users: [{ name: 'viewer', password: viewerPassword }] }).catch((error) => {
        throw error instanceof TypeError ? new PlainError(error.message) : error;
      }),
    );
    stops.push(() => clickhouse.stop());
    deaths.push(clickhouse.ended.then(() => 'ClickHouse has ended.'));
    const connection = connectionTo(clickhouse.url, ownDatabase);
    await step('Bringing the database to the newest schema', () => migrateAt(connection));
    if (ownDatabase) stops.push(() => dropDatabase(connection));

    const viewer =
      clickhouse.pid === undefined
        ? {}
        : { CLICKHOUSE_VIEWER_USER: 'viewer', CLICKHOUSE_VIEWER_PASSWORD: viewerPassword };
    const page = pagePort === undefined ? undefined : await servePage(connection, pagePort, viewer);
    if (page) stops.push(() => page.close());

    const collector = await collectorOrReason();
    const otlpUrl =
      'path' in collector
        ? await step('Starting the Collector', () =>
            startCollector(collector.path, clickhouse, connection, stops, deaths),
          )
        : undefined;
    if ('reason' in collector) {
      say(`• ${collector.reason} Profiles come in through "hyperflame import" instead.`);
      captureDir ??= await temporaryFolder(stops);
      startImport(captureDir, connection, stops, deaths);
    }

    const shop = await step('Opening the shop', () =>
      startShop({ otlpUrl, captureDir, profileSeconds }),
    );
    deaths.push(shop.ended.then(() => 'The shop has ended.'));
    /** @type {{ stop: () => Promise<void> } | undefined} */
    let customers = load && (await startLoad(shop.url, load));
    const stopShop = async () => {
      await customers?.stop();
      customers = undefined;
      await shop.stop();
    };
    stops.push(stopShop);

    return {
      clickhouse,
      connection,
      otlpUrl,
      shopUrl: shop.url,
      pageUrl: page?.url,
      broken: Promise.race(deaths),
      stopShop,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {(() => Promise<void>)[]} stops */
async function temporaryFolder(stops) {
  const folder = await mkdtemp(join(tmpdir(), 'hyperflame-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The account that may write, from the variables that the `hyperflame` command takes too. A user in
 * the URL is taken out of it: the page gets the URL, and it is printed.
 *
 * @param {string} clickhouse
 * @param {boolean} ownDatabase
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Connection}
 */
export function connectionTo(clickhouse, ownDatabase, env = process.env) {
  const { CLICKHOUSE_USER, CLICKHOUSE_PASSWORD, CLICKHOUSE_DATABASE } = env;
  const url = new URL(clickhouse);
  return {
    url: url.origin,
    username: decodeURIComponent(url.username) || CLICKHOUSE_USER || 'default',
    password: decodeURIComponent(url.password) || CLICKHOUSE_PASSWORD || '',
    database: ownDatabase
      ? `hyperflame_${randomBytes(4).toString('hex')}`
      : CLICKHOUSE_DATABASE || 'default',
  };
}

/**
 * @param {Connection} connection
 * @throws {PlainError} when ClickHouse is not there or refuses
 */
export async function migrateAt({ url, username, password, database }) {
  const { migrate, UserError, withServer } = await import('@hyperflame/ingest');
  try {
    await withServer({ url, user: username, password, database }, (client) =>
      migrate(client, { database }),
    );
  } catch (error) {
    throw error instanceof UserError ? new PlainError(error.message) : error;
  }
}

/** @param {Connection} connection */
async function dropDatabase({ database, ...server }) {
  const { createClient } = await import('@clickhouse/client');
  const client = createClient({ ...server, database: 'default' });
  try {
    await client.command({
      query: 'DROP DATABASE IF EXISTS {database:Identifier}',
      query_params: { database },
    });
  } finally {
    await client.close();
  }
}

/**
 * @param {Connection} connection
 * @param {number} port
 * @param {NodeJS.ProcessEnv} viewer
 */
async function servePage({ url, database }, port, viewer) {
  await ensurePage();
  const { configFromEnv } = await import('../../examples/span-drawer/src/page-config.ts');
  const { serveApp } = await import('../../examples/span-drawer/src/serve.ts');
  const config = configFromEnv({
    ...process.env,
    ...viewer,
    CLICKHOUSE_URL: url,
    CLICKHOUSE_DATABASE: database,
  });
  return serveApp({ port, config });
}

/** The page, built from these sources, unless it is already. */
export async function ensurePage() {
  const sources = [
    ...['calltree', 'sdk', 'react'].map((name) => join(root, 'packages', name, 'src')),
    ...['src', 'index.html', 'package.json', 'vite.config.ts'].map((name) => join(PAGE, name)),
    join(root, 'package-lock.json'),
  ];
  const stamp = contentHash(root, sources, (name) => !/\.test\.tsx?$/.test(name));
  if (isStamped('page', stamp) && existsSync(join(PAGE, 'dist/index.html'))) return;
  await step('Building the page', () => run('vite', ['build'], { cwd: PAGE }));
  setStamp('page', stamp);
}

/** @returns {Promise<{ path: string } | { reason: string }>} */
async function collectorOrReason() {
  try {
    return { path: await ensureCollector() };
  } catch (error) {
    if (error instanceof PlainError) return { reason: error.message };
    throw error;
  }
}

/**
 * @param {string} path
 * @param {import('@hyperflame/embedded').ClickHouseServer} clickhouse
 * @param {Connection} connection
 * @param {(() => Promise<void>)[]} stops
 * @param {Promise<string>[]} deaths
 * @returns {Promise<string>} base URL of its OTLP/HTTP receiver
 */
async function startCollector(path, clickhouse, connection, stops, deaths) {
  const { freePort } = await import('@hyperflame/embedded');
  const [grpc, http, health, metrics] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const config = join(root, 'packages/ingest/collector/standalone.yaml');
  const queue = await temporaryFolder(stops);
  const collector = startOwned(
    path,
    ['--feature-gates=+service.profilesSupport', '--config', config],
    {
      env: {
        CLICKHOUSE_ENDPOINT: clickhouse.tcpUrl,
        CLICKHOUSE_USER: connection.username,
        CLICKHOUSE_PASSWORD: connection.password,
        CLICKHOUSE_DATABASE: connection.database,
        OTLP_GRPC_ENDPOINT: `127.0.0.1:${grpc}`,
        OTLP_HTTP_ENDPOINT: `127.0.0.1:${http}`,
        HEALTH_ENDPOINT: `127.0.0.1:${health}`,
        COLLECTOR_METRICS_PORT: String(metrics),
        FLUSH_MILLISECONDS: '200',
        QUEUE_DIRECTORY: queue,
      },
    },
  );
  deaths.push(collector.ended.then(() => `The Collector has ended.\n${collector.tail()}`));
  let nobodyTakesIt = false;
  void clickhouse.ended.then(() => (nobodyTakesIt = true));
  stops.push(async () => {
    await untilDelivered(metrics, () => nobodyTakesIt);
    await collector.stop();
  });
  for (;;) {
    if (collector.hasEnded()) throw new PlainError(`The Collector ended.\n${collector.tail()}`);
    const answer = await fetch(`http://127.0.0.1:${health}`).catch(() => undefined);
    if (answer?.ok) return `http://127.0.0.1:${http}`;
    await sleep(50);
  }
}

/** A Collector that ends leaves the rest of its queue to the next one; here there is none. */
const DELIVERED_WITHIN_MS = 10_000;

/**
 * @param {number} port of the Collector's own metrics
 * @param {() => boolean} isInVain
 */
async function untilDelivered(port, isInVain) {
  const deadline = Date.now() + DELIVERED_WITHIN_MS;
  while (Date.now() < deadline && !isInVain()) {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
    const sizes = ((await answer?.text()) ?? '').matchAll(
      /^otelcol_exporter_queue_size\S* (\S+)$/gm,
    );
    if ([...sizes].every(([, size]) => Number(size) === 0)) return;
    await sleep(100);
  }
}

/**
 * @param {string} folder
 * @param {Connection} connection
 * @param {(() => Promise<void>)[]} stops
 * @param {Promise<string>[]} deaths
 */
function startImport(folder, connection, stops, deaths) {
  const program = join(root, 'packages/ingest/dist/cli.js');
  const importing = startOwned('node', [program, 'import', folder, '--follow'], {
    env: {
      CLICKHOUSE_URL: connection.url,
      CLICKHOUSE_USER: connection.username,
      CLICKHOUSE_PASSWORD: connection.password,
      CLICKHOUSE_DATABASE: connection.database,
    },
  });
  deaths.push(importing.ended.then(() => `The import has ended.\n${importing.tail()}`));
  stops.push(() => importing.stop());
}

/**
 * @param {{ otlpUrl: string | undefined, captureDir: string | undefined, profileSeconds: number }} options
 */
async function startShop({ otlpUrl, captureDir, profileSeconds }) {
  // It is forked, so it ends by itself when this process is gone: its channel closes.
  const child = fork(join(SERVICE, 'src/main.ts'), {
    execArgv: ['--experimental-async-context-frame'],
    detached: true,
    env: childEnv({
      PORT: '0',
      HYPERFLAME_PROFILE_SECONDS: String(profileSeconds),
      HYPERFLAME_EXPORT: otlpUrl === undefined ? 'files' : 'otlp',
      ...(captureDir === undefined ? {} : { HYPERFLAME_CAPTURE_DIR: captureDir }),
      ...(otlpUrl === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl }),
    }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  if (first === undefined) throw new PlainError('The shop did not open.');
  return {
    /** @type {string} */
    url: first[0].url,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * @param {string} url
 * @param {{ rps: number, seed: number }} load
 */
async function startLoad(url, load) {
  const { runLoad } = await import('../../examples/node-service/src/load.ts');
  const over = new AbortController();
  const running = runLoad({ url, ...load, signal: over.signal });
  return {
    async stop() {
      over.abort();
      await running;
    },
  };
}
