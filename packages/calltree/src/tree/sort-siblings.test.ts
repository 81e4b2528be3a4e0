import { describe, expect, it } from 'vitest';
import { Random } from '../testing/random.ts';
import { forSeeds } from '../testing/random-stacks.ts';
import { allAtOnce } from '../sort/steps.ts';
import { sortHeaviestFirst, sortManyHeaviestFirst } from './sort-siblings.ts';

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

  it('are in the same order where they are very many', () => {
    forSeeds(40, (seed) => {
      const random = new Random(seed);
      const length = random.below(300);
      const sizes = [
        0,
        1,
        1 + 2 ** -50,
        2,
        0.5,
        1e-300,
        2 ** 53,
        2 ** 64,
        Number.MAX_VALUE,
        Number.MIN_VALUE,
      ];
      const weight = Float64Array.from({ length }, () => {
        const size = sizes[random.below(sizes.length)];
        return size > 0 && random.below(3) === 0 ? -size : size;
      });
      const rank = Uint32Array.from({ length }, (_, i) => (i * 7919) % 1009);
      const items = Array.from({ length }, (_, i) => i);
      items.sort((a, b) => weight[b] - weight[a] || rank[a] - rank[b]);
      const sorted = allAtOnce(sortManyHeaviestFirst([weight], (item) => rank[item]));
      expect([...sorted]).toEqual(items);
    });
  });
});
