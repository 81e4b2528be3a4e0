import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import { frameLabel } from '../frames/label.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { stacksOf } from '../testing/reference.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { searchStacks } from './search-stacks.ts';
import { searchTree } from './search-tree.ts';

describe('searchTree', () => {
  it('counts recursion once in the share', () => {
    const tree = buildCallTree(stackTableFromFolded('main;fib;fib;fib 6\nmain;gc 2'));
    const result = searchTree(tree, 'fib');
    expect(result.matchedNodes).toBe(3);
    expect(result.matchedTotal).toBe(6);
    expect(result.share).toBe(0.75);
  });

  it('says what counting over the stacks says', () => {
    forSeeds(100, (seed) => {
      const stacks = randomStacks(seed, { other: seed % 2 === 0 });
      const label = (frame: number) => frameLabel(stacks.frames, frame);
      const matching = (frame: number) => label(frame).includes('f3') || label(frame) === 'f1';
      let matchedTotal = 0;
      let matchedCount = 0;
      let total = stacks.otherWeight;
      for (const { frames, weight, count } of stacksOf(stacks)) {
        total += weight;
        if (!frames.some(matching)) continue;
        matchedTotal += weight;
        matchedCount += count;
      }
      const query = ['F3', { pattern: '^f1$', kind: 'regex' as const }];
      for (const tree of [buildCallTree(stacks), buildCallTree(stacks, { invert: true })]) {
        const result = searchTree(tree, query);
        expect(result).toMatchObject({ matchedTotal, matchedCount });
        expect(result.share).toBe(total === 0 ? 0 : matchedTotal / total);
        for (let node = 1; node < tree.length; node++) {
          const inTable = tree.frame[node] < tree.frames.length;
          expect(result.matches[node]).toBe(inTable && matching(tree.frame[node]) ? 1 : 0);
        }
      }
      expect(searchStacks(stacks, query)).toMatchObject({
        matchedTotal,
        matchedCount,
        share: total === 0 ? 0 : matchedTotal / total,
      });
    });
  });

  it('has no share in a profile of no weight, and none for an empty query', () => {
    const nothing = buildCallTree(makeStackTable([{ frames: ['a'], weight: 0 }]));
    expect(searchTree(nothing, 'a')).toMatchObject({ matchedNodes: 1, share: 0 });
    const tree = buildCallTree(stackTableFromFolded('a 1'));
    for (const query of ['', [], { pattern: '' }]) {
      expect(searchTree(tree, query)).toMatchObject({ matchedNodes: 0, share: 0 });
    }
  });
});
