import { describe, expect, it } from 'vitest';
import { FrameTableBuilder } from '../build/frame-table-builder.ts';
import { Random } from '../testing/random.ts';
import { forSeeds } from '../testing/random-stacks.ts';
import { allAtOnce } from '../sort/steps.ts';
import { frameOrder, rankFrames } from './order.ts';

describe('the order of frames', () => {
  it('is by name, file, mapping, line and address', () => {
    const frames = new FrameTableBuilder();
    frames.add({ name: 'b' });
    frames.add({ name: 'a', file: 'y' });
    frames.add({ name: 'a', file: 'x', line: 2 });
    frames.add({ name: 'a', file: 'x', line: 1 });
    frames.add({ mapping: 'n', address: 1n });
    frames.add({ mapping: 'm', address: 1n << 33n });
    frames.add({ mapping: 'm', address: 2n });
    const order = [6, 5, 4, 3, 2, 1, 0];
    const table = frames.build();
    const compare = frameOrder(table);
    expect([0, 1, 2, 3, 4, 5, 6].sort(compare)).toEqual(order);
    expect(compare(3, 3)).toBe(0);
    expect([...allAtOnce(rankFrames(table))]).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  it('is that of the code units of the names, however long and strange', () => {
    // Letters whose codes lie around those that have room in a byte, and beginnings in common.
    const letters = ['a', 'b', '\0', 'ý', 'þ', 'ÿ', 'Ā', '€', '😀', 'common'];
    forSeeds(60, (seed) => {
      const random = new Random(seed);
      const frames = new FrameTableBuilder();
      const names = Array.from({ length: 60 }, () =>
        Array.from({ length: random.below(9) }, () => letters[random.below(letters.length)]).join(
          '',
        ),
      );
      const frame = names.map((name) => frames.add({ name }));
      const compare = frameOrder(frames.build());
      for (let a = 0; a < names.length; a++) {
        for (let b = 0; b < names.length; b++) {
          // As the language compares texts.
          const expected = names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : 0;
          expect(Math.sign(compare(frame[a], frame[b]))).toBe(expected);
        }
      }
    });
  });
});
