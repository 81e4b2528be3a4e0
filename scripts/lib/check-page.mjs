// What `npm start -- --check` does in place of a person: looks for the busiest endpoint, opens one
// of its spans in a real Chromium, and reads its flame graph.
import { setTimeout as sleep } from 'node:timers/promises';
import { buildCallTree, functionTable } from '@hyperflame/calltree';
import { createProfiles, fromClickHouseWeb } from '@hyperflame/sdk';
import { chromium } from 'playwright';
import { ENDPOINTS } from '../../examples/node-service/src/shop/endpoints.ts';
import { CHROMIUM_FLAGS } from './chromium.mjs';
import { PlainError } from './program.mjs';

/** With fewer, a share says little. */
const ENOUGH_SAMPLES = 40;
const ENOUGH_SPANS = 3;
const PATIENCE_MS = 180_000;

/**
 * @typedef {object} FoundSpan
 * @property {string} endpoint
 * @property {string} hotFunction the one that the shop says its time goes into
 * @property {string} traceId
 * @property {string} spanId
 */

/**
 * @typedef {object} PageCheck
 * @property {number} share of the span's samples that have the endpoint's own hot function in their
 * stack, 0 … 1
 * @property {number} samples of the span
 * @property {number} clickToDrawnMs from the click on "Profile" to the first painted frame
 * @property {string} shown what the page itself says about a search for the hot function
 * @property {FoundSpan} span
 */

/**
 * @typedef {object} Busiest the spans of one name that have the most samples
 * @property {string} name
 * @property {number} spans how many of them have enough samples
 * @property {string} traceId of the newest of these, as `spanId` is
 * @property {string} spanId
 */

/** The endpoints by the span that their hot function runs in. */
const BY_SPAN = new Map(
  Object.values(ENDPOINTS).map((endpoint) => [
    'hotSpan' in endpoint ? endpoint.hotSpan : `${endpoint.method} ${endpoint.route}`,
    endpoint,
  ]),
);

/**
 * Waits until the load has made enough samples, and picks the newest span that has enough, of the
 * endpoint that has the most. The newest, because the first ones run code that is not compiled yet.
 *
 * @param {import('@clickhouse/client').ClickHouseClient} client
 * @param {number} [patienceMs]
 * @returns {Promise<FoundSpan>}
 */
export async function busiestSpan(client, patienceMs = PATIENCE_MS) {
  const query = `
    SELECT SpanName AS name, toFloat64(countIf(samples >= {enough:UInt32})) AS spans,
      argMaxIf(TraceId, Timestamp, samples >= {enough:UInt32}) AS traceId,
      argMaxIf(SpanId, Timestamp, samples >= {enough:UInt32}) AS spanId
    FROM otel_traces
    INNER JOIN (
      SELECT TraceId, SpanId, sum(Count) AS samples
      FROM otel_profiles
      WHERE SpanId != '' AND startsWith(ProfileType, 'cpu:')
      GROUP BY TraceId, SpanId
    ) AS profiled USING (TraceId, SpanId)
    GROUP BY name
    ORDER BY sum(samples) DESC
    LIMIT 1`;
  const end = Date.now() + patienceMs;
  /** @type {Busiest | undefined} */
  let busiest;
  do {
    const result = await client.query({
      query,
      query_params: { enough: ENOUGH_SAMPLES },
      format: 'JSONEachRow',
    });
    /** @type {Busiest[]} */
    const found = await result.json();
    busiest = found.at(0);
    const endpoint = busiest && BY_SPAN.get(busiest.name);
    if (busiest && endpoint && busiest.spans >= ENOUGH_SPANS) {
      const { traceId, spanId, name } = busiest;
      return { endpoint: name, hotFunction: endpoint.hotFunction, traceId, spanId };
    }
    await sleep(500);
  } while (Date.now() < end);
  throw new PlainError(`${whatIsMissing(busiest)} Waited for ${patienceMs / 1000} s.`);
}

/**
 * @param {Busiest | undefined} busiest
 * @returns {string}
 */
function whatIsMissing(busiest) {
  if (busiest === undefined) return 'No span has samples.';
  const { name, spans } = busiest;
  if (!BY_SPAN.has(name)) {
    return `Most samples are in spans '${name}', and of those the shop names no hot function.`;
  }
  const wanted = `${ENOUGH_SPANS} of them with ${ENOUGH_SAMPLES} samples or more`;
  return `Most samples are in spans '${name}'. It takes ${wanted}; found: ${spans}.`;
}

/**
 * @param {object} stack
 * @param {string} stack.pageUrl
 * @param {string} stack.database
 * @param {import('@clickhouse/client').ClickHouseClient} stack.client
 * @param {string} stack.chromiumPath
 * @returns {Promise<PageCheck>}
 */
export async function checkPage({ pageUrl, database, client, chromiumPath }) {
  const span = await busiestSpan(client);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(pageUrl);
    await page.getByRole('searchbox', { name: 'Search endpoints' }).fill(span.traceId);
    await page.locator(`[data-trace-id="${span.traceId}"]`).click();
    // At its left end: a trace's only span opens by itself, and its panel lies over the rest.
    await page.locator(`[data-span-id="${span.spanId}"]`).click({ position: { x: 24, y: 14 } });
    await page.evaluate(watchNextClick);
    await page.getByRole('tab', { name: /^Profile/ }).click();
    const clickToDrawnMs = await page.evaluate(() => Reflect.get(window, 'drawnAfter'));
    await page.getByRole('searchbox', { name: 'Search functions' }).fill(span.hotFunction);
    const shown = await page.getByText(/% matched$|^No match$/).innerText();
    return { ...(await shareOf(span, client, database)), clickToDrawnMs, shown, span };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: `window.drawnAfter` becomes the time from the next click to a picture. */
function watchNextClick() {
  const isPainted = () => {
    /** @type {HTMLCanvasElement | null} */
    const canvas = document.querySelector('[data-drawer="span"] canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context || canvas.width === 0 || canvas.height === 0) return false;
    // Down the middle of the picture: an empty one has a single colour.
    const column = context.getImageData(canvas.width >> 1, 0, 1, canvas.height).data;
    const pixels = new Uint32Array(column.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  };
  Reflect.set(
    window,
    'drawnAfter',
    new Promise((resolve) => {
      document.addEventListener(
        'click',
        (click) => {
          const look = () => {
            if (isPainted()) resolve(performance.now() - click.timeStamp);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        },
        { capture: true, once: true },
      );
    }),
  );
}

/**
 * @param {FoundSpan} span
 * @param {import('@clickhouse/client').ClickHouseClient} client
 * @param {string} database
 */
async function shareOf({ traceId, spanId, hotFunction }, client, database) {
  const profiles = createProfiles({ client: fromClickHouseWeb(client), database });
  const { stacks } = await profiles.flamegraph({ traceId, spanId });
  const table = functionTable(buildCallTree(stacks));
  const { strings, name } = table.frames;
  const row = table.frame.findIndex((frame) => strings[name[frame]] === hotFunction);
  const hot = row === -1 ? 0 : table.totalCount[row];
  return { share: hot / table.wholeCount, samples: table.wholeCount };
}
