import { expect, type Locator, type Page } from '@playwright/test';

export interface Place {
  readonly traceId: string;
  readonly spanId: string;
}

/** The panel of the open span. */
export function spanPanel(page: Page): Locator {
  return page.locator('[data-drawer="span"]');
}

/** Opens a span's Profile tab by its link. */
export async function openProfile(page: Page, pageUrl: string, place: Place): Promise<void> {
  await page.goto(`${pageUrl}/?trace=${place.traceId}&span=${place.spanId}&tab=profile&live=false`);
}

/** Until the canvas has more than one colour: an empty one has a single one. */
export async function expectPicture(page: Page): Promise<void> {
  const canvas = spanPanel(page).locator('canvas.hf-canvas');
  await expect(canvas).toBeVisible();
  await expect
    .poll(() =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const context = element.getContext('2d');
        if (!context || element.width === 0 || element.height === 0) return 0;
        const { data } = context.getImageData(element.width >> 1, 0, 1, element.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    )
    .toBeGreaterThan(1);
}

/** The flame graph as assistive technology sees it. */
export function tree(page: Page): Locator {
  return spanPanel(page).getByRole('treegrid');
}
