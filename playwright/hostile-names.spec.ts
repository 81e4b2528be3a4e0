import { sampleCount, spansNamed, until } from './support/data.ts';
import { expectPicture, openProfile, spanPanel, tree } from './support/page.ts';
import { sendSpan } from './support/send.ts';
import { expect, test } from './support/stack.ts';

const HOSTILE = '<img src=x onerror="window.wasRun=1">';

test('a function and a span named like HTML are text everywhere', async ({
  page,
  stack,
  client,
}) => {
  const before = await sampleCount(client);
  const place = await sendSpan(stack, { name: HOSTILE, functions: ['main', HOSTILE] });
  await until('the span has landed', async () => {
    const [span] = await spansNamed(client, HOSTILE);
    return span !== undefined && span.samples > 0;
  });
  expect(await sampleCount(client)).toBeGreaterThan(before);

  await openProfile(page, stack.pageUrl, place);
  await expectPicture(page);
  const panel = spanPanel(page);
  await expect(panel.getByRole('heading', { name: HOSTILE })).toBeVisible();
  await expect(page.locator('.waterfall')).toContainText(HOSTILE);

  // Zoom path, tooltip, menu and table write names too.
  await tree(page).locator('[tabindex="0"]').focus();
  await page.keyboard.press('Control+End');
  await expect(tree(page)).toContainText(HOSTILE);
  await expect(page.getByRole('tooltip')).toContainText(HOSTILE);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Zoom path')).toContainText(HOSTILE);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Both' }).click();
  await expect(panel.getByRole('grid', { name: 'Top functions' })).toContainText(HOSTILE);

  expect(await page.locator('img').count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, 'wasRun'))).toBeUndefined();
});
