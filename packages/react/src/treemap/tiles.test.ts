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
    const top = areasBelow(tree, 0);
    const lib = top.parts[1];
    expect(lib.parts).toEqual([{ node: SMALL_PARTS, weight: 10_000, parts: [] }]);
    expect(layoutRoot(top).value).toBe(40_000);
  });

  it('are those of the part that is shown', () => {
    const tree = buildCallTree(
      makeStackTable([
        { frames: ['app', 'main'], weight: 3 },
        { frames: ['lib', 'copy'], weight: 1 },
      ]),
    );
    expect(areasBelow(tree, 3).parts.map(({ node }) => node)).toEqual([4]);
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
    isGroup: level === 1,
  });

  it('are hit where they are innermost', () => {
    const tiles = [tile(1, 0, 100, 1), tile(2, 0, 40, 2)];
    expect(tileAt(tiles, 20, 5)?.node).toBe(2);
    expect(tileAt(tiles, 60, 5)?.node).toBe(1);
    expect(tileAt(tiles, 120, 5)).toBeUndefined();
  });

  it('leave out what has no width', () => {
    const data = { node: 1, weight: 1, parts: [] };
    const at = (x1: number, depth: number) => ({ data, depth, x0: 0, y0: 0, x1, y1: 10 });
    expect(tilesOf([at(100, 0), at(0.2, 1), at(50, 1)]).map(({ width }) => width)).toEqual([50]);
  });
});
