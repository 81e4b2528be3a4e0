import { describe, expect, it } from 'vitest';
import { FrameTableBuilder } from '../build/frame-table-builder.ts';
import { Random } from '../testing/random.ts';
import { sortFunctions } from './sort-functions.ts';

describe('functions', () => {
  it.each([500, 50_000])('%i of them are by weight, next weight and name', (count) => {
    const random = new Random(count);
    const frames = new FrameTableBuilder();
    const names = Array.from({ length: count }, (_, i) => `f${(i * 7919) % count}`);
    for (const name of names) frames.add({ name });
    const weight = () => Float64Array.from(names, () => [0, 1, 2, Infinity][random.below(4)]);
    const [self, total] = [weight(), weight()];
    const functions = Uint32Array.from(names.keys()).filter((frame) => frame % 9 !== 0);
    const order = sortFunctions(frames.build(), functions.slice(), [self, total]);
    const key = (frame: number) =>
      [9 - Math.min(self[frame], 9), 9 - Math.min(total[frame], 9), names[frame]].join(' ');
    const keys = Array.from(order, key);
    expect(keys).toEqual(Array.from(functions, key).sort());
  });
});
