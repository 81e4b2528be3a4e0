// npm start: ClickHouse, the Collector, a shop under load, and the page that shows its traces with
// their flame graphs. Sets up first; Ctrl-C ends everything, and so does a part that ends by itself.
//
//   npm start                            prints the page's address and goes on until Ctrl-C
//   npm start -- --port 8080             the page on another port than 5173
//   npm start -- --check [--json FILE]   opens a span of the busiest endpoint in a real Chromium and
//                                        says what its flame graph shows; the exit code is 1 unless
//                                        the endpoint's own hot function has over half the samples
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { onPinnedNode } from './lib/pinned-node.mjs';
import { PlainError, program } from './lib/program.mjs';
import { say, step } from './lib/say.mjs';
import { ensureChromium, setup } from './setup.mjs';

const USUAL_PORT = 5173;
const LOAD = { rps: 4, seed: 1 };

await program(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      check: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new PlainError(`--port is '${values.port}'; it must be a port number.`);
  }
  if (port !== undefined && !(await isFree(port))) {
    throw new PlainError(`Port ${port} is taken. Without --port, a free one is found.`);
  }
  await setup();
  if (!(await onPinnedNode(import.meta))) return;
  if (values.check) await check(values.json);
  else await serve(port);
});

/** @param {number | undefined} port */
async function serve(port) {
  const { startStack } = await import('./lib/stack.mjs');
  const ended = untilToldToEnd();
  const pagePort = port ?? ((await isFree(USUAL_PORT)) ? USUAL_PORT : 0);
  // It goes on for hours, beside whatever else is open in the browser.
  const viewerPassword = randomBytes(16).toString('hex');
  const stack = await startStack({ load: LOAD, pagePort, viewerPassword });
  say('');
  say(`  Traces and their flame graphs:  ${stack.pageUrl}`);
  say(`  The shop:                       ${stack.shopUrl}`);
  say(`  ClickHouse:                     ${stack.connection.url}`);
  if (stack.clickhouse.pid) say(`  as which pages ask:             viewer, ${viewerPassword}`);
  if (stack.otlpUrl) say(`  OTLP/HTTP:                      ${stack.otlpUrl}`);
  say('\n  The first profiles arrive after a few seconds. Ctrl-C ends everything.\n');
  const broken = await Promise.race([ended, stack.broken]);
  if (broken !== undefined) say(`✗ ${broken}`);
  await step('Ending', () => stack.stop());
  if (broken !== undefined) process.exitCode = 1;
}

/** @param {string | undefined} file */
async function check(file) {
  const chromiumPath = await ensureChromium();
  const { createClient } = await import('@clickhouse/client');
  const { startStack } = await import('./lib/stack.mjs');
  const { checkPage } = await import('./lib/check-page.mjs');
  const stack = await startStack({
    load: LOAD,
    profileSeconds: 2,
    pagePort: 0,
    ownDatabase: true,
  });
  const client = createClient(stack.connection);
  try {
    const { share, samples, clickToDrawnMs, shown, span } = await step(
      'Opening a span of the busiest endpoint',
      () =>
        checkPage({
          pageUrl: String(stack.pageUrl),
          database: stack.connection.database,
          client,
          chromiumPath,
        }),
    );
    console.log(`endpoint        ${span.endpoint}`);
    console.log(`hot function    ${span.hotFunction}, ${shown}`);
    console.log(`its share       ${(100 * share).toFixed(1)} % of the span's samples`);
    console.log(`samples         ${samples}`);
    console.log(`click to drawn  ${Math.round(clickToDrawnMs)} ms`);
    if (file) {
      const found = { share, samples, clickToDrawnMs, shown, ...span };
      await writeFile(file, `${JSON.stringify(found, null, 2)}\n`);
    }
    if (!(share > 0.5)) process.exitCode = 1;
  } finally {
    await client.close();
    await stack.stop();
  }
}

/** @param {number} port */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Resolves at the first Ctrl-C; a second one ends at once, without waiting for anything.
 *
 * @returns {Promise<undefined>}
 */
function untilToldToEnd() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        process.once('SIGINT', () => process.exit(130));
        resolve(undefined);
      });
    }
  });
}
