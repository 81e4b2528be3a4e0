import { layoutTree, type LegendEntry } from '@hyperflame/calltree';
import { flameFont, paintFlame } from '../canvas/paintFlame.ts';
import { TextFitter } from '../canvas/textFitter.ts';
import { pageTurn } from '../hooks/inTurns.ts';
import type { CanvasTheme } from '../theme/canvasTheme.ts';
import { legendOf } from './legendOf.ts';
import { freeCanvas, givesPixels, newCanvas, newSheet } from './sheet.ts';
import type { ExportView } from './source.ts';

const WIDTH = 1600;
const ROW_HEIGHT = 20;
/** Rows that are painted at once, in a few milliseconds. */
const BAND_ROWS = 8;
const LEGEND_HEIGHT = 32;
const INSET = 6;
/** Browsers have no canvases with longer sides. */
const MOST_PIXELS = 16_384;

/**
 * Paints the whole graph, not only the part in sight, off the screen, `scale` times as dense as it
 * is laid out. It is painted on the page, for only the page has the fonts of its host; band by band,
 * so that others have their turn. Throws for a graph that is higher than any canvas, as part of one
 * would pass for all, and where the file would be noise.
 */
export async function pngOf(view: ExportView, scale: number): Promise<Blob> {
  const { tree, orientation, theme, messages, format } = view;
  const layout = layoutTree(tree, { width: WIDTH, focus: view.focus, weight: view.weight });
  const legend = legendOf(view);
  const graphHeight = layout.rows * ROW_HEIGHT;
  const height = graphHeight + (legend.length > 0 ? LEGEND_HEIGHT : 0);
  if (height * scale > MOST_PIXELS) {
    const sides = [WIDTH * scale, height * scale, MOST_PIXELS].map(format.count);
    throw new Error(messages.pictureTooLarge(sides[0], sides[1], sides[2]));
  }
  if (!givesPixels()) throw new Error(messages.pictureHidden);
  const bandHeight = BAND_ROWS * ROW_HEIGHT;
  const { canvas, context } = newCanvas(WIDTH * scale, bandHeight * scale);
  const sheet = await newSheet(WIDTH * scale, height * scale);
  try {
    const fitter = new TextFitter((text) => {
      context.font = flameFont(theme, scale);
      return context.measureText(text).width;
    });
    const inks = view.scale.inks(theme);
    for (let top = 0; top < graphHeight; top += bandHeight) {
      const band = {
        ...{ tree, layout, theme, inks, density: scale },
        rows: { orientation, rowHeight: ROW_HEIGHT, height: graphHeight },
        width: WIDTH,
        height: bandHeight,
        scrollTop: top,
        slotOf: view.scale.slotOf,
        signs: view.scale.signs,
        labelOf: view.labelOf,
        narrowLabel: messages.tooNarrow,
        isMatch: null,
        isHatched: view.isHatched,
        noteOf: view.noteOf,
      };
      paintFlame(context, band, fitter);
      sheet.put(context, top * scale);
      await pageTurn();
    }
    if (legend.length > 0) {
      context.setTransform(scale, 0, 0, scale, 0, 0);
      paintLegend(context, legend, theme);
      sheet.put(context, graphHeight * scale);
    }
    return await sheet.toPng();
  } finally {
    freeCanvas(canvas);
    sheet.end();
  }
}

/** Labels in a row, each on its colour. */
function paintLegend(
  context: CanvasRenderingContext2D,
  legend: readonly LegendEntry[],
  theme: CanvasTheme,
): void {
  context.fillStyle = theme.background;
  context.fillRect(0, 0, WIDTH, LEGEND_HEIGHT);
  context.font = flameFont(theme, 1);
  context.textBaseline = 'middle';
  let left = INSET;
  for (const { fill, text, label } of legend) {
    const width = context.measureText(label).width + 2 * INSET;
    context.fillStyle = fill;
    context.fillRect(left, INSET, width, ROW_HEIGHT);
    context.fillStyle = text;
    context.fillText(label, left + INSET, INSET + ROW_HEIGHT / 2);
    left += width + INSET;
  }
}
