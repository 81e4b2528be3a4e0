import { describe, expect, it } from 'vitest';
import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { placeAmongSiblings, twinRows } from './twinRows.ts';

/** `main` with 1 000 callees that have one callee each. */
const wide = buildCallTree(
  makeStackTable(
    Array.from({ length: 1000 }, (_, i) => ({
      frames: ['main', `f${i}`, 'leaf'],
      weight: 2000 - i,
    })),
  ),
);
const deep = buildCallTree(
  makeStackTable([{ frames: Array.from({ length: 10_000 }, () => 'f'), weight: 1 }]),
);

describe('rows of the accessible twin', () => {
  it('are in the order of the tree, each once', () => {
    const rows = twinRows(wide, wide.end[1] - 2, 0);
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
  });

  it('hold whatever a move can lead to next', () => {
    const cursor = 2 + 2 * 500;
    const rows = twinRows(wide, cursor, 0);
    for (const node of [0, 1, cursor - 2, cursor, cursor + 1, cursor + 2]) {
      expect(rows).toContain(node);
    }
  });

  it('are few, however wide or deep the tree', () => {
    expect(twinRows(wide, 1, 0).length).toBeLessThan(40);
    expect(twinRows(wide, 1000, 0).length).toBeLessThan(40);
    expect(twinRows(deep, 9000, 0).length).toBeLessThan(40);
  });

  it('leave out siblings of what is zoomed to, which are not in the picture', () => {
    expect(twinRows(wide, 2, 2)).toEqual([0, 1, 2, 3]);
  });
});

describe('the position of a row', () => {
  it('counts the callees of its caller', () => {
    expect(placeAmongSiblings(wide, 2)).toEqual({ position: 1, siblings: 1000 });
    expect(placeAmongSiblings(wide, 4)).toEqual({ position: 2, siblings: 1000 });
    expect(placeAmongSiblings(wide, 0)).toEqual({ position: 1, siblings: 1 });
  });

  it('is not counted among very many', () => {
    const count = 30_000;
    const many = buildCallTree(
      makeStackTable(
        Array.from({ length: count }, (_, i) => ({ frames: [`f${i}`], weight: count - i })),
      ),
    );
    expect(placeAmongSiblings(many, 7)).toEqual({ position: 7, siblings: -1 });
    expect(placeAmongSiblings(many, 20_000)).toEqual({ position: undefined, siblings: -1 });
    expect(twinRows(many, count, 0)).toEqual([
      0,
      ...Array.from({ length: 7 }, (_, i) => count - 6 + i),
    ]);
  });
});
