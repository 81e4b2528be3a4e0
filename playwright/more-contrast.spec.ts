import { expect, test, type Locator } from '@playwright/test';
import { serveComponents } from './support/components-page.ts';

let picture: Awaited<ReturnType<typeof serveComponents>>;
test.beforeAll(async () => {
  picture = await serveComponents('picture');
});
test.afterAll(() => picture.close());

/** How far the lines around an element stand out from what it is on, as WCAG counts it. */
const lineContrast = (element: Locator): Promise<number> =>
  element.evaluate((element) => {
    const luminance = (color: string): number => {
      const [red, green, blue] = color.match(/\d+/g)!.map((channel) => {
        const value = Number(channel) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const root = element.closest('[data-hyperflame]')!;
    const colors = [
      getComputedStyle(element).borderTopColor,
      getComputedStyle(root).backgroundColor,
    ];
    const [low, high] = colors.map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`who asks for more contrast sees where fields end, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(picture.url);
    const box = page.getByRole('searchbox');
    expect(await lineContrast(box)).toBeLessThan(3);
    await page.emulateMedia({ colorScheme, contrast: 'more' });
    expect(await lineContrast(box)).toBeGreaterThan(4.5);
  });
}
