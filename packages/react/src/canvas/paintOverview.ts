import type { Layout } from '@hyperflame/calltree';
import type { ColorScale } from '../color/scales.ts';
import type { CanvasTheme } from '../theme/canvasTheme.ts';

export interface Overview {
  readonly layout: Layout;
  readonly orientation: 'icicle' | 'flame';
  readonly density: number;
  readonly scale: ColorScale;
  readonly theme: CanvasTheme;
}

/** Draws all rows of a layout into the canvas, however high they come to be; without names. */
export function paintOverview(
  context: CanvasRenderingContext2D,
  { layout, orientation, density, scale, theme }: Overview,
): void {
  const { width, height } = context.canvas;
  const inks = scale.inks(theme);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  const rowHeight = Math.min(4 * density, height / layout.rows);
  for (let row = 0; row < layout.rows; row++) {
    const top = orientation === 'icicle' ? row * rowHeight : height - (row + 1) * rowHeight;
    for (let i = layout.rowStart[row]; i < layout.rowStart[row + 1]; i++) {
      const { fill } =
        layout.narrowEnd[i] === 0 ? inks[scale.slotOf(layout.node[i])] : theme.dimmed;
      context.fillStyle = theme.outlined ? theme.neutral.text : fill;
      const left = layout.x[i] * density;
      context.fillRect(left, top, Math.max(1, layout.width[i] * density), Math.max(1, rowHeight));
    }
  }
}
