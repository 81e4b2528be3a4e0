import { describe, expect, it } from 'vitest';
import { buildCallTree, layoutTree, makeStackTable } from '@hyperflame/calltree';
import { depthAt, nodeBox, rectangleOf, rowTop, type Rows } from './geometry.ts';

/** main 1000: a 600, b 399, c 1 (c is too narrow to be drawn), d below c. */
const tree = buildCallTree(
  makeStackTable([
    { frames: ['main', 'a'], weight: 600 },
    { frames: ['main', 'b'], weight: 399 },
    { frames: ['main', 'c', 'd'], weight: 1 },
  ]),
);
const layout = layoutTree(tree, { width: 100 });
const icicle: Rows = { orientation: 'icicle', rowHeight: 20, height: 100 };
const flame: Rows = { orientation: 'flame', rowHeight: 20, height: 100 };

describe('rows', () => {
  it('grow down in an icicle and up in a flame graph', () => {
    expect([0, 1, 4].map((depth) => rowTop(icicle, depth))).toEqual([0, 20, 80]);
    expect([0, 1, 4].map((depth) => rowTop(flame, depth))).toEqual([80, 60, 0]);
  });

  it.each([icicle, flame])('are found again at each of their pixels: $orientation', (rows) => {
    for (let depth = 0; depth < 5; depth++) {
      for (const offset of [0, 7, 19.9]) {
        expect(depthAt(rows, rowTop(rows, depth) + offset)).toBe(depth);
      }
    }
    expect(depthAt(icicle, -1)).toBeLessThan(0);
    expect(depthAt(flame, 100.5)).toBeLessThan(0);
  });
});

describe('the place of a node', () => {
  it('is its rectangle', () => {
    const [, , a, b] = [0, 1, 2, 3];
    expect(nodeBox(tree, layout, icicle, a)).toEqual({ left: 0, top: 40, width: 60, height: 20 });
    expect(nodeBox(tree, layout, icicle, b)).toMatchObject({ left: 60, top: 40 });
    expect(nodeBox(tree, layout, flame, a)).toMatchObject({ top: 40 });
  });

  it('is where a node too narrow to draw would be, wide enough to be seen', () => {
    const c = 4;
    expect(rectangleOf(layout, tree, c)).toBe(-1);
    const box = nodeBox(tree, layout, icicle, c);
    expect(box.left).toBeCloseTo(99.9);
    expect(box).toMatchObject({ top: 40, width: 2 });
    expect(nodeBox(tree, layout, icicle, 5)).toMatchObject({ top: 60, width: 2 });
  });

  it('is about where it would be among more siblings than are looked at', () => {
    const count = 50_000;
    const alike = buildCallTree(
      makeStackTable(Array.from({ length: count }, (_, i) => ({ frames: [`f${i}`], weight: 1 }))),
    );
    const drawn = layoutTree(alike, { width: 100 });
    for (const node of [5_000, 12_345, 40_000, count]) {
      expect(nodeBox(alike, drawn, icicle, node).left).toBeCloseTo((100 * (node - 1)) / count);
    }
  });

  it('is a rectangle that narrow siblings share, if that is asked for', () => {
    const count = 1000;
    const alike = buildCallTree(
      makeStackTable(Array.from({ length: count }, (_, i) => ({ frames: [`f${i}`], weight: 1 }))),
    );
    const drawn = layoutTree(alike, { width: 100 });
    const shared = { left: 0, top: 20, width: 100, height: 20 };
    expect(nodeBox(alike, drawn, icicle, 1, alike.total, count + 1)).toEqual(shared);
    expect(nodeBox(alike, drawn, icicle, 1)).toEqual({ ...shared, width: 2 });
  });

  it('is found for every drawn rectangle', () => {
    for (let i = 0; i < layout.length; i++)
      expect(rectangleOf(layout, tree, layout.node[i])).toBe(i);
  });
});
