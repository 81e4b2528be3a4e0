import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import { frameLabel } from '../frames/label.ts';
import type { StackTable } from '../model/stacks.ts';
import { OTHER_FRAME, ROOT_FRAME, type CallTree } from '../model/tree.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { nodesOfStacks, nodesOfTree } from '../testing/reference.ts';
import { allAtOnce } from '../sort/steps.ts';
import { buildCallTree, mergeOf } from './build-call-tree.ts';
import { MANY } from './sort-siblings.ts';

const labels = (tree: CallTree) =>
  Array.from(tree.frame, (frame) => frameLabel(tree.frames, frame));

describe('buildCallTree', () => {
  it('makes the tree that its documentation draws', () => {
    const tree = buildCallTree(stackTableFromFolded('main;handle;hash 30\nmain;handle 10\ngc 10'));
    expect(labels(tree)).toEqual(['(all)', 'main', 'handle', 'hash', 'gc']);
    expect([...tree.parent]).toEqual([-1, 0, 1, 2, 0]);
    expect([...tree.depth]).toEqual([0, 1, 2, 3, 1]);
    expect([...tree.end]).toEqual([5, 4, 4, 4, 5]);
    expect([...tree.total]).toEqual([50, 40, 40, 30, 10]);
    expect([...tree.self]).toEqual([0, 0, 10, 30, 10]);
    expect(tree.maxDepth).toBe(3);
  });

  it('has the nodes and weights that the definition gives, whatever the stacks', () => {
    forSeeds(120, (seed) => {
      const stacks = randomStacks(seed, { negative: seed % 3 === 0, other: seed % 2 === 0 });
      for (const granularity of ['function', 'line'] as const) {
        for (const invert of [false, true]) {
          const tree = buildCallTree(stacks, { granularity, invert });
          expect(nodesOfTree(tree)).toEqual(nodesOfStacks(stacks, { granularity, invert }));
        }
      }
    });
  });

  it('keeps its columns in step', () => {
    forSeeds(100, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { other: seed % 2 === 0 }));
      expect(tree.frame[0]).toBe(ROOT_FRAME);
      let maxDepth = 0;
      for (let node = 1; node < tree.length; node++) {
        const parent = tree.parent[node];
        const { depth, end } = tree;
        // The next node is a child of this one exactly when the subtree is not over yet.
        const nextIsChild = tree.parent[node + 1] === node;
        if (
          depth[node] !== depth[parent] + 1 ||
          parent >= node ||
          end[node] <= node ||
          end[node] > end[parent] ||
          nextIsChild !== end[node] > node + 1
        ) {
          expect.fail(`Node ${node} is out of step`);
        }
        maxDepth = Math.max(maxDepth, tree.depth[node]);
      }
      expect(tree.maxDepth).toBe(maxDepth);
    });
  });

  it('never lets children weigh more than their parent, and all selves add up to the total', () => {
    forSeeds(100, (seed) => {
      const tree = buildCallTree(randomStacks(seed, { other: true }));
      const ofChildren = new Float64Array(tree.length);
      for (let node = 1; node < tree.length; node++) {
        ofChildren[tree.parent[node]] += tree.total[node];
      }
      for (let node = 0; node < tree.length; node++) {
        expect(ofChildren[node] + tree.self[node]).toBe(tree.total[node]);
      }
      expect(tree.self.reduce((sum, self) => sum + self, 0)).toBe(tree.total[0]);
      expect(tree.selfCount.reduce((sum, count) => sum + count, 0)).toBe(tree.totalCount[0]);
    });
  });

  it('puts siblings in order of weight, then of name, however the stacks are ordered', () => {
    forSeeds(100, (seed) => {
      const stacks = randomStacks(seed, { negative: seed % 2 === 0, other: true });
      const tree = buildCallTree(stacks);
      for (let node = 1; node < tree.length; node++) {
        const next = tree.end[node];
        if (next === tree.end[tree.parent[node]]) continue;
        expect(tree.total[next]).toBeLessThanOrEqual(tree.total[node]);
      }
      expect(labels(buildCallTree(reversed(stacks)))).toEqual(labels(tree));
    });
  });

  it('breaks ties by name', () => {
    const tree = buildCallTree(stackTableFromFolded('c 1\na 1\nb 1\nd 2'));
    expect(labels(tree)).toEqual(['(all)', 'd', 'a', 'b', 'c']);
  });

  it('puts what was left out behind others of its weight', () => {
    // Few siblings are sorted in one way and very many in another.
    for (const length of [2, MANY + 1]) {
      const frames = Array.from({ length }, (_, i) => ({ frames: [`f${i}`], weight: 1 }));
      const { frame } = buildCallTree(makeStackTable(frames, { otherWeight: 1 }));
      expect(frame.indexOf(OTHER_FRAME)).toBe(frame.length - 1);
    }
  });

  it('stops and goes on without a difference', () => {
    forSeeds(30, (seed) => {
      const stacks = randomStacks(seed, { stacks: 200, other: true });
      const merge = allAtOnce(mergeOf([stacks], {}));
      let rounds = 0;
      let progress = 0;
      while (!merge.run(10)) {
        rounds++;
        expect(merge.progress).toBeGreaterThanOrEqual(progress);
        expect(merge.progress).toBeLessThan(1);
        progress = merge.progress;
      }
      expect(rounds).toBeGreaterThan(5);
      expect(merge.progress).toBe(1);
      expect(merge.tree()).toEqual(buildCallTree(stacks));
    });
  });

  it('knows the node that each stack ended in', () => {
    forSeeds(50, (seed) => {
      const stacks = randomStacks(seed);
      const merge = allAtOnce(mergeOf([stacks], {}));
      merge.run();
      const tree = merge.tree();
      const self = new Float64Array(tree.length);
      merge.lastNode.forEach((node, stack) => {
        self[node] += stacks.weight[stack];
        expect(tree.depth[node]).toBe(stacks.stackOffset[stack + 1] - stacks.stackOffset[stack]);
      });
      expect(self).toEqual(tree.self);
    });
  });
});

describe('buildCallTree on unusual data', () => {
  it('makes a lone root of no stacks', () => {
    const tree = buildCallTree(makeStackTable([]));
    expect(tree.length).toBe(1);
    expect(tree.total[0]).toBe(0);
    expect([...tree.end]).toEqual([1]);
  });

  it('shows what was left out even if nothing else is there', () => {
    const tree = buildCallTree(makeStackTable([], { otherWeight: 7, otherCount: 2 }));
    expect([...tree.frame]).toEqual([ROOT_FRAME, OTHER_FRAME]);
    expect([...tree.total]).toEqual([7, 7]);
    expect([...tree.totalCount]).toEqual([2, 2]);
  });

  it('shows what was left out beside a single stack', () => {
    const tree = buildCallTree(
      makeStackTable([{ frames: ['main', 'a'], weight: 3 }], { otherWeight: 7 }),
    );
    expect(labels(tree)).toEqual(['(all)', '(other)', 'main', 'a']);
    expect([...tree.total]).toEqual([10, 7, 3, 3]);
  });

  it('gives stacks without frames to the root', () => {
    const tree = buildCallTree(makeStackTable([{ frames: [], weight: 3 }]));
    expect(tree.length).toBe(1);
    expect(tree.self[0]).toBe(3);
  });

  it('keeps nodes of no weight', () => {
    const tree = buildCallTree(makeStackTable([{ frames: ['main', 'idle'], weight: 0 }]));
    expect(labels(tree)).toEqual(['(all)', 'main', 'idle']);
  });

  it('merges a stack 10 000 frames deep with one that leaves it in the middle', () => {
    const deep = Array.from({ length: 10_000 }, (_, depth) => `f${depth % 100}`);
    const tree = buildCallTree(
      makeStackTable([
        { frames: deep, weight: 2 },
        { frames: [...deep.slice(0, 5_000), 'out'], weight: 1 },
      ]),
    );
    expect(tree.length).toBe(10_002);
    expect(tree.maxDepth).toBe(10_000);
    expect(tree.total[5_000]).toBe(3);
    expect(tree.total[5_001]).toBe(2);
    expect(tree.end[5_000]).toBe(10_002);
  });

  it('sorts 200 000 siblings', () => {
    const siblings = 200_000;
    const tree = buildCallTree(
      makeStackTable(
        Array.from({ length: siblings }, (_, i) => ({ frames: [`f${i}`], weight: i % 1000 })),
      ),
    );
    expect(tree.length).toBe(siblings + 1);
    for (let node = 2; node < tree.length; node++) {
      if (tree.total[node] > tree.total[node - 1]) expect.fail(`Node ${node} is out of order`);
    }
    expect(labels(tree).slice(1, 3)).toEqual(['f100999', 'f101999']);
  });

  it('takes any text for a name', () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      'constructor',
      '__proto__',
      '\u202eevil',
      'a\0b',
      ' ',
    ];
    const tree = buildCallTree(
      makeStackTable(names.map((name, i) => ({ frames: [name], weight: names.length - i }))),
    );
    expect(labels(tree).slice(1)).toEqual(names);
  });

  it('tells weights up to 2^53 apart', () => {
    const weight = 2 ** 52;
    const tree = buildCallTree(
      makeStackTable([
        { frames: ['a', 'b'], weight },
        { frames: ['a', 'c'], weight: weight - 1 },
      ]),
    );
    expect(tree.total[1]).toBe(2 ** 53 - 1);
  });
});

function reversed(stacks: StackTable): StackTable {
  const order = Array.from(stacks.weight.keys()).reverse();
  const parts = order.map((stack) =>
    stacks.frameIndex.slice(stacks.stackOffset[stack], stacks.stackOffset[stack + 1]),
  );
  const stackOffset = new Uint32Array(order.length + 1);
  parts.forEach((part, i) => (stackOffset[i + 1] = stackOffset[i] + part.length));
  return {
    ...stacks,
    stackOffset,
    frameIndex: Uint32Array.from(parts.flatMap((part) => [...part])),
    weight: Float64Array.from(order, (stack) => stacks.weight[stack]),
    count: Float64Array.from(order, (stack) => stacks.count[stack]),
  };
}
