import { layoutTree } from '@hyperflame/calltree';
import { flameFont, paintFlame } from '../canvas/paintFlame.ts';
import { TextFitter } from '../canvas/textFitter.ts';
import { FILE_KINDS } from './formats.ts';
import type { ExportView } from './source.ts';

const WIDTH = 1600;
const ROW_HEIGHT = 20;
/** Device pixels for each pixel of the picture: sharp on dense screens and in print. */
const DENSITY = 2;
/** Browsers have no larger canvases. */
const MOST_PIXELS = 16_384;

/**
 * Paints the whole graph, not only the part in sight, off the screen. A graph that is higher than any
 * canvas is painted less densely, and in the end cut off below.
 */
export async function pngOf(view: ExportView): Promise<Blob> {
  const { tree, orientation, theme } = view;
  const layout = layoutTree(tree, { width: WIDTH, focus: view.focus, weight: view.weight });
  const height = layout.rows * ROW_HEIGHT;
  const density = height * DENSITY <= MOST_PIXELS ? DENSITY : 1;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * density;
  canvas.height = Math.min(MOST_PIXELS, height * density);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser gave no canvas to paint on');
  const shown = canvas.height / density;
  const fitter = new TextFitter((text) => {
    context.font = flameFont(theme, density);
    return context.measureText(text).width;
  });
  paintFlame(
    context,
    {
      tree,
      layout,
      rows: { orientation, rowHeight: ROW_HEIGHT, height },
      width: WIDTH,
      height: shown,
      // The root is at the bottom of a flame, and is what must stay.
      scrollTop: orientation === 'flame' ? height - shown : 0,
      density,
      theme,
      inks: view.scale.inks(theme),
      slotOf: view.scale.slotOf,
      labelOf: view.labelOf,
      isMatch: null,
    },
    fitter,
  );
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      // A canvas's memory is the browser's own and is given back late otherwise.
      canvas.width = canvas.height = 0;
      if (blob) resolve(blob);
      else reject(new Error('This browser could not write the picture'));
    }, FILE_KINDS.png.mediaType);
  });
}
