import { expect, test, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/lib/chromium.mjs';
import { serveComponents } from './support/components-page.ts';

let picture: Awaited<ReturnType<typeof serveComponents>>;
test.beforeAll(async () => {
  picture = await serveComponents('picture');
});
test.afterAll(() => picture.close());

test.use({
  hasTouch: true,
  viewport: { width: 390, height: 700 },
  // Scroll bars take no room where one scrolls by finger.
  launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
});

interface Finger {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** Fingers as the browser itself knows them: it captures them, and scrolls by them. */
async function fingers(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  return (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Finger[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
}

/** Where a frame of the second row is, by the row of the twin that lies over it. */
async function frame(page: Page, name: string) {
  const row = page.getByRole('row', { name: new RegExp(`^${name}`) }).first();
  const box = await row.boundingBox();
  return { left: box?.x ?? NaN, width: box?.width ?? NaN };
}

test('a finger that rests opens the menu, and lifting it is no click', async ({ page }) => {
  await page.goto(picture.url);
  const canvas = page.locator('canvas').first();
  await expect(canvas).toBeVisible();
  const box = (await canvas.boundingBox())!;
  const touch = await fingers(page);
  const menu = page.getByRole('menu');
  // As in Safari on iOS, where no `contextmenu` event comes by itself.
  await page.evaluate(() =>
    window.addEventListener(
      'contextmenu',
      (event) => event.isTrusted && event.stopImmediatePropagation(),
      true,
    ),
  );
  await touch('touchStart', [{ id: 0, x: 60, y: Math.round(box.y + 30) }]);
  await expect(menu).toBeVisible();
  await touch('touchEnd', []);
  await expect(menu).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Reset zoom' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);

  // A finger that moves or is lifted soon does something else.
  await touch('touchStart', [{ id: 0, x: 60, y: Math.round(box.y + 30) }]);
  await touch('touchEnd', []);
  await page.waitForTimeout(1000);
  await expect(menu).toHaveCount(0);
});

test('two fingers zoom a flame graph, one moves it and scrolls through it', async ({ page }) => {
  await page.goto(picture.url);
  const canvas = page.locator('canvas').first();
  await expect(canvas).toBeVisible();
  const box = (await canvas.boundingBox())!;
  const y = Math.round(box.y + 100);
  const touch = await fingers(page);
  const before = await frame(page, 'left');
  expect(before.width).toBeCloseTo(130, 0);

  await touch('touchStart', [{ id: 0, x: 170, y }]);
  await touch('touchStart', [
    { id: 0, x: 170, y },
    { id: 1, x: 220, y },
  ]);
  for (let step = 1; step <= 5; step++) {
    await touch('touchMove', [
      { id: 0, x: 170 - step * 10, y },
      { id: 1, x: 220 + step * 10, y },
    ]);
  }
  await touch('touchEnd', []);
  // 50 pixels apart at first, 150 in the end.
  await expect.poll(async () => (await frame(page, 'left')).width).toBeGreaterThan(350);
  const zoomed = await frame(page, 'left');
  expect(zoomed.width).toBeLessThan(430);

  await touch('touchStart', [{ id: 0, x: 200, y }]);
  for (let x = 200; x <= 280; x += 10) await touch('touchMove', [{ id: 0, x, y }]);
  await touch('touchEnd', []);
  await expect.poll(async () => (await frame(page, 'left')).left).toBeGreaterThan(zoomed.left + 60);
  expect((await frame(page, 'left')).width).toBeCloseTo(zoomed.width, 0);

  // Above each other they zoom by their distance, and move the picture without zooming.
  await page.getByRole('row').nth(1).focus();
  await page.keyboard.press('0');
  await expect.poll(async () => (await frame(page, 'left')).width).toBeCloseTo(130, 0);
  const upright = (x: number, apart: number, aside = 0) => [
    { id: 0, x, y: y - apart / 2 },
    { id: 1, x: x + aside, y: y + apart / 2 },
  ];
  await touch('touchStart', [upright(195, 50)[0]]);
  await touch('touchStart', upright(195, 50, 1));
  for (let step = 1; step <= 5; step++)
    await touch('touchMove', upright(195, 50 + step * 20, 1 + step));
  await touch('touchEnd', []);
  await expect.poll(async () => (await frame(page, 'left')).width).toBeGreaterThan(350);
  const tall = await frame(page, 'left');
  expect(tall.width).toBeLessThan(430);
  await touch('touchStart', [upright(195, 50)[0]]);
  await touch('touchStart', upright(195, 50));
  for (let step = 1; step <= 6; step++) await touch('touchMove', upright(195 + step * 10, 50));
  await touch('touchEnd', []);
  await expect.poll(async () => (await frame(page, 'left')).left).toBeGreaterThan(tall.left + 40);
  expect((await frame(page, 'left')).width).toBeCloseTo(tall.width, 0);

  // Up and down are the browser's own.
  const scrolled = () =>
    canvas.evaluate((element) => {
      let top = 0;
      for (let at: Element | null = element; at; at = at.parentElement) top += at.scrollTop;
      return top;
    });
  expect(await scrolled()).toBe(0);
  await touch('touchStart', [{ id: 0, x: 200, y: y + 150 }]);
  for (let moved = 0; moved <= 150; moved += 10) {
    await touch('touchMove', [{ id: 0, x: 200, y: y + 150 - moved }]);
  }
  await touch('touchEnd', []);
  await expect.poll(scrolled).toBeGreaterThan(50);
});
