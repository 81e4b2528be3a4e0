import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import type { CallTree } from '../model/tree.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { siblingsTotal } from '../tree/siblings-total.ts';
import { hitTest } from './hit-test.ts';
import { layoutTree, type Layout } from './layout-tree.ts';

/** Every rectangle that is wide enough, straight from the definition. */
function expectedRectangles(tree: CallTree, weight: Float64Array, width: number, minWidth: number) {
  const found: [node: number, x: number, width: number, narrowEnd: number][] = [];
  const walk = (parent: number, x: number) => {
    let narrow: { first: number; from: number } | undefined;
    const closeNarrow = (end: number) => {
      if (narrow && x - narrow.from >= minWidth) {
        found.push([narrow.first, narrow.from, x - narrow.from, end]);
      }
      narrow = undefined;
    };
    for (let node = parent + 1; node < tree.end[parent]; node = tree.end[node]) {
      const own = (weight[node] / weight[0]) * width;
      if (own >= minWidth) {
        closeNarrow(node);
        found.push([node, x, own, 0]);
        walk(node, x);
      } else {
        narrow ??= { first: node, from: x };
      }
      x += own;
    }
    closeNarrow(tree.end[parent]);
  };
  found.push([0, 0, width, 0]);
  walk(0, 0);
  return found.sort((a, b) => tree.depth[a[0]] - tree.depth[b[0]] || a[1] - b[1]);
}

const rectangles = (layout: Layout) =>
  Array.from(layout.node, (node, i) => [node, layout.x[i], layout.width[i]]);

const rectanglesAndEnds = (layout: Layout) =>
  rectangles(layout).map((one, i) => [...one, layout.narrowEnd[i]]);

describe('layoutTree', () => {
  it('makes the layout that its documentation draws', () => {
    const tree = buildCallTree(stackTableFromFolded('main;handle 80\ngc 20'));
    const layout = layoutTree(tree, { width: 10 });
    expect([...layout.node]).toEqual([0, 1, 3, 2]);
    expect([...layout.rowStart]).toEqual([0, 1, 3, 4]);
    expect([...layout.x]).toEqual([0, 0, 8, 0]);
    expect([...layout.width]).toEqual([10, 8, 2, 8]);
    expect([...layout.depth]).toEqual([0, 1, 1, 2]);
  });

  it('holds every rectangle that is wide enough, and no other', () => {
    forSeeds(100, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { stacks: 100, other: true }));
      // The same weights in an order that nothing is known of are added up in another way.
      for (const weight of [tree.total, tree.total.slice()]) {
        for (const minWidth of [0.5, 7]) {
          // A millionth of a pixel is what adding up in another order may differ by.
          const rounded = (all: number[][]) =>
            all.map((one) => one.map((n) => Math.round(n * 1e6)));
          expect(
            rounded(rectanglesAndEnds(layoutTree(tree, { width: 300, minWidth, weight }))),
          ).toEqual(rounded(expectedRectangles(tree, weight, 300, minWidth)));
        }
      }
    });
  });

  it('keeps children within their parents and apart from each other, negative weights or not', () => {
    forSeeds(100, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { stacks: 60, negative: seed % 2 === 0 }));
      const layout = layoutTree(tree, { width: 500, minWidth: 2 });
      const place = new Map(Array.from(layout.node, (node, i) => [node, i]));
      for (let i = 1; i < layout.length; i++) {
        const parent = place.get(tree.parent[layout.node[i]])!;
        expect(layout.x[i]).toBeGreaterThanOrEqual(layout.x[parent]);
        expect(layout.x[i] + layout.width[i]).toBeLessThanOrEqual(
          layout.x[parent] + layout.width[parent] + 1e-6,
        );
        if (layout.depth[i] === layout.depth[i - 1]) {
          expect(layout.x[i]).toBeGreaterThanOrEqual(layout.x[i - 1] + layout.width[i - 1] - 1e-6);
        }
      }
    });
  });

  it('has no row that outweighs the one it stands on, nor callees that outweigh their caller', () => {
    forSeeds(100, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { other: true, maxDepth: 20 }), {
        invert: seed % 2 === 0,
      });
      const focus = seed % tree.length;
      const layout = layoutTree(tree, { width: 400, minWidth: 0, focus });
      const rows = Array.from({ length: layout.rows }, () => ({ width: 0, weight: 0 }));
      const callees = new Float64Array(tree.length);
      for (let i = 0; i < layout.length; i++) {
        const node = layout.node[i];
        rows[layout.depth[i]].width += layout.width[i];
        if (layout.depth[i] >= tree.depth[focus]) rows[layout.depth[i]].weight += tree.total[node];
        if (node > 0) callees[tree.parent[node]] += tree.total[node];
      }
      for (let row = 1; row < layout.rows; row++) {
        expect(rows[row].width).toBeLessThanOrEqual(rows[row - 1].width + 1e-6);
        if (row > tree.depth[focus]) {
          expect(rows[row].weight).toBeLessThanOrEqual(rows[row - 1].weight);
        }
      }
      callees.forEach((weight, node) => expect(weight).toBeLessThanOrEqual(tree.total[node]));
    });
  });

  it('gives the focused node and its ancestors the full width, and leaves out the rest', () => {
    const tree = buildCallTree(stackTableFromFolded('main;a;x 60\nmain;a;y 20\nmain;b 10\ngc 10'));
    const focus = 2;
    const layout = layoutTree(tree, { width: 100, focus });
    expect(rectangles(layout)).toEqual([
      [0, 0, 100],
      [1, 0, 100],
      [2, 0, 100],
      [3, 0, 75],
      [4, 75, 25],
    ]);
    expect(layout.focus).toBe(focus);
  });

  it('shows a part of the focused node when asked to', () => {
    const tree = buildCallTree(stackTableFromFolded('a 50\nb 25\nc 25'));
    const layout = layoutTree(tree, { width: 100, view: { from: 0.5, to: 0.75 } });
    // a lies to the left of the view, c to the right.
    expect(rectangles(layout)).toEqual([
      [0, -200, 400],
      [2, 0, 100],
    ]);
  });

  it('draws from other weights, also where they do not fall from sibling to sibling', () => {
    const tree = buildCallTree(stackTableFromFolded('a 50\nb 30\nc 20'));
    const layout = layoutTree(tree, { width: 100, weight: Float64Array.of(100, 0, 40, 60) });
    expect(rectangles(layout)).toEqual([
      [0, 0, 100],
      [2, 0, 40],
      [3, 40, 60],
    ]);
  });

  it('draws the root alone where there is nothing to share out', () => {
    for (const stacks of [
      makeStackTable([]),
      makeStackTable([{ frames: ['a', 'b'], weight: 0 }]),
      makeStackTable([{ frames: ['a', 'b'], weight: -1 }]),
    ]) {
      expect(rectangles(layoutTree(buildCallTree(stacks), { width: 100 }))).toEqual([[0, 0, 100]]);
    }
  });

  it('has no width to share out in a container of size zero', () => {
    const tree = buildCallTree(stackTableFromFolded('a 1'));
    for (const width of [0, -5, NaN]) {
      expect(rectangles(layoutTree(tree, { width }))).toEqual([[0, 0, 0]]);
    }
  });

  it('lays out 10 000 rows, focused at the bottom or not', () => {
    const deep = Array.from({ length: 10_000 }, (_, i) => `f${i}`).join(';');
    const tree = buildCallTree(stackTableFromFolded(`${deep} 1`));
    expect(layoutTree(tree, { width: 100 }).rows).toBe(10_001);
    expect(layoutTree(tree, { width: 100, focus: 10_000 }).rows).toBe(10_001);
  });

  it('leaves no gap above a frame but its self weight', () => {
    forSeeds(50, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { stacks: 300, other: true }), {
        invert: seed % 2 === 0,
      });
      const minWidth = 3;
      const layout = layoutTree(tree, { width: 300, minWidth });
      const above = new Float64Array(tree.length);
      for (let i = 1; i < layout.length; i++) above[tree.parent[layout.node[i]]] += layout.width[i];
      for (let i = 0; i < layout.length; i++) {
        if (layout.narrowEnd[i] !== 0) continue;
        const node = layout.node[i];
        const self = (tree.self[node] / tree.total[0]) * 300;
        const missing = layout.width[i] - self - above[node];
        expect(missing).toBeGreaterThan(-1e-6);
        expect(missing).toBeLessThan(minWidth);
      }
    });
  });

  it('has one rectangle for siblings that are too narrow for one of their own', () => {
    const many = Array.from({ length: 40 }, (_, i) => `many;f${i};deep 1`).join('\n');
    const tree = buildCallTree(stackTableFromFolded(`main 60\n${many}`));
    const [main, callers] = [1, 2].map((i) => tree.frames.strings[tree.frames.name[tree.frame[i]]]);
    expect([main, callers]).toEqual(['main', 'many']);
    const layout = layoutTree(tree, { width: 100, minWidth: 2 });
    // Nothing stands on the one they share.
    expect(rectanglesAndEnds(layout)).toEqual([
      [0, 0, 100, 0],
      [1, 0, 60, 0],
      [2, 60, 40, 0],
      [3, 60, 40, tree.length],
    ]);
    expect(siblingsTotal(tree, 3, tree.length, tree)).toBe(40);
  });

  it('has nothing on a rectangle that narrow siblings share, whatever weights say', () => {
    const tree = buildCallTree(stackTableFromFolded('a;x 60\nb 40'));
    const weight = Float64Array.of(100, 0.6, 50, 0.4);
    expect(rectanglesAndEnds(layoutTree(tree, { width: 100, weight, minWidth: 1 }))).toEqual([
      [0, 0, 100, 0],
      [1, 0, 1, 4],
    ]);
  });

  it('has none for siblings that weigh nothing', () => {
    // Rounded sums leave a hair between what main calls and its own weight.
    const stacks = makeStackTable([
      { frames: ['main'], weight: 0.2 },
      ...[0.3, 0.2, 0.1, 0].map((weight, i) => ({ frames: ['main', `f${i}`], weight })),
    ]);
    const layout = layoutTree(buildCallTree(stacks), { width: 100, minWidth: 0 });
    expect([...layout.node]).toEqual([0, 1, 2, 3, 4]);
  });

  it('looks at few of many siblings', () => {
    const stacks = makeStackTable(
      Array.from({ length: 100_000 }, (_, i) => ({ frames: [`f${i}`], weight: 1 })),
    );
    const tree = buildCallTree(stacks);
    expect(rectanglesAndEnds(layoutTree(tree, { width: 1000 }))).toEqual([
      [0, 0, 1000, 0],
      [1, 0, 1000, 100_001],
    ]);
    let looked = 0;
    const end = new Proxy(tree.end, {
      get(target, key) {
        looked++;
        return Reflect.get(target, key, target) as unknown;
      },
    });
    layoutTree({ ...tree, end }, { width: 1000 });
    expect(looked).toBeLessThan(10);
  });
});

describe('hitTest', () => {
  it('finds the rectangle under every point, as a search through all does', () => {
    forSeeds(30, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { stacks: 80 }));
      const layout = layoutTree(tree, { width: 200, minWidth: 5 });
      for (let depth = 0; depth <= layout.rows; depth++) {
        for (let x = -1; x <= 201; x += 2.3) {
          const under = rectangles(layout).findIndex(
            ([, left, width], i) =>
              layout.depth[i] === depth &&
              left <= x &&
              x < left + width &&
              layout.narrowEnd[i] === 0,
          );
          expect(hitTest(layout, x, depth)).toBe(under === -1 ? -1 : layout.node[under]);
        }
      }
    });
  });

  it('finds nothing outside the rows', () => {
    const layout = layoutTree(buildCallTree(stackTableFromFolded('a 1')), { width: 10 });
    expect(hitTest(layout, 5, -1)).toBe(-1);
    expect(hitTest(layout, 5, -0.1)).toBe(-1);
    expect(hitTest(layout, 5, 2)).toBe(-1);
    expect(hitTest(layout, NaN, 0)).toBe(-1);
    expect(hitTest(layout, 5, NaN)).toBe(-1);
    expect(hitTest(layout, 5, 1.9)).toBe(1);
  });
});
