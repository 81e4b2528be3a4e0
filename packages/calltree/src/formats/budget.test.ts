import { describe, expect, it } from 'vitest';
import { BoundedStacks, Budget } from './budget.ts';

const refused = (field: string) =>
  expect.objectContaining({ name: 'CallTreeError', kind: 'invalid-format', field });

/** A budget of which so many bytes are left. */
function budgetOf(bytes: number): Budget {
  const budget = new Budget();
  budget.memory.take(2 ** 30 - bytes, '');
  return budget;
}

describe('BoundedStacks', () => {
  it('takes the largest profiles there are: 300 000 stacks of 40 frames, in four kinds', () => {
    const budget = new Budget();
    const tables = ['cpu', 'wall', 'space', 'objects'].map((kind) => {
      const stacks = new BoundedStacks('count', budget, kind);
      const frames = Array.from({ length: 20_000 }, (_, i) => stacks.addFrame(`f${i}`, kind));
      const stack = frames.slice(0, 40);
      for (let i = 0; i < 300_000; i++) {
        stack[39] = frames[i % 20_000];
        stack[38] = frames[Math.floor(i / 20_000)];
        stacks.addStack(stack, kind, 1);
      }
      return stacks.build();
    });
    for (const { weight, frameIndex } of tables) {
      expect(weight).toHaveLength(300_000);
      expect(frameIndex).toHaveLength(12_000_000);
    }
  });

  it('refuses more stacks than there is memory for, but not a stack that it has', () => {
    const stacks = new BoundedStacks('count', budgetOf(100_000), 'file');
    const frames = [stacks.addFrame('a', 'a'), stacks.addFrame('b', 'b')];
    const stackOf = (length: number) => Array.from({ length }, (_, i) => frames[i % 2]);
    for (let i = 0; i < 100; i++) stacks.addStack(stackOf(5000), `sample ${i}`, 1);
    expect(() => stacks.addStack(stackOf(5001), 'another', 1)).toThrow(refused('another'));
  });

  it('refuses more frames, sets of labels and columns of them than there is memory for', () => {
    const some = (add: (stacks: BoundedStacks, i: number) => void) => {
      const stacks = new BoundedStacks('count', budgetOf(100_000), 'file');
      for (let i = 0; i < 1000; i++) add(stacks, i);
      return stacks.build();
    };
    expect(() => some((stacks, i) => stacks.addFrame(`f${i}`, `f${i}`))).toThrow(refused('f333'));
    const label = (stacks: BoundedStacks, i: number) =>
      stacks.addLabels({ a: 'x'.repeat(899), b: i === 0 ? '' : `${i}` }, `set ${i}`);
    expect(() => some(label)).toThrow(refused('set 90'));
    expect(() => some((stacks) => label(stacks, 1))).not.toThrow();
    const stacks = new BoundedStacks('count', budgetOf(100_000), 'file');
    const frame = stacks.addFrame('f', 'f');
    for (let i = 0; i < 100; i++) stacks.addStack(Array<number>(i).fill(frame), 'sample', 1);
    for (let i = 0; i < 100; i++) stacks.labelKeys.add(`key ${i}`, 'key');
    expect(() => stacks.build()).toThrow(refused('file'));
  });

  it('refuses to go through one stack for ever', () => {
    const stacks = new BoundedStacks('count', new Budget(), 'file');
    const stack = Array<number>(60_000).fill(stacks.addFrame('f', 'f'));
    let samples = 0;
    expect(() => {
      for (; samples < 100_000; samples++) stacks.addStack(stack, 'sample', 1);
    }).toThrow(refused('sample'));
    // A million samples of some depth are no hostile file.
    expect(samples * stack.length).toBeGreaterThan(4 * 40 * 1_000_000);
  });
});
