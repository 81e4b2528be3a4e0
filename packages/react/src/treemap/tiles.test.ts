import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { areasBelow, layoutRoot, SMALL_PARTS, tileAt, tilesOf, type Tile } from './tiles.ts';

describe('areas', () => {
  it('add up, however many small parts they have', () => {
    const crumbs = Array.from({ length: 10_000 }, (_, i) => ({
      frames: ['lib', `crumb${i}`],
      weight: 1,
    }));
    const tree = buildCallTree(
      makeStackTable([{ frames: ['app', 'main'], weight: 30_000 }, ...crumbs]),
    );
    const top = areasBelow(tree, 0, 600_000);
    const lib = top.parts[1];
    expect(lib.parts).toEqual([{ node: SMALL_PARTS, weight: 10_000, count: 10_000, parts: [] }]);
    expect(layoutRoot(top).value).toBe(40_000);
  });

  it('are those of the part that is shown', () => {
    const tree = buildCallTree(
      makeStackTable([
        { frames: ['app', 'main'], weight: 3 },
        { frames: ['lib', 'copy'], weight: 1 },
      ]),
    );
    expect(areasBelow(tree, 3, 600_000).parts.map(({ node }) => node)).toEqual([4]);
  });

  it('are fewer in a smaller picture, as what is left of each would be', () => {
    const tree = buildCallTree(
      makeStackTable([
        { frames: ['app', 'main'], weight: 97 },
        { frames: ['app', 'copy'], weight: 1 },
        { frames: ['app', 'send'], weight: 2 },
      ]),
    );
    const namesIn = (pixels: number) =>
      areasBelow(tree, 0, pixels).parts[0].parts.map(({ node, count }) => [node, count]);
    expect(namesIn(600_000)).toHaveLength(3);
    // 1 % of 10 000 square pixels is 100 of them, 2 % are 200.
    expect(namesIn(10_000)).toHaveLength(3);
    expect(namesIn(10_000).at(-1)).toEqual([SMALL_PARTS, 1]);
    expect(namesIn(5_000).at(-1)).toEqual([SMALL_PARTS, 2]);
  });
});

describe('tiles', () => {
  const tile = (node: number, left: number, width: number, level: number): Tile => ({
    node,
    left,
    width,
    level,
    top: 0,
    height: 10,
    count: 1,
    isGroup: level === 1,
  });

  it('are hit where they are innermost', () => {
    const tiles = [tile(1, 0, 100, 1), tile(2, 0, 40, 2)];
    expect(tileAt(tiles, 20, 5)?.node).toBe(2);
    expect(tileAt(tiles, 60, 5)?.node).toBe(1);
    expect(tileAt(tiles, 120, 5)).toBeUndefined();
  });

  it('leave out what has no width', () => {
    const data = { node: 1, weight: 1, count: 1, parts: [] };
    const at = (x1: number, depth: number) => ({ data, depth, x0: 0, y0: 0, x1, y1: 10 });
    expect(tilesOf([at(100, 0), at(0.2, 1), at(50, 1)]).map(({ width }) => width)).toEqual([50]);
  });
});
