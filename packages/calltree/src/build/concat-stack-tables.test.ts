import { describe, expect, it } from 'vitest';
import { frameKey } from '../frames/key.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { stacksOf } from '../testing/reference.ts';
import type { StackTable } from '../model/stacks.ts';
import { concatStackTables } from './concat-stack-tables.ts';
import { makeStackTable } from './make-stack-table.ts';

const plain = (table: StackTable) =>
  stacksOf(table).map(({ frames, weight, count }) => ({
    frames: frames.map((frame) => frameKey(table.frames, frame, 'line')),
    weight,
    count,
  }));

describe('concatStackTables', () => {
  it('has the stacks of all tables, in their order', () => {
    forSeeds(30, (seed) => {
      const tables = [0, 1, 2].map((i) => randomStacks(seed * 3 + i, { other: true }));
      const all = concatStackTables([tables[0], tables[1], tables[2]]);
      expect(plain(all)).toEqual(tables.flatMap(plain));
      expect(all.otherWeight).toBe(tables.reduce((sum, table) => sum + table.otherWeight, 0));
      expect(all.otherCount).toBe(tables.reduce((sum, table) => sum + table.otherCount, 0));
      expect(new Set(all.frames.strings).size).toBe(all.frames.strings.length);
    });
  });

  it('has the labels of all tables, each stack its own', () => {
    const labelsOf = ({ labels = [], weight }: StackTable) =>
      Array.from(weight, (_, stack) =>
        labels
          .filter(({ value }) => value[stack] !== 0)
          .map(({ key, values, value }) => `${key}=${values[value[stack]]}`)
          .sort(),
      );
    forSeeds(30, (seed) => {
      const tables = [0, 1, 2].map((i) => randomStacks(seed * 3 + i, { labels: i !== 1 }));
      const all = concatStackTables([tables[0], tables[1], tables[2]]);
      expect(labelsOf(all)).toEqual(tables.flatMap(labelsOf));
    });
  });

  it('knows the labels of what the tables leave out, each as far as it does', () => {
    const part = (thread: string, weight: number) => ({ labels: { thread }, weight, count: 1 });
    const all = concatStackTables([
      { ...randomStacks(1, { labels: true }), otherByLabels: [part('worker-1', 3)] },
      randomStacks(2, { other: true }),
      { ...randomStacks(3, { labels: true }), otherByLabels: [part('worker-2', 4), part('', 5)] },
    ]);
    expect(all.otherByLabels).toEqual([part('worker-1', 3), part('worker-2', 4), part('', 5)]);
  });

  it('is as much of an estimate as the one of them that least was seen of', () => {
    const rateOf = (...rates: (number | undefined)[]) => {
      const [first, ...more] = rates.map((samplingRate) => ({ ...randomStacks(1), samplingRate }));
      return concatStackTables([first, ...more]).samplingRate;
    };
    expect(rateOf(undefined, undefined)).toBeUndefined();
    expect(rateOf(0.04, 0.04)).toBe(0.04);
    expect(rateOf(0.5, 0.04, 0.1)).toBe(0.04);
    expect(rateOf(undefined, 0.04)).toBe(0.04);
    expect(rateOf(0.04, undefined)).toBe(0.04);
  });

  it('shares frames that are shared already', () => {
    const table = randomStacks(1);
    const other = { ...randomStacks(1), frames: table.frames };
    expect(concatStackTables([table, other]).frames).toBe(table.frames);
  });

  it('takes the unit of those that have samples', () => {
    const empty = makeStackTable([], { unit: '' });
    const bytes = makeStackTable([{ frames: ['a'], weight: 1 }], { unit: 'bytes' });
    const others = makeStackTable([], { unit: 'bytes', otherWeight: 3, otherCount: 1 });
    expect(concatStackTables([empty, bytes, others]).unit).toBe('bytes');
    expect(concatStackTables([empty, others]).unit).toBe('bytes');
    expect(concatStackTables([empty, empty]).unit).toBe('');
    expect(() => concatStackTables([empty, { ...others, unit: 'count' }, bytes])).toThrow(
      'Weights in count and bytes do not add up',
    );
  });

  it('refuses to add up different units', () => {
    const table = (unit: string) => makeStackTable([{ frames: ['a'], weight: 1 }], { unit });
    expect(() => concatStackTables([table('bytes'), table('count')])).toThrow(
      expect.objectContaining({ kind: 'invalid-stacks', field: 'unit' }),
    );
  });
});
