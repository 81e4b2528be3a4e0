import type { Page } from '@playwright/test';
import { spansNamed } from './support/data.ts';
import { expectPicture, openProfile, spanPanel, tree } from './support/page.ts';
import { expect, test } from './support/stack.ts';

test.beforeEach(async ({ page, stack, client }) => {
  const [span] = await spansNamed(client, 'pack parcels');
  await openProfile(page, stack.pageUrl, span);
  await expectPicture(page);
});

const path = (page: Page) => page.getByLabel('Zoom path');

test('search says what share matches, and that nothing does', async ({ page }) => {
  const search = page.getByRole('searchbox', { name: 'Search functions' });
  await search.fill('packParcels');
  await expect(spanPanel(page).getByText(/^\d+(\.\d+)?% matched$/)).toBeVisible();
  await search.fill('no such function');
  await expect(spanPanel(page).getByText('No match')).toBeVisible();
});

test('a click zooms in, the path leads out', async ({ page }) => {
  const canvas = spanPanel(page).locator('canvas.hf-canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('There is no picture.');
  // The third row: under "All samples" and the outermost function.
  await page.mouse.click(box.x + 40, box.y + 50);
  await expect(path(page).getByRole('listitem')).toHaveCount(3);
  await path(page).getByRole('button').first().click();
  await expect(path(page).getByRole('listitem')).toHaveCount(1);
});

test('the hottest function is found by keyboard and accessible tree alone', async ({ page }) => {
  const focused = tree(page).getByRole('row').and(page.locator(':focus'));
  // As a person gets there who neither sees the picture nor has a mouse: from control to control.
  for (let tabs = 0; tabs < 80 && (await focused.count()) === 0; tabs++) {
    await page.keyboard.press('Tab');
  }
  await expect(focused.getByRole('rowheader')).toHaveText('All samples');
  await page.keyboard.press('Control+End');
  await expect(focused.getByRole('rowheader')).toHaveText('packParcels');
  const columns = await tree(page).getByRole('columnheader').allTextContents();
  const cells = await focused.getByRole('gridcell').allTextContents();
  const self = cells[columns.indexOf('Self') - 1];
  // Behind a mark of direction.
  expect(parseFloat(self.replace(/^\u2066/, ''))).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await expect(path(page)).toContainText('packParcels');
  await page.keyboard.press('Backspace');
  await expect(path(page)).not.toContainText('packParcels');
});

test('a frame says its name, self, total and share when pointed at', async ({ page }) => {
  const box = await spanPanel(page).locator('canvas.hf-canvas').boundingBox();
  if (box === null) throw new Error('There is no picture.');
  await page.mouse.move(box.x + 40, box.y + 30);
  const tooltip = page.getByRole('tooltip');
  for (const word of ['Self', 'Total', '%', 'ms']) await expect(tooltip).toContainText(word);
});
