import { describe, expect, it } from 'vitest';
import { stackTableFromFolded } from '../formats/folded.ts';
import { svgFromCallTree } from '../formats/svg.ts';
import { frameKey } from '../frames/key.ts';
import { frameLabel } from '../frames/label.ts';
import { OTHER_FRAME } from '../model/tree.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from './build-call-tree.ts';
import { functionTable } from './function-table.ts';
import { sandwich } from './sandwich.ts';
import { selfCount, selfWeight } from './self.ts';

describe('self of a node', () => {
  it('is what its documentation draws', () => {
    const tree = buildCallTree(stackTableFromFolded('main;hash 7\nmain;parse 3'), { invert: true });
    const lines = Array.from(tree.frame, (frame, node) => [
      frameLabel(tree.frames, frame),
      selfWeight(tree, node),
    ]);
    expect(lines).toEqual([
      ['(all)', 0],
      ['hash', 7],
      ['main', 0],
      ['parse', 3],
      ['main', 0],
    ]);
  });

  it('is, added up, the weight of the stacks that end in the function, either way round', () => {
    forSeeds(60, (seed) => {
      const stacks = randomStacks(seed, { other: seed % 2 === 0, negative: seed % 3 === 0 });
      const { frames, stackOffset, frameIndex, weight, count } = stacks;
      const expected = new Map<string, { weight: number; count: number }>();
      const add = (key: string, of: typeof expected, more: number, samples: number) => {
        const known = of.get(key) ?? { weight: 0, count: 0 };
        of.set(key, { weight: known.weight + more, count: known.count + samples });
      };
      weight.forEach((one, stack) => {
        if (stackOffset[stack] === stackOffset[stack + 1]) return;
        const last = frameIndex[stackOffset[stack + 1] - 1];
        add(frameKey(frames, last, 'function'), expected, one, count[stack]);
      });
      for (const invert of [false, true]) {
        const tree = buildCallTree(stacks, { invert });
        const found: typeof expected = new Map();
        for (let node = 1; node < tree.length; node++) {
          if (tree.frame[node] === OTHER_FRAME) continue;
          const key = frameKey(tree.frames, tree.frame[node], 'function');
          if (expected.has(key)) add(key, found, selfWeight(tree, node), selfCount(tree, node));
          else expect(selfWeight(tree, node)).toBe(0);
        }
        for (const [key, sums] of expected) {
          expect(found.get(key)?.weight).toBeCloseTo(sums.weight, 6);
          expect(found.get(key)?.count).toBeCloseTo(sums.count, 6);
        }
      }
    });
  });

  it('is nothing for the callers of a function, through which its samples only pass', () => {
    const { callers } = sandwich(stackTableFromFolded('main;hash;mix 7\nhash;mix 3'), 'hash');
    expect(Array.from(callers.frame, (_, node) => selfWeight(callers, node))).toEqual([0, 0, 0]);
    expect([...functionTable(callers).self]).toEqual([0, 0]);
    expect(svgFromCallTree(callers)).toContain('<desc>10 in 10 samples.</desc>');
    const drawn = {
      ...callers,
      parent: callers.parent.subarray(1),
      frame: callers.frame.subarray(1),
    };
    expect(selfWeight({ ...drawn, parent: drawn.parent.map((at) => at - 1) }, 1)).toBe(0);
  });
});
