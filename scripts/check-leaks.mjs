// npm run check:leaks: mounts every component a thousand times in Chromium and takes it away again.
// What is left after a garbage collection must not have grown: memory, elements, listeners, workers.
// About five minutes on two cores. `--mounts N` for another number, `--only NAME` for one component, `--json FILE`
// writes the figures.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { CHROMIUM_FLAGS, findChromium } from './lib/chromium.mjs';
import { PlainError, program } from './lib/program.mjs';
import { root } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { serveFolder } from './lib/static-server.mjs';
import { table } from './lib/table.mjs';

/**
 * Until caches are full, code is compiled, and the worker runs: of a viewer, the engine compiles parts
 * only after a hundred mounts or two.
 */
const warmUpFor = (/** @type {number} */ mounts) => Math.max(40, mounts / 5);

/** Parts of answers stay for a second after the whole has come (query/partialAnswers.ts). */
const SETTLES_MS = 1_200;

/** Some memory comes back only after several. */
const MOST_COLLECTIONS = 20;

/**
 * What may be left. Elements, listeners and workers are counted, so any that is left at every mount
 * shows. Memory also moves by itself: the engine recompiles, React keeps the last tree it drew.
 */
const LIMITS = { elements: 40, listeners: 10, workers: 0, bytes: 600_000, bytesPerMount: 300 };

/**
 * @typedef {object} Left
 * @property {number} bytes
 * @property {number} elements DOM nodes, in the document or detached
 * @property {number} listeners
 * @property {number} workers
 */

/**
 * @param {import('playwright').Page} page
 * @param {import('playwright').CDPSession} devtools
 * @returns {Promise<Left>}
 */
async function left(page, devtools) {
  // Finalizers run after a collection and free more for the next one, requests that nobody waits for
  // any more come to their end: until nothing goes any longer.
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), SETTLES_MS);
  let last = await collected(page, devtools);
  for (let still = 0, round = 0; still < 2 && round < MOST_COLLECTIONS; round++) {
    const now = await collected(page, devtools);
    still = now.listeners < last.listeners || now.elements < last.elements ? 0 : still + 1;
    last = now;
  }
  return last;
}

/**
 * @param {import('playwright').Page} page
 * @param {import('playwright').CDPSession} devtools
 * @returns {Promise<Left>}
 */
async function collected(page, devtools) {
  await devtools.send('HeapProfiler.collectGarbage');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (/** @type {string} */ name) =>
    metrics.find((one) => one.name === name)?.value ?? NaN;
  return {
    bytes: metric('JSHeapUsedSize'),
    elements: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    workers: page.workers().length,
  };
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {string} name
 * @param {number} mounts
 */
async function growthOf(browser, url, name, mounts) {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  try {
    await page.goto(url);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const mount = (/** @type {number} */ times) =>
      page.evaluate(
        ([name, times]) => /** @type {any} */ (window).mount(name, times),
        /** @type {const} */ ([name, times]),
      );
    await mount(warmUpFor(mounts));
    const before = await left(page, devtools);
    await mount(mounts);
    const after = await left(page, devtools);
    return {
      bytes: after.bytes - before.bytes,
      elements: after.elements - before.elements,
      listeners: after.listeners - before.listeners,
      workers: after.workers - before.workers,
    };
  } finally {
    await page.close();
  }
}

/**
 * @param {Left} growth
 * @param {number} mounts
 * @returns {string[]} what has grown too much
 */
function leaks(growth, mounts) {
  const limits = { ...LIMITS, bytes: LIMITS.bytes + LIMITS.bytesPerMount * mounts };
  return /** @type {const} */ (['bytes', 'elements', 'listeners', 'workers']).filter(
    // Not a number is not small enough.
    (what) => !(growth[what] <= limits[what]),
  );
}

await program(import.meta, async () => {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, mounts: { type: 'string' }, only: { type: 'string' } },
  });
  const mounts = Number(values.mounts ?? 1000);
  if (!(mounts > 0)) throw new PlainError(`--mounts ${values.mounts} is no number of mounts.`);

  const folder = mkdtempSync(join(tmpdir(), 'hyperflame-leaks-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><script type="module" src="page.js"></script>',
  );
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'scripts/leaks/page.tsx'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const server = await serveFolder(folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const results = [];
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => say(`✗ ${error}`));
    await page.goto(server.url);
    await page.waitForFunction(() => 'cases' in window);
    /** @type {{ cases: string[], forgotten: string[] }} */
    const { cases, forgotten } = await page.evaluate(() => ({
      cases: /** @type {any} */ (window).cases,
      forgotten: /** @type {any} */ (window).forgotten,
    }));
    await page.close();
    for (const name of forgotten) {
      results.push({ component: name, ok: false, growth: undefined, grown: ['never mounted'] });
    }
    const chosen = cases.filter((one) => !values.only || one === values.only);
    if (chosen.length === 0) throw new PlainError(`There is no component ${values.only}.`);
    for (const [i, name] of chosen.entries()) {
      say(`▸ ${name}, ${mounts} times (${i + 1} of ${chosen.length})`);
      const started = performance.now();
      const growth = await growthOf(browser, server.url, name, mounts);
      const grown = leaks(growth, mounts);
      const seconds = Math.round((performance.now() - started) / 1000);
      say(grown.length === 0 ? `✓ ${name} (${seconds} s)` : `✗ ${name} leaks: ${grown.join(', ')}`);
      results.push({ component: name, ok: grown.length === 0, growth, grown });
    }
  } finally {
    await browser.close();
    server.close();
  }

  const rows = results.map(({ component, growth, grown }) => [
    component,
    ...(growth
      ? [growth.bytes, growth.elements, growth.listeners, growth.workers].map(String)
      : ['', '', '', '']),
    grown.length === 0 ? '' : `LEAKS: ${grown.join(', ')}`,
  ]);
  const head = [`growth over ${mounts}`, 'bytes', 'elements', 'listeners', 'workers', ''];
  console.log(`\n${table([head, ...rows])}\n`);
  if (values.json) writeFileSync(values.json, JSON.stringify(results, null, 2));
  const failed = results.filter(({ ok }) => !ok).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
});
