import { describe, expect, it } from 'vitest';
import { FrameTableBuilder, type FrameInput } from '../build/frame-table-builder.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { groupFrames } from './groups.ts';
import { frameKey } from './key.ts';

function tableOf(...inputs: FrameInput[]) {
  const frames = new FrameTableBuilder();
  for (const input of inputs) frames.add(input);
  return frames.build();
}

describe('groupFrames', () => {
  it('merges the lines of a function unless lines are asked for', () => {
    const frames = tableOf({ name: 'sort', line: 10 }, { name: 'sort', line: 12 }, { name: 'gc' });
    expect([...groupFrames(frames, 'function')]).toEqual([0, 0, 2]);
    expect([...groupFrames(frames, 'line')]).toEqual([0, 1, 2]);
  });

  it('ignores the address of a frame with a name', () => {
    const frames = tableOf({ name: 'sort', address: 1n }, { name: 'sort', address: 2n });
    expect([...groupFrames(frames, 'line')]).toEqual([0, 0]);
  });

  it('tells addresses apart that differ in their upper half only', () => {
    const frames = tableOf(
      { mapping: 'm', address: 1n },
      { mapping: 'm', address: 1n + 2n ** 32n },
    );
    expect([...groupFrames(frames, 'function')]).toEqual([0, 1]);
  });

  it('says the same as the frames’ keys', () => {
    forSeeds(50, (seed) => {
      const { frames } = randomStacks(seed, { stacks: 100, functions: 30 });
      for (const granularity of ['function', 'line'] as const) {
        const first = new Map<string, number>();
        const expected = Array.from({ length: frames.length }, (_, frame) => {
          const key = frameKey(frames, frame, granularity);
          if (!first.has(key)) first.set(key, frame);
          return first.get(key);
        });
        expect([...groupFrames(frames, granularity)]).toEqual(expected);
      }
    });
  });

  it('takes an empty table', () => {
    expect(groupFrames(tableOf(), 'function')).toHaveLength(0);
  });
});
