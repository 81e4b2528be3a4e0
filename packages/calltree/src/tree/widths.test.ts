import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { layoutTree } from '../layout/layout-tree.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from './build-call-tree.ts';
import { diffCallTrees } from './diff.ts';
import { diffWidths } from './diff-deltas.ts';
import { treeWidths } from './widths.ts';

describe('widths', () => {
  it('are the totals where nothing is below zero', () => {
    const tree = buildCallTree(randomStacks(1));
    expect(treeWidths(tree)).toBe(tree.total);
  });

  it('are what ended in a node or below it, whatever the sign, where something is', () => {
    const tree = buildCallTree(
      makeStackTable([
        { frames: ['main', 'load'], weight: 25 },
        { frames: ['main', 'free'], weight: -15 },
      ]),
    );
    expect([...tree.total]).toEqual([10, 10, 25, -15]);
    expect([...treeWidths(tree)]).toEqual([40, 40, 25, 15]);
  });

  it('let every node be drawn inside of its caller', () => {
    forSeeds(80, (seed) => {
      const stacks = randomStacks(seed, { negative: true, other: seed % 2 === 0 });
      const tree = buildCallTree(stacks, { invert: seed % 3 === 0 });
      const weight = treeWidths(tree);
      const layout = layoutTree(tree, { width: 1e6, weight, minWidth: 1e-6 });
      const own = tree.self.reduce((sum, self) => sum + Math.abs(self), 0);
      expect(weight[0]).toBeCloseTo(own, 6);
      const drawn = new Map(Array.from(layout.node, (node, i) => [node, i]));
      for (let node = 0; node < tree.length; node++) {
        const at = drawn.get(node);
        // All have a place, but those in which nothing ended.
        expect(at !== undefined).toBe(weight[node] > 0 || node === 0);
        if (at === undefined || node === 0) continue;
        const parent = drawn.get(tree.parent[node])!;
        expect(layout.width[at]).toBeCloseTo((weight[node] / weight[0]) * 1e6, 3);
        expect(layout.x[at]).toBeGreaterThanOrEqual(layout.x[parent] - 1e-6);
        expect(layout.x[at] + layout.width[at]).toBeLessThanOrEqual(
          layout.x[parent] + layout.width[parent] + 1e-3,
        );
      }
    });
  });

  it('of a diff are those of both sides together', () => {
    const of = (grown: number, freed: number) =>
      makeStackTable([
        { frames: ['f', 'grow'], weight: grown },
        { frames: ['f', 'free'], weight: freed },
      ]);
    const diff = diffCallTrees(of(30, -10), of(10, -30));
    expect([...diffWidths(diff, 'absolute')]).toEqual([80, 80, 40, 40]);
    expect([...diffWidths(diff, 'normalised')]).toEqual([2, 2, 1, 1]);
  });
});
