import { expect, it } from 'vitest';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { buildCallTree } from './build-call-tree.ts';
import { siblingsTotal } from './siblings-total.ts';

it('adds up any neighbours among siblings, as adding all of them does', () => {
  forSeeds(50, (seed) => {
    const tree = buildCallTree(randomStacks(seed, { other: true, negative: seed % 3 === 0 }), {
      invert: seed % 2 === 0,
    });
    const { end, totalCount, selfCount } = tree;
    for (const sums of [tree, { total: totalCount, self: selfCount }]) {
      for (let caller = 0; caller < tree.length; caller++) {
        const callees: number[] = [];
        for (let node = caller + 1; node < end[caller]; node = end[node]) callees.push(node);
        callees.forEach((first, from) => {
          for (let to = from + 1; to <= callees.length; to++) {
            const sum = callees.slice(from, to).reduce((all, node) => all + sums.total[node], 0);
            const until = callees[to] ?? end[caller];
            expect(siblingsTotal(tree, first, until, sums)).toBeCloseTo(sum, 6);
          }
        });
      }
    }
  });
});
