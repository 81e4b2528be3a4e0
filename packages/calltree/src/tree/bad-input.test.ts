import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { frameLabel } from '../frames/label.ts';
import { frameOrder } from '../frames/order.ts';
import { layoutTree } from '../layout/layout-tree.ts';
import type { StackTable } from '../model/stacks.ts';
import { searchTree } from '../search/search-tree.ts';
import { nodesOfStacks, nodesOfTree } from '../testing/reference.ts';
import { allAtOnce } from '../sort/steps.ts';
import { buildCallTree, mergeOf } from './build-call-tree.ts';
import { diffCallTrees } from './diff.ts';
import { functionTable } from './function-table.ts';
import { invertTree } from './invert.ts';

/** Everything that is made of a profile; none of it may fail or run on. */
function everythingOf(stacks: StackTable) {
  const tree = buildCallTree(stacks);
  return {
    tree,
    inverted: buildCallTree(stacks, { invert: true }),
    diff: diffCallTrees(stacks, stacks),
    functions: functionTable(stacks),
    found: searchTree(tree, 'f'),
    layout: layoutTree(tree, { width: 1000 }),
  };
}

describe('input that nobody would wish for', () => {
  it.each([
    ['nothing', []],
    ['a stack without frames', [{ frames: [], weight: 5 }]],
    ['one sample', [{ frames: ['f'], weight: 1 }]],
  ])('%s', (_, stacks) => {
    const { tree, layout } = everythingOf(makeStackTable(stacks));
    const whole = stacks.reduce((sum, { weight }) => sum + weight, 0);
    expect(tree.total[0]).toBe(whole);
    // The root is there also where it stands for nothing.
    expect(layout.rows).toBe(whole > 0 ? Math.max(...stacks.map((s) => s.frames.length)) + 1 : 1);
  });

  it('weights that are all zero', () => {
    const { tree, layout, found } = everythingOf(
      makeStackTable([
        { frames: ['f', 'g'], weight: 0 },
        { frames: ['f'], weight: 0 },
      ]),
    );
    expect([...tree.total]).toEqual([0, 0, 0]);
    expect(layout.rows).toBe(1);
    expect(found.share).toBe(0);
  });

  it('weights below zero, as in the difference of two heaps', () => {
    const { tree, inverted } = everythingOf(
      makeStackTable([
        { frames: ['f', 'alloc'], weight: 10 },
        { frames: ['f', 'free'], weight: -30 },
      ]),
    );
    expect(tree.total[0]).toBe(-20);
    expect(inverted.total[0]).toBe(-20);
    expect(Math.min(...layoutTree(tree, { width: 1000 }).width)).toBeGreaterThanOrEqual(0);
  });

  it('weights of 2⁶³ and more', () => {
    const { tree, layout } = everythingOf(
      makeStackTable([
        { frames: ['f', 'g'], weight: 2 ** 63 },
        { frames: ['f', 'h'], weight: 2 ** 64 },
      ]),
    );
    expect(tree.total[0]).toBe(3 * 2 ** 63);
    expect(layout.width[layout.rowStart[1]]).toBeCloseTo(1000);
  });

  it('weights that are no numbers are refused', () => {
    const stacks = makeStackTable([{ frames: ['f'], weight: 1 }]);
    for (const weight of [NaN, Infinity, -Infinity]) {
      expect(() => buildCallTree({ ...stacks, weight: Float64Array.of(weight) })).toThrow(
        expect.objectContaining({ kind: 'invalid-stacks', field: 'weight[0]' }),
      );
    }
  });

  it('a stack 10 000 deep', () => {
    const frames = Array.from({ length: 10_000 }, (_, depth) => `f${depth}`);
    const { tree, inverted, layout } = everythingOf(makeStackTable([{ frames, weight: 1 }]));
    expect(tree.maxDepth).toBe(10_000);
    expect(layout.rows).toBe(10_001);
    expect(frameLabel(inverted.frames, inverted.frame[1])).toBe('f9999');
    expect([...invertTree(inverted).frame]).toEqual([...tree.frame]);
  });

  it('a name of a megabyte', () => {
    const name = 'f'.repeat(1 << 20);
    const { tree, found } = everythingOf(makeStackTable([{ frames: [name, 'g'], weight: 1 }]));
    expect(frameLabel(tree.frames, tree.frame[1])).toBe(name);
    expect(found.matchedNodes).toBe(1);
  });

  it.each([
    ['the first of them the heaviest', 9],
    ['the first of them one of many', 1],
  ])('a hundred thousand siblings, %s, and more below', (_, first) => {
    const count = 100_000;
    const builder = new StackTableBuilder({ unit: 'count' });
    builder.add([{ name: 'main' }, { name: 'f0' }, { name: 'below' }, { name: 'more' }], first, 1);
    builder.add([{ name: 'main' }, { name: 'f0' }, { name: 'beside' }], 1, 1);
    for (let i = 1; i < count; i++) {
      builder.add([{ name: 'main' }, { name: `f${(i * 7919) % count}` }], 1 + (i % 3), 1);
    }
    builder.add([{ name: 'main' }], 5, 1);
    builder.addOther(7, 1);
    const stacks = builder.build();

    // In pieces, as a worker does it.
    const merge = allAtOnce(mergeOf([stacks], {}));
    const progress = [merge.progress];
    while (!merge.run(10_000)) progress.push(merge.progress);
    expect(progress.length).toBeGreaterThan(30);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress[progress.length - 1]).toBeLessThan(1);
    expect(merge.progress).toBe(1);

    const tree = merge.tree();
    expect(nodesOfTree(tree)).toEqual(nodesOfStacks(stacks));
    const compare = frameOrder(tree.frames);
    for (let node = 2; tree.end[node] < tree.end[1]; node = tree.end[node]) {
      const next = tree.end[node];
      const falls =
        tree.total[node] - tree.total[next] || -compare(tree.frame[node], tree.frame[next]);
      if (falls <= 0) throw new Error(`node ${next} stands too far behind`);
    }
  });

  it('a million siblings', () => {
    const count = 1_000_000;
    const column = () => new Uint32Array(count);
    // Without symbols: a million addresses, of which every hundredth is wide enough to be seen.
    const stacks: StackTable = {
      frames: {
        length: count,
        strings: ['', 'app'],
        name: column(),
        file: column(),
        mapping: column().fill(1),
        line: column(),
        kind: new Uint8Array(count),
        address: BigUint64Array.from({ length: count }, (_, i) => BigInt(i + 1)),
      },
      stackOffset: Uint32Array.from({ length: count + 1 }, (_, i) => i),
      frameIndex: Uint32Array.from({ length: count }, (_, i) => (i * 7919) % count),
      weight: Float64Array.from({ length: count }, (_, i) => (i % 10_000 === 0 ? 1e6 : 1)),
      count: new Float64Array(count).fill(1),
      unit: 'count',
      otherWeight: 0,
      otherCount: 0,
    };
    const tree = buildCallTree(stacks);
    expect(tree.length).toBe(count + 1);
    for (let node = 2; node < tree.length; node++) {
      if (tree.total[node] > tree.total[node - 1]) throw new Error(`node ${node} is too heavy`);
    }
    // The cost of a layout is that of what is drawn.
    expect(layoutTree(tree, { width: 1000 }).length).toBe(102);
  });
});
