import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { serveComponents } from './support/components-page.ts';
import {
  countedFunctions,
  countedThreads,
  countedThreadsOf,
  countedWhole,
  type Range,
} from './support/counted.ts';
import { until } from './support/data.ts';
import { SECONDS, sendKnownMinute } from './support/known-minute.ts';
import { expect, test as base, type SharedStack } from './support/stack.ts';

const from = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 600_000);
const to = new Date(from.getTime() + SECONDS * 1000);
const service = `minute-${randomBytes(4).toString('hex')}`;
const whole: Range = { service, from, to };

const test = base.extend<object, { components: string }>({
  components: [
    async ({ stack, client }, use) => {
      const [page, sent] = await Promise.all([
        serveComponents(),
        sendKnownMinute(stack, service, from),
      ]);
      await until(
        'the minute has arrived',
        async () => (await countedWhole(client, whole)).samples === sent,
      );
      await use(page.url);
      await page.close();
    },
    { scope: 'worker' },
  ],
});

function address(components: string, { connection }: SharedStack, more: object = {}): string {
  const asked = new URLSearchParams({
    clickhouse: connection.url,
    database: connection.database,
    service,
    from: String(from.getTime()),
    to: String(to.getTime()),
    ...more,
  });
  return `${components}?${asked}`;
}

/** `870 ms`, `1.26 s`, between marks of direction: all figures here are whole hundredths of a second. */
function said(nanoseconds: number): string {
  const ms = nanoseconds / 1e6;
  if (ms === 0) return '0';
  const figure = ms < 1000 ? `${ms}\u00a0ms` : `${Number((ms / 1000).toPrecision(3))}\u00a0s`;
  return `\u2066${figure}\u2069`;
}

const total = ({ weight, samples }: { weight: number; samples: number }) =>
  `${said(weight)} · ${samples} samples`;

/** From the beginning of one second up to the end of another. */
function seconds(first: number, last: number): Range {
  const time = (second: number) => new Date(from.getTime() + second * 1000);
  return { service, from: time(first), to: time(last + 1) };
}

/** Drags over the seconds from `first` to `last`, both included, and says which time that is. */
async function brush(page: Page, first: number, last: number): Promise<Range> {
  const box = await page.getByRole('slider').boundingBox();
  if (!box) throw new Error('There is no timeline.');
  const at = (second: number) => box.x + ((second + 0.5) / SECONDS) * box.width;
  await page.mouse.move(at(first), box.y + 10);
  await page.mouse.down();
  await page.mouse.move(at(last), box.y + 10, { steps: 4 });
  await page.mouse.up();
  return seconds(first, last);
}

test('each component says what the raw rows say, of all and of a time that was picked', async ({
  page,
  stack,
  client,
  components,
}) => {
  await page.goto(address(components, stack));
  const part = (name: string) => page.getByRole('region', { name, exact: true });

  const check = async (range: Range): Promise<void> => {
    const functions = await countedFunctions(client, range);
    const all = await countedWhole(client, range);
    await expect(part('graph').locator('.hf-total')).toHaveText(total(all));
    await expect(part('treemap').locator('.hf-total')).toHaveText(said(all.weight));

    const rows = part('table').locator('tr[data-row]');
    await expect(rows).toHaveCount(functions.length);
    for (const { name, self, weight } of functions) {
      const row = rows.filter({
        has: page.getByRole('rowheader', { name: new RegExp(`^${name}`) }),
      });
      await expect(row.locator('.hf-amount')).toHaveText([said(self), said(weight)]);
    }

    const hash = functions.find(({ name }) => name === 'hash');
    if (!hash) throw new Error('Nothing was hashed.');
    await expect(part('sandwich').locator('.hf-pivot-figures')).toContainText(
      new RegExp(`^Total ${said(hash.weight)} .*Self ${said(hash.self)} `),
    );
    const facts = part('inspector').locator('.hf-facts');
    await expect(facts.getByRole('row', { name: /^Weight/ })).toContainText(
      `${said(hash.weight)}${said(hash.self)}`,
    );
    await expect(facts.getByRole('row', { name: /^Samples/ })).toContainText(`${hash.samples}`);
    const threads = await countedThreadsOf(client, range, 'hash');
    expect(threads).toHaveLength(2);
    const labels = part('inspector').locator('.hf-labels > div');
    const ofThreads = labels.filter({ has: page.getByText('thread.name', { exact: true }) });
    await expect(ofThreads.locator('dd')).toHaveText(
      threads.map(({ name, weight }) => `${name}${said(weight)}`),
    );
    await expect(
      part('treemap').getByRole('row', { name: 'libcrypto.so', exact: false }).first(),
    ).toContainText(said(hash.self));
  };

  await part('table').getByRole('row', { name: /^hash/ }).click();
  await check(whole);

  const slider = page.getByRole('slider');
  await slider.focus();
  for (const [key, second] of [
    ['Home', 0],
    ['End', SECONDS - 1],
  ] as const) {
    await page.keyboard.press(key);
    const { weight } = await countedWhole(client, seconds(second, second));
    expect(weight).toBeGreaterThan(0);
    await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`: ${said(weight)}$`));
  }

  const picked = await brush(page, 20, 44);
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`${said((await countedWhole(client, picked)).weight)}$`),
  );
  await check(picked);
  await page.goBack();
  await check(whole);
});

test('a time picked in the viewer is asked about, and all of it again', async ({
  page,
  stack,
  client,
  components,
}) => {
  await page.goto(address(components, stack, { show: 'viewer' }));
  const figure = page.locator('.hf-total');
  await expect(figure).toHaveText(total(await countedWhole(client, whole)));
  const picked = await brush(page, 3, 12);
  await expect(figure).toHaveText(total(await countedWhole(client, picked)));
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await expect(figure).toHaveText(total(await countedWhole(client, whole)));
});

test('a range of hours is drawn in bars, which say what the raw rows say', async ({
  page,
  stack,
  client,
  components,
}) => {
  const hours: Range = { service, from: new Date(from.getTime() - 3 * 3_600_000), to };
  const begin = { from: String(hours.from.getTime()) };
  await page.goto(address(components, stack, { show: 'viewer', ...begin }));
  const all = await countedWhole(client, hours);
  const figure = page.locator('.hf-total');
  await expect(figure).toHaveText(total(all));
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`: ${said(all.weight)}$`));
  await expect(figure).toHaveText(total(all));
});

test('all there is below a frame is asked for where the tree was cut', async ({
  page,
  stack,
  client,
  components,
}) => {
  await page.goto(address(components, stack, { maxStacks: 1 }));
  const graph = page.getByRole('region', { name: 'graph', exact: true });
  await expect(graph.getByText(/is in stacks that are not drawn one by one/)).toBeVisible();
  const tree = graph.getByRole('treegrid');
  await tree.getByRole('row', { name: /^All samples/ }).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowUp');
  await expect(tree.locator('[role="row"]:focus').getByRole('rowheader')).toHaveText('handle');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Load all there is below here' }).click();
  const below = await countedWhole(client, whole, ['main', 'handle']);
  await expect(graph.locator('.hf-total')).toHaveText(total(below));
  await page.reload();
  await expect(graph.locator('.hf-total')).toHaveText(total(below));
  await graph.getByRole('button', { name: 'Whole profile' }).click();
  await expect(graph.locator('.hf-total')).toHaveText(total(await countedWhole(client, whole)));
});

test('samples are grouped by thread, and each thread says what the raw rows say', async ({
  page,
  stack,
  client,
  components,
}) => {
  const graph = page.getByRole('region', { name: 'graph', exact: true });
  const tree = graph.getByRole('treegrid');
  const wholeTree = tree.getByRole('row', { name: /^All samples/ });
  const threadName = (name: string) => (name === '' ? '(no thread.name)' : `thread.name: ${name}`);
  const checkThreads = async (under: readonly string[] = []): Promise<void> => {
    const threads = await countedThreads(client, whole, under);
    expect(threads).toHaveLength(3);
    await wholeTree.focus();
    await expect(tree.locator('[role="row"][aria-level="2"]')).toHaveCount(threads.length);
    for (const { name, weight } of threads) {
      const row = tree
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: threadName(name), exact: true }) });
      await expect(row.getByRole('gridcell').first()).toHaveText(said(weight));
    }
  };

  // Of all stacks, then of the two heaviest: what each thread weighs stays the same.
  for (const more of [{}, { maxStacks: 2 }]) {
    await page.goto(address(components, stack, more));
    await expect(tree).toBeVisible();
    await graph.getByRole('button', { name: 'Filter and group' }).click();
    await page.getByRole('menuitem', { name: 'Group by thread', exact: true }).click();
    await checkThreads();
    await expect(graph.locator('.hf-total')).toHaveText(total(await countedWhole(client, whole)));
  }

  // What was cut off below a frame of one thread is asked for of all of them.
  await wholeTree.focus();
  const focused = tree.locator('[role="row"]:focus').getByRole('rowheader');
  for (let i = 0; i < 20 && (await focused.textContent()) !== 'handle'; i++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Load all there is below here' }).click();
  const path = ['main', 'handle'];
  await expect(graph.locator('.hf-total')).toHaveText(
    total(await countedWhole(client, whole, path)),
  );
  await checkThreads(path);
  await page.reload();
  await checkThreads(path);
  await graph.getByRole('button', { name: 'Undo' }).click();
  await expect(tree.getByRole('rowheader', { name: /thread/ })).toHaveCount(0);
  await expect(graph.locator('.hf-total')).toHaveText(
    total(await countedWhole(client, whole, path)),
  );
});
