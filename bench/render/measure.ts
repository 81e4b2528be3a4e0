import { chromium, type Browser, type CDPSession, type Page } from 'playwright';
import { CHROMIUM_FLAGS } from '../../scripts/lib/chromium.mjs';
import { ensureChromium } from '../../scripts/setup.mjs';
import { HEIGHT, WIDTH, type RowsOnPage } from './page/adapter.ts';
import type { Subject, ZoomGesture } from './packages.ts';
import { randomFrom } from './profile.ts';
import {
  longestTask,
  readTrace,
  responses,
  timesToPixels,
  TRACE_CATEGORIES,
  workloads,
} from './trace.ts';

/** One page, shown once. Times are milliseconds; undefined: there is no such figure. */
export interface Shown {
  readonly inputToPixelsMs: number;
  readonly drawMs: number;
  readonly longestTaskMs: number;
  readonly longestTaskCpuMs: number;
  readonly heapBytes: number;
  readonly zooms: readonly number[];
  /** To pixels; none where nothing is seen to come of a hover. */
  readonly hovers: readonly number[];
  /** All that the main thread does for one. */
  readonly hoverWork: readonly number[];
  readonly searches: readonly number[];
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      ...CHROMIUM_FLAGS,
      // Memory is measured now, not when the collector next happens to run.
      '--enable-blink-features=ForceEagerMeasureMemory',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  });
}

export interface ShowOptions {
  readonly url: string;
  readonly profile: string;
  /** No part of showing may take longer. */
  readonly limitMs: number;
  /** How many zooms and hovers; none where 0. */
  readonly gestures: number;
}

/** Opens a package's page in a window of its own, gives it the profile, and measures what follows. */
export async function showPage(
  browser: Browser,
  subject: Subject,
  { url, profile, limitMs, gestures }: ShowOptions,
): Promise<Shown> {
  const context = await browser.newContext({
    viewport: { width: WIDTH + 40, height: HEIGHT + 60 },
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  try {
    await page.goto(url);
    await within(
      limitMs * 2,
      page.evaluate((from) => window.bench.load(from), profile),
    );
    const before = await page.evaluate(() => window.bench.memory());

    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    let inputToPixelsMs: number;
    try {
      inputToPixelsMs = await within(
        limitMs,
        page.evaluate(() => window.bench.show()),
      );
    } catch (error) {
      if (failures.length > 0) throw new Error(failures[0], { cause: error });
      throw error;
    }
    const shown = readTrace(await browser.stopTracing());
    const from = shown.marks.get('bench-start') ?? 0;
    const to = shown.marks.get('bench-end') ?? from;
    const longestTaskMs = longestTask(shown, from, to);
    const longestTaskCpuMs = longestTask(shown, from, to, 'cpu');
    const after = await within(
      limitMs,
      page.evaluate(() => window.bench.memory()),
    );

    const gestured = await gesticulate(browser, page, subject.zoom, gestures, limitMs);
    const drawMs = await within(
      limitMs,
      page.evaluate(() => window.bench.redraw()),
    );
    return {
      inputToPixelsMs,
      drawMs,
      longestTaskMs,
      longestTaskCpuMs,
      heapBytes: Math.max(0, after - before),
      ...gestured,
    };
  } finally {
    await browser.stopTracing().catch(() => undefined);
    // A page that is still busy does not answer a request to close.
    await Promise.race([context.close(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
  }
}

/** After a zoom, everything of it has happened. */
const ZOOM_SETTLES_MS = 900;
const HOVER_SETTLES_MS = 60;
/** The row that is zoomed into: one that has no holes, but is parted into several frames. */
const ZOOM_ROW = 10;

async function gesticulate(
  browser: Browser,
  page: Page,
  gesture: ZoomGesture,
  count: number,
  limitMs: number,
): Promise<Pick<Shown, 'zooms' | 'hovers' | 'hoverWork' | 'searches'>> {
  if (count === 0) return { zooms: [], hovers: [], hoverWork: [], searches: [] };
  const rows = await page.evaluate(() => window.bench.rows());
  const session = await page.context().newCDPSession(page);
  const random = randomFrom(7);
  const pointer = new Pointer(session, rows);

  const hovers = await traced(browser, page, limitMs, count, async () => {
    for (let i = 0; i < 4 * count; i++) {
      await pointer.move(2 + Math.floor(random() * 20), 0.02 + 0.9 * random());
      await page.waitForTimeout(HOVER_SETTLES_MS);
    }
  });
  return {
    hovers: timesToPixels(hovers, 'mousemove', HOVER_SETTLES_MS),
    hoverWork: workloads(hovers, 'mousemove', HOVER_SETTLES_MS),
    zooms: await zooms(browser, page, pointer, gesture, count, limitMs),
    searches: await searches(browser, page, limitMs),
  };
}

async function zooms(
  browser: Browser,
  page: Page,
  pointer: Pointer,
  gesture: ZoomGesture,
  count: number,
  limitMs: number,
): Promise<readonly number[]> {
  const random = randomFrom(11);
  // A gesture that nothing comes of is not a zoom, however fast.
  const print = () =>
    within(
      limitMs,
      page.evaluate(() => window.bench.fingerprint()),
    );
  const unzoomed = await print();
  await pointer.zoom(gesture, ZOOM_ROW, 0.3, page);
  await page.waitForTimeout(ZOOM_SETTLES_MS);
  const zoomed = await print();
  await pointer.zoomOut(gesture, page);
  await page.waitForTimeout(ZOOM_SETTLES_MS);
  if (unzoomed === zoomed) return [];

  const trace = await traced(browser, page, limitMs, count, async () => {
    for (let i = 0; i < count; i++) {
      await pointer.zoom(gesture, ZOOM_ROW, 0.05 + 0.6 * random(), page);
      await page.waitForTimeout(ZOOM_SETTLES_MS);
      await pointer.zoomOut(gesture, page);
      await page.waitForTimeout(ZOOM_SETTLES_MS);
    }
  });
  return responses(trace, gesture === 'wheel' ? 'wheel' : 'click', ZOOM_SETTLES_MS);
}

const SEARCHED = 'encodeBuffer1';
const LETTER_SETTLES_MS = 200;

/** Types a name into the search box of the picture, if there is one. */
async function searches(browser: Browser, page: Page, limitMs: number): Promise<readonly number[]> {
  const box = page.getByRole('searchbox');
  if ((await box.count()) !== 1) return [];
  await box.focus();
  const trace = await traced(browser, page, limitMs, SEARCHED.length, () =>
    page.keyboard.type(SEARCHED, { delay: LETTER_SETTLES_MS }),
  );
  return responses(trace, 'input', LETTER_SETTLES_MS);
}

/** What the page does meanwhile. One gesture may take half of the limit. */
async function traced(
  browser: Browser,
  page: Page,
  limitMs: number,
  gestures: number,
  work: () => Promise<void>,
) {
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await within(
    limitMs,
    page.evaluate(() => void performance.mark('bench-gestures')),
  );
  await within((limitMs / 2) * gestures, work());
  // The last answer is in before the trace ends.
  await within(
    limitMs,
    page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100))),
  );
  return readTrace(await browser.stopTracing());
}

/** Real input, as from a mouse. */
class Pointer {
  readonly #session: CDPSession;
  readonly #rows: RowsOnPage;

  constructor(session: CDPSession, rows: RowsOnPage) {
    this.#session = session;
    this.#rows = rows;
  }

  #at(row: number, share: number): { x: number; y: number } {
    const { left, width, top, rowHeight, direction } = this.#rows;
    return { x: left + width * share, y: top + direction * (row + 0.5) * rowHeight };
  }

  async #send(type: string, at: { x: number; y: number }, more: object = {}): Promise<void> {
    await this.#session.send('Input.dispatchMouseEvent', { type, ...at, ...more } as never);
  }

  async move(row: number, share: number): Promise<void> {
    await this.#send('mouseMoved', this.#at(row, share));
  }

  async #click(at: { x: number; y: number }): Promise<void> {
    await this.#send('mouseMoved', at);
    const button = { button: 'left', clickCount: 1 };
    await this.#send('mousePressed', at, button);
    await this.#send('mouseReleased', at, button);
  }

  async zoom(gesture: ZoomGesture, row: number, share: number, page: Page): Promise<void> {
    const at = this.#at(row, share);
    if (gesture === 'wheel') return this.#send('mouseWheel', at, { deltaX: 0, deltaY: -240 });
    await this.#click(at);
    if (gesture === 'click, then menu') {
      await page
        .getByText('Focus block')
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    }
  }

  async zoomOut(gesture: ZoomGesture, page: Page): Promise<void> {
    if (gesture === 'wheel') {
      return this.#send('mouseWheel', this.#at(5, 0.5), { deltaX: 0, deltaY: 240 });
    }
    await this.#click(this.#at(0, 0.5));
    if (gesture === 'click, then menu') {
      await page
        .getByText('Focus block')
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    }
  }
}

function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`cut off after ${ms / 1000} s`)), ms);
    }),
  ]).finally(() => clearTimeout(timer));
}
