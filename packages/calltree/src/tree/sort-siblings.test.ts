import { describe, expect, it } from 'vitest';
import { Random } from '../testing/random.ts';
import { forSeeds } from '../testing/random-stacks.ts';
import { sortHeaviestFirst } from './sort-siblings.ts';

describe('siblings', () => {
  it('stand heaviest first, equal ones in a given order', () => {
    forSeeds(60, (seed) => {
      const random = new Random(seed);
      const length = random.below(300);
      const weight = Float64Array.from({ length }, () => random.below(25) - 5);
      const rank = Float64Array.from({ length }, (_, i) => (i * 7919) % 1009);
      const items = Array.from({ length }, (_, i) => i);
      const order = Uint32Array.from([...items, 4_000_000_000]);
      sortHeaviestFirst(
        order,
        length,
        weight,
        (a, b) => rank[a] - rank[b],
        new Uint32Array(length + 1),
      );
      items.sort((a, b) => weight[b] - weight[a] || rank[a] - rank[b]);
      expect([...order]).toEqual([...items, 4_000_000_000]);
    });
  });
});
