import { layoutTree, type LegendEntry } from '@hyperflame/calltree';
import { flameFont, paintFlame } from '../canvas/paintFlame.ts';
import { TextFitter } from '../canvas/textFitter.ts';
import type { CanvasTheme } from '../theme/canvasTheme.ts';
import { FILE_KINDS } from './fileKinds.ts';
import { legendOf } from './legendOf.ts';
import type { ExportView } from './source.ts';

const WIDTH = 1600;
const ROW_HEIGHT = 20;
const LEGEND_HEIGHT = 32;
const INSET = 6;
/** Browsers have no canvases with longer sides. */
export const MOST_PIXELS = 16_384;

/**
 * Paints the whole graph, not only the part in sight, off the screen, `scale` times as dense as it
 * is laid out. Throws for a graph that is higher than any canvas: part of one would pass for all.
 */
export async function pngOf(view: ExportView, scale: number): Promise<Blob> {
  const { tree, orientation, theme, messages, format } = view;
  const layout = layoutTree(tree, { width: WIDTH, focus: view.focus, weight: view.weight });
  const legend = legendOf(view);
  const pictureHeight = layout.rows * ROW_HEIGHT;
  const height = pictureHeight + (legend.length > 0 ? LEGEND_HEIGHT : 0);
  if (height * scale > MOST_PIXELS) {
    const sides = [WIDTH * scale, height * scale, MOST_PIXELS].map(format.count);
    throw new Error(messages.pictureTooLarge(sides[0], sides[1], sides[2]));
  }
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser gave no canvas to paint on');
  const fitter = new TextFitter((text) => {
    context.font = flameFont(theme, scale);
    return context.measureText(text).width;
  });
  paintFlame(
    context,
    {
      tree,
      layout,
      rows: { orientation, rowHeight: ROW_HEIGHT, height: pictureHeight },
      width: WIDTH,
      height: pictureHeight,
      scrollTop: 0,
      density: scale,
      theme,
      inks: view.scale.inks(theme),
      slotOf: view.scale.slotOf,
      labelOf: view.labelOf,
      narrowLabel: messages.tooNarrow,
      isMatch: null,
      isHatched: view.isHatched,
    },
    fitter,
  );
  if (legend.length > 0) {
    context.setTransform(scale, 0, 0, scale, 0, pictureHeight * scale);
    paintLegend(context, legend, view.theme);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      // A canvas's memory is the browser's own and is given back late otherwise.
      canvas.width = canvas.height = 0;
      if (blob) resolve(blob);
      else reject(new Error('This browser could not write the picture'));
    }, FILE_KINDS.png.mediaType);
  });
}

/** Below the picture: labels in a row, each on its colour. */
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
