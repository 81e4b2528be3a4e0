import { describe, expect, it } from 'vitest';
import { Random } from '../testing/random.ts';
import { forSeeds } from '../testing/random-stacks.ts';
import { RadixSort } from './radix-sort.ts';
import { allAtOnce } from './steps.ts';

describe('sorting by digits', () => {
  it('puts small keys first and leaves equal ones as they were', () => {
    forSeeds(40, (seed) => {
      const random = new Random(seed);
      const length = random.below(400);
      const most = 2 ** (1 + random.below(32));
      const low = Uint32Array.from({ length }, () => random.below(most));
      const high = Uint32Array.from({ length }, () => random.below(5) * 0x3fff_ffff);
      const sort = new RadixSort(length);
      allAtOnce(sort.by((item) => low[item]));
      allAtOnce(sort.by((item) => high[item]));
      const items = Array.from({ length }, (_, item) => item);
      items.sort((a, b) => high[a] - high[b] || low[a] - low[b]);
      expect([...sort.items]).toEqual(items);
      expect([...sort.keys]).toEqual(items.map((item) => high[item]));
    });
  });

  it('of a part moves nothing outside of it', () => {
    const keys = [5, 4, 3, 2, 1, 0];
    const sort = new RadixSort(6);
    allAtOnce(sort.by((item) => keys[item], 1, 4));
    expect([...sort.items]).toEqual([0, 3, 2, 1, 4, 5]);
  });

  it('of a million is many steps, none of them large', () => {
    const sort = new RadixSort(1_000_000);
    let all = 0;
    for (const done of sort.by((item) => (item * 7919) % 1_000_000)) {
      expect(done).toBeLessThanOrEqual(100_000);
      all += done;
    }
    // Looked up once, then counted and moved for each of two digits.
    expect(all).toBe(5_000_000);
    expect(sort.items.every((item, i) => (item * 7919) % 1_000_000 === i)).toBe(true);
  });
});
