import { ENDPOINTS } from '../examples/node-service/src/shop/endpoints.ts';
import { heaviestFunction, spansNamed } from './support/data.ts';
import { expectPicture, spanPanel, tree } from './support/page.ts';
import { expect, test } from './support/stack.ts';

test('a span of a slow trace opens as a flame graph', async ({ page, stack, client }) => {
  const [busiest] = await spansNamed(client, 'POST /sign-in');
  await page.goto(stack.pageUrl);
  // Rows of the list have buttons of this name, too.
  const endpoints = page.getByRole('navigation', { name: 'Endpoints' });
  await endpoints.getByRole('button', { name: /^POST \/sign-in/ }).click();
  await page.getByRole('searchbox', { name: 'Search endpoints' }).fill(busiest.traceId);
  await page.locator(`[data-trace-id="${busiest.traceId}"]`).click();

  const row = page.locator(`[data-span-id="${busiest.spanId}"]`);
  await expect(row).toContainText(`${busiest.samples} profile samples`);
  // It is the only one, so it is open.
  await expect(spanPanel(page)).toContainText('http.route');

  await page.getByRole('tab', { name: /^Profile/ }).click();
  await expectPicture(page);
  await expect(spanPanel(page)).toContainText(`${busiest.samples} samples`);
  await expect(spanPanel(page)).toContainText('Samples linked to this span');
  await page.getByRole('searchbox', { name: 'Search functions' }).fill('hashBlock');
  await expect(spanPanel(page).getByText(/% matched$/)).toHaveText(/^([5-9]\d|100)/);

  await page.getByRole('tab', { name: /^Logs/ }).click();
  await expect(spanPanel(page)).toContainText('http.route=/sign-in');

  await page.goBack();
  await expect(page.locator('[data-drawer]')).toHaveCount(0);
  await page.goForward();
  await expect(spanPanel(page)).toContainText('http.route=/sign-in');
});

test('back closes what was opened last', async ({ page, stack, client }) => {
  const [part] = await spansNamed(client, 'pack parcels');
  await page.goto(`${stack.pageUrl}/?q=${part.traceId}`);
  await page.locator(`[data-trace-id="${part.traceId}"]`).click();
  await page.locator(`[data-span-id="${part.spanId}"]`).click();
  await expect(page.locator('[data-drawer]')).toHaveCount(2);
  await page.goBack();
  await expect(page.locator('[data-drawer]')).toHaveCount(1);
  await page.goBack();
  await expect(page.locator('[data-drawer]')).toHaveCount(0);
});

test('every endpoint has its own hot function on top, and the samples of its span', async ({
  page,
  stack,
  client,
}) => {
  for (const endpoint of [ENDPOINTS.search, ENDPOINTS.recommendations]) {
    const spans = await spansNamed(client, `${endpoint.method} ${endpoint.route}`);
    const spanIds = spans.map(({ spanId }) => spanId);
    expect(await heaviestFunction(client, spanIds)).toBe(endpoint.hotFunction);
    const [span] = spans;
    await page.goto(
      `${stack.pageUrl}/?trace=${span.traceId}&span=${span.spanId}&tab=profile&view=table`,
    );
    const first = spanPanel(page).getByRole('row').nth(1);
    const heaviest = await heaviestFunction(client, [span.spanId]);
    await expect(first.getByText(heaviest, { exact: true })).toBeVisible();
  }
});

test('the list can be sorted by duration and narrowed to an endpoint', async ({ page, stack }) => {
  await page.goto(`${stack.pageUrl}/?live=false`);
  await page.getByRole('button', { name: 'Duration' }).click();
  await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await page.getByRole('searchbox', { name: 'Search endpoints' }).fill('checkout');
  const endpoints = page.locator('.traces .open');
  // The slowest is a checkout before the search is through, so all of them are looked at.
  await expect
    .poll(async () => [...new Set(await endpoints.allInnerTexts())])
    .toEqual(['POST /checkout']);
  await expect(page).toHaveURL(/q=checkout/);
  // Whoever paused can go on typing.
  await page.keyboard.type('-nothing');
  await expect(page).toHaveURL(/q=checkout-nothing/);
});

test('a link restores trace, span, tab and zoom', async ({ page, stack, client }) => {
  const [span] = await spansNamed(client, 'pack parcels');
  await page.goto(`${stack.pageUrl}/?trace=${span.traceId}&span=${span.spanId}&tab=profile`);
  await expectPicture(page);
  await page.getByRole('searchbox', { name: 'Search functions' }).fill('packParcels');
  await expect(spanPanel(page).getByText(/% matched$/)).toBeVisible();
  await page.getByRole('button', { name: 'Next match' }).click();
  await tree(page)
    .getByRole('row', { name: /packParcels/ })
    .press('Enter');
  await expect(page.getByLabel('Zoom path')).toContainText('packParcels');
  // A tree that was computed anew, for a frame that was selected, would be another one to step in.
  const told = spanPanel(page).locator('[aria-live="polite"]');
  await expect(told.filter({ hasText: 'packParcels' })).toHaveCount(1);

  await page.goto(page.url());
  await expectPicture(page);
  await expect(page.getByLabel('Zoom path')).toContainText('packParcels');
  await expect(page.getByRole('searchbox', { name: 'Search functions' })).toHaveValue(
    'packParcels',
  );
});

test('Esc goes back one level at a time', async ({ page, stack, client }) => {
  const [span] = await spansNamed(client, 'pack parcels');
  await page.goto(`${stack.pageUrl}/?trace=${span.traceId}&span=${span.spanId}&tab=profile`);
  await expectPicture(page);
  const search = page.getByRole('searchbox', { name: 'Search functions' });
  await search.fill('pack');
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await expect(spanPanel(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(spanPanel(page)).toBeHidden();
  await expect(page.locator('[data-drawer="trace"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-drawer="trace"]')).toBeHidden();
});

test('a drawer of 300 pixels still shows a flame graph', async ({ page, stack, client }) => {
  const [span] = await spansNamed(client, 'pack parcels');
  await page.addInitScript(() => localStorage.setItem('drawer-width-span', '300'));
  await page.goto(`${stack.pageUrl}/?trace=${span.traceId}&span=${span.spanId}&tab=profile`);
  await expectPicture(page);
  expect((await spanPanel(page).boundingBox())?.width).toBe(300);
  const overflow = await spanPanel(page).evaluate((panel) => panel.scrollWidth - panel.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  // Every control can be reached, not only the picture.
  const right = (await spanPanel(page).boundingBox())?.x ?? 0;
  for (const control of await spanPanel(page).locator('button, select, input').all()) {
    const box = await control.boundingBox();
    if (box !== null) expect(box.x + box.width).toBeLessThanOrEqual(right + 300);
  }
});
