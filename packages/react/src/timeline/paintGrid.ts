import { shareOf } from '../format/numbers.ts';
import type { Brush } from '../hooks/usePaintedCanvas.ts';
import { largestCell, type TimeGrid } from './grid.ts';

/** Step of the scale that a cell is drawn in: 0 for nothing, else 1 to `steps - 1`. */
export function heatStep(weight: number, largest: number, steps: number): number {
  if (!(weight > 0)) return 0;
  // Roots, so that quiet seconds are told from silent ones beside a loud one.
  const share = Math.sqrt(shareOf(weight, largest));
  return Math.min(steps - 1, 1 + Math.floor(share * (steps - 1)));
}

/** Cells as colours; with one row only, as bars, which are easier to compare. */
export function paintGrid({ context, width, height, density, theme }: Brush, grid: TimeGrid): void {
  const { columns, rows, weight } = grid;
  const largest = largestCell(grid);
  const snap = (length: number): number => Math.round(length * density) / density;
  const gap = width / columns > 4 ? 1 / density : 0;
  const strongest = theme.outlined ? theme.match : theme.sequential[theme.sequential.length - 2];
  for (let column = 0; column < columns; column++) {
    const left = snap((column / columns) * width);
    const wide = Math.max(1 / density, snap(((column + 1) / columns) * width) - left - gap);
    if (rows === 1) {
      const high = snap(shareOf(Math.max(0, weight[column]), largest) * (height - 2));
      context.fillStyle = strongest.fill;
      context.fillRect(left, height - high, wide, high);
      continue;
    }
    for (let row = 0; row < rows; row++) {
      const step = heatStep(weight[column * rows + row], largest, theme.sequential.length);
      // Time goes on upwards, as in a heatmap of latencies.
      const top = snap(((rows - row - 1) / rows) * height);
      const high = snap(((rows - row) / rows) * height) - top;
      if (theme.outlined) {
        // Without colours of its own, a cell says how much it is by how much of it is filled.
        const part = (step / (theme.sequential.length - 1)) * high;
        context.fillStyle = theme.match.fill;
        context.fillRect(left, top + high - part, wide, part);
      } else {
        context.fillStyle = theme.sequential[step].fill;
        context.fillRect(left, top, wide, high - (high > 4 ? gap : 0));
      }
    }
  }
}
