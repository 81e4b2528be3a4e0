import type { NodeIndex } from '../model/tree.ts';
import type { Layout } from './layout-tree.ts';

/**
 * Position in the layout of the rectangle at `x` in row `depth`, or -1 where nothing is drawn.
 * A rectangle holds its left edge but not its right one.
 */
export function hitTestRectangle(layout: Layout, x: number, depth: number): number {
  if (!(depth >= 0 && depth < layout.rows)) return -1;
  const row = Math.trunc(depth);
  // The last rectangle of the row that starts at or before x.
  let low = layout.rowStart[row];
  let high = layout.rowStart[row + 1];
  const start = low;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (layout.x[middle] <= x) low = middle + 1;
    else high = middle;
  }
  const found = low - 1;
  return found >= start && x < layout.x[found] + layout.width[found] ? found : -1;
}

/** The node at `x` in row `depth`, or -1 where none has a rectangle of its own. */
export function hitTest(layout: Layout, x: number, depth: number): NodeIndex | -1 {
  const rectangle = hitTestRectangle(layout, x, depth);
  return rectangle === -1 || layout.narrowEnd[rectangle] !== 0 ? -1 : layout.node[rectangle];
}
