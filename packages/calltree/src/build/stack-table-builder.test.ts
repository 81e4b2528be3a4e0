import { describe, expect, it } from 'vitest';
import { Random } from '../testing/random.ts';
import { stacksOf } from '../testing/reference.ts';
import { makeStackTable } from './make-stack-table.ts';
import { StackTableBuilder } from './stack-table-builder.ts';

describe('StackTableBuilder', () => {
  it('makes the table that the documentation of StackTable draws', () => {
    const table = makeStackTable([
      { frames: ['main', 'handle', 'hash'], weight: 30e6, count: 3 },
      { frames: ['main', 'handle'], weight: 10e6 },
    ]);
    expect([...table.stackOffset]).toEqual([0, 3, 5]);
    expect([...table.frameIndex]).toEqual([0, 1, 2, 0, 1]);
    expect([...table.weight]).toEqual([30e6, 10e6]);
    expect([...table.count]).toEqual([3, 1]);
  });

  it('adds up stacks that are the same', () => {
    const builder = new StackTableBuilder();
    expect(builder.add(['a', 'b'], 1)).toBe(0);
    expect(builder.add(['a'], 2)).toBe(1);
    expect(builder.add(['a', 'b'], 4, 2)).toBe(0);
    expect([...builder.build().weight]).toEqual([5, 2]);
    expect([...builder.build().count]).toEqual([3, 1]);
  });

  it('makes the columns of labels that the documentation of LabelColumn draws', () => {
    const { labels } = makeStackTable([
      { frames: ['main', 'read'], weight: 1, labels: { thread: 'main' } },
      { frames: ['main', 'read'], weight: 1, labels: { thread: 'io-1' } },
      { frames: ['gc'], weight: 1, labels: { thread: '' } },
    ]);
    expect(labels).toEqual([
      { key: 'thread', values: ['', 'main', 'io-1'], value: Uint32Array.of(1, 2, 0) },
    ]);
    expect(makeStackTable([{ frames: ['a'], weight: 1, labels: {} }]).labels).toBeUndefined();
  });

  it('adds up stacks whose labels are the same too, in any order', () => {
    const builder = new StackTableBuilder();
    expect(builder.add(['a'], 1, 1, { thread: 'x', pid: '7' })).toBe(0);
    expect(builder.add(['a'], 2, 1)).toBe(1);
    expect(builder.add(['a'], 4, 1, { pid: '7', thread: 'x' })).toBe(0);
    expect(builder.add(['a'], 8, 1, { pid: '8', thread: 'x' })).toBe(2);
    expect([...builder.build().weight]).toEqual([5, 2, 8]);
  });

  it('takes labels with the names of object members', () => {
    const labels = JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, string>;
    const table = makeStackTable([{ frames: ['f'], weight: 1, labels }]);
    expect(table.labels?.map(({ key, values }) => [key, values[1]])).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it('finds equal stacks among thousands', () => {
    const random = new Random(1);
    const builder = new StackTableBuilder();
    const frames = Array.from({ length: 6 }, (_, i) => builder.addFrame(`f${i}`));
    const weights = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const stack = Array.from({ length: random.below(7) }, () => random.pick(frames));
      builder.addStack(stack, i);
      weights.set(stack.join(), (weights.get(stack.join()) ?? 0) + i);
    }
    const table = builder.build();
    expect(table.weight).toHaveLength(weights.size);
    for (const { frames, weight } of stacksOf(table))
      expect(weights.get(frames.join())).toBe(weight);
  });

  it('keeps the rest apart', () => {
    const table = makeStackTable([], { otherWeight: 5, otherCount: 2, unit: 'bytes' });
    expect(table).toMatchObject({ otherWeight: 5, otherCount: 2, unit: 'bytes' });
  });

  it.each([NaN, Infinity, -Infinity])('refuses the weight %s, naming the field', (weight) => {
    const refusal = (field: string) => expect.objectContaining({ kind: 'invalid-stacks', field });
    expect(() => new StackTableBuilder().add(['a'], weight)).toThrow(refusal('weight'));
    expect(() => new StackTableBuilder().add(['a'], 1, weight)).toThrow(refusal('count'));
    expect(() => new StackTableBuilder().addOther(weight)).toThrow(refusal('otherWeight'));
  });

  it('refuses frames that it does not know, naming the place', () => {
    const builder = new StackTableBuilder();
    const frame = builder.addFrame('a');
    for (const wrong of [1, -1, 0.5, NaN]) {
      expect(() => builder.addStack([frame, wrong], 1)).toThrow(
        expect.objectContaining({ kind: 'invalid-stacks', field: 'stack[1]' }),
      );
    }
    expect(builder.length).toBe(0);
  });
});
