import { buildCallTree, layoutTree, makeStackTable } from '@hyperflame/calltree';
import { expect, it } from 'vitest';
import type { ColorScale } from '../color/scales.ts';
import type { CanvasTheme, Ink } from '../theme/canvasTheme.ts';
import { paintOverview } from './paintOverview.ts';

const ink = (fill: string): Ink => ({
  fill,
  text: '',
  faded: { fill: `faded ${fill}`, text: '' },
});

it('draws all rows, and narrow siblings together in a colour of no frame', () => {
  const tree = buildCallTree(
    makeStackTable([
      { frames: ['main'], weight: 500 },
      ...Array.from({ length: 500 }, (_, i) => ({ frames: [`f${i}`], weight: 1 })),
    ]),
  );
  const boxes: unknown[] = [];
  const context = {
    canvas: { width: 200, height: 40 },
    fillStyle: '',
    fillRect: (...place: number[]) => boxes.push([context.fillStyle, ...place]),
  };
  paintOverview(context as unknown as CanvasRenderingContext2D, {
    layout: layoutTree(tree, { width: 100 }),
    orientation: 'icicle',
    density: 2,
    scale: { slotOf: () => 0, inks: () => [ink('blue')] } as unknown as ColorScale,
    theme: { background: 'paper', dimmed: ink('grey') } as CanvasTheme,
  });
  expect(boxes).toEqual([
    ['paper', 0, 0, 200, 40],
    ['blue', 0, 0, 200, 8],
    ['blue', 0, 8, 100, 8],
    ['grey', 100, 8, 100, 8],
  ]);
});
