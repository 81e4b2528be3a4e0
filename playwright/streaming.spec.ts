import { createClient } from '@clickhouse/client-web';
import { migrate } from '@hyperflame/ingest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { readTrace, TRACE_CATEGORIES } from '../bench/render/trace.ts';
import { startSlowLine, type SlowLine } from './support/streaming/slow-line.ts';
import { expect, test } from './support/stack.ts';

const DATABASE = 'e2e_streaming';
const SERVICE = 'a large service';
const STACKS = 20_000;
const DEPTH = 30;

let line: SlowLine;
let folder: string;

test.beforeAll(async ({ stack }) => {
  const { url, username, password } = stack.connection;
  const admin = createClient({ url, username, password });
  await admin.command({ query: `DROP DATABASE IF EXISTS ${DATABASE} SYNC` });
  await migrate(admin, { database: DATABASE });
  // Stacks that share their beginnings, as those of a program do; leaf first.
  await admin.command({
    query: `
      INSERT INTO ${DATABASE}.otel_profiles_ingest
        (Timestamp, SampleType, SampleUnit, PeriodType, PeriodUnit, Period, ServiceName,
         ResourceAttributes, FunctionNames, FileNames, LineNumbers, MappingFileNames, Addresses,
         TimestampsUnixNano)
      SELECT
        now64(9), 'samples', 'count', 'cpu', 'nanoseconds', 1000 + number % 777, '${SERVICE}',
        map('service.name', '${SERVICE}'),
        arrayPushBack(arrayMap(depth -> concat('function', toString(cityHash64(intDiv(number, pow(2, depth * 0.7)), depth) % 4000)), range(${DEPTH - 1})), 'main'),
        arrayMap(depth -> concat('src/file', toString(depth), '.ts'), range(${DEPTH})),
        arrayMap(depth -> 1, range(${DEPTH})), arrayMap(depth -> '', range(${DEPTH})),
        arrayMap(depth -> 0, range(${DEPTH})), [1]
      FROM numbers(${STACKS})`,
  });
  await admin.close();

  folder = await mkdtemp(join(tmpdir(), 'hyperflame-streaming-'));
  await build({
    root: join(import.meta.dirname, 'support/streaming'),
    logLevel: 'error',
    plugins: [react()],
    resolve: { tsconfigPaths: true },
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  line = await startSlowLine(folder, url);
});
test.afterAll(async ({ stack }) => {
  line?.stop();
  if (folder) await rm(folder, { recursive: true });
  const { url, username, password } = stack.connection;
  const admin = createClient({ url, username, password });
  await admin.command({ query: `DROP DATABASE IF EXISTS ${DATABASE} SYNC` });
  await admin.close();
});

const open = (page: Page) =>
  page.goto(`${line.url}/?database=${DATABASE}&service=${encodeURIComponent(SERVICE)}`);

/** Colours in a column of the picture: an empty one has a single one. */
const colours = (page: Page) =>
  page.locator('canvas.hf-canvas').evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext('2d');
    if (!context || canvas.width === 0 || canvas.height === 0) return 0;
    const { data } = context.getImageData(canvas.width >> 2, 0, 1, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });

test('a flame graph is drawn before its answer has come, and is left as it is when it has', async ({
  page,
}) => {
  line.holdAfter = 150_000;
  await open(page);
  const bar = page.getByRole('progressbar', { name: 'Loading stacks' });
  await expect(bar).toBeVisible();
  await expect.poll(() => colours(page)).toBeGreaterThan(1);
  expect(line.isHolding).toBe(true);
  const share = Number(await bar.getAttribute('aria-valuenow'));
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(100);
  await expect(page.getByText(`${share}% of the stacks · totals are exact`)).toBeVisible();
  const total = page.getByText(/ · 20,000 samples$/);
  await expect(total).toBeVisible();
  const whole = await total.innerText();

  // What is chosen meanwhile stays chosen: the largest function that main calls.
  await page.getByRole('searchbox').fill('main');
  await page.getByRole('button', { name: 'Next match' }).click();
  await page.getByRole('treegrid').locator('[role="row"][tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const zoomed = page.getByRole('group', { name: 'Zoom path' }).getByRole('button').last();
  await expect(zoomed).toHaveText(/function/);
  const chosen = await zoomed.innerText();

  line.release();
  await expect(bar).toBeHidden();
  await expect(page.getByText(/of the stacks/)).toBeHidden();
  await expect(zoomed).toHaveText(chosen);
  for (let step = 0; step < 2; step++) await page.keyboard.press('Escape');
  await expect(page.getByText(whole)).toBeVisible();
});

test('how long the main thread is busy at once while 20 000 stacks come', async ({
  page,
  browser,
}, info) => {
  for (const [what, bytesPerSecond] of [
    ['a fast line', Infinity],
    ['200 kB a second', 200_000],
  ] as const) {
    line.bytesPerSecond = bytesPerSecond;
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    await page.addInitScript(() => performance.mark('bench-start'));
    const start = performance.now();
    await open(page);
    await expect.poll(() => colours(page), { intervals: [20] }).toBeGreaterThan(1);
    const firstPixels = performance.now() - start;
    await expect(page.getByRole('progressbar', { name: 'Loading stacks' })).toBeHidden();
    await expect(page.getByText(/ · 20,000 samples$/)).toBeVisible();
    const end = performance.now() - start;
    const { tasks } = readTrace(await browser.stopTracing());
    const longest = tasks.map(({ cpu }) => cpu).sort((a, b) => b - a);
    info.annotations.push({
      type: what,
      description: `${what}: first pixels ${firstPixels.toFixed(0)} ms, all ${end.toFixed(0)} ms, longest tasks ${longest
        .slice(0, 5)
        .map((ms) => ms.toFixed(1))
        .join(', ')} ms`,
    });
    console.log(info.annotations.at(-1)?.description);
    expect(tasks.length).toBeGreaterThan(0);
  }
});
