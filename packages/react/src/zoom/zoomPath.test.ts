import { describe, expect, it } from 'vitest';
import { buildCallTree, layoutTree, makeStackTable } from '@hyperflame/calltree';
import { viewAt, zoomPath } from './zoomPath.ts';

/** 1 main 100: 2 a 60 (3 x 40, 4 y 20), 5 b 40 (6 z 40) */
const tree = buildCallTree(
  makeStackTable([
    { frames: ['main', 'a', 'x'], weight: 40 },
    { frames: ['main', 'a', 'y'], weight: 20 },
    { frames: ['main', 'b', 'z'], weight: 40 },
  ]),
);

describe('the way of a zoom', () => {
  it('runs inside the nearest frame that holds both ends', () => {
    expect(zoomPath(tree, 3, 4, tree.total)).toMatchObject({ base: 2 });
    expect(zoomPath(tree, 3, 6, tree.total)).toMatchObject({ base: 1 });
    expect(zoomPath(tree, 0, 4, tree.total)).toEqual({
      base: 0,
      start: { from: 0, to: 1 },
      goal: { from: 0.4, to: 0.6 },
    });
  });

  it('begins and ends with the pictures at rest', () => {
    const path = zoomPath(tree, 2, 6);
    const xOf = (focus: number, node: number, view?: { from: number; to: number }) => {
      const layout = layoutTree(tree, { width: 1000, focus, view });
      const at = layout.node.indexOf(node);
      return [layout.x[at], layout.width[at]];
    };
    const [x, width] = xOf(path.base, 3, viewAt(path, 0));
    expect(x).toBeCloseTo(xOf(2, 3)[0]);
    expect(width).toBeCloseTo(xOf(2, 3)[1]);
    const [goalX, goalWidth] = xOf(path.base, 6, viewAt(path, 1));
    expect(goalX).toBeCloseTo(0);
    expect(goalWidth).toBeCloseTo(1000);
  });

  it('grows by the same factor in equal times', () => {
    const path = { base: 0, start: { from: 0, to: 1 }, goal: { from: 0.5, to: 0.51 } };
    const widths = [0, 0.5, 1].map((t) => viewAt(path, t)).map(({ from, to }) => to - from);
    expect(widths[0] / widths[1]).toBeCloseTo(10);
    expect(widths[1] / widths[2]).toBeCloseTo(10);
  });

  it('keeps in sight what is in sight at both ends', () => {
    const path = { base: 0, start: { from: 0, to: 1 }, goal: { from: 0.5, to: 0.51 } };
    for (const t of [0, 0.2, 0.5, 0.8, 1]) {
      const { from, to } = viewAt(path, t);
      expect(from).toBeLessThanOrEqual(0.5 + 1e-12);
      expect(to).toBeGreaterThanOrEqual(0.51 - 1e-12);
    }
  });

  it('slides between frames of one width', () => {
    const path = { base: 0, start: { from: 0, to: 0.4 }, goal: { from: 0.6, to: 1 } };
    expect(viewAt(path, 0.5).from).toBeCloseTo(0.3);
    expect(viewAt(path, 0.5).to).toBeCloseTo(0.7);
  });

  it('jumps to a frame without width', () => {
    const path = { base: 0, start: { from: 0, to: 1 }, goal: { from: 0.3, to: 0.3 } };
    expect(viewAt(path, 0.1)).toEqual(path.goal);
  });
});
