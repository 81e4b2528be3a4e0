import { describe, expect, it } from 'vitest';
import { randomStacks } from '../testing/random-stacks.ts';
import { joined, partsOf, putTogether, takeApart, type Column } from './parts.ts';

const same = new Float64Array([1, 2, 3]);
const value = {
  unit: 'bytes',
  nothing: undefined,
  none: null,
  focus: 0,
  sides: [{ total: same, length: 3 }, { total: new Float64Array(0) }],
  weight: same,
  frames: { strings: ['', 'main'], address: BigUint64Array.of(2n ** 64n - 1n), empty: [] },
  transforms: [{ path: ['main', 'handle'] }, { path: [] }],
  otherByLabels: [{ labels: { column: 'pod', __proto: 'x' }, weight: 1 }],
};

describe('a value taken apart', () => {
  it('is the same once it is put together', () => {
    const before = structuredClone(value);
    const { rest, columns, places } = takeApart(value);
    expect(value).toEqual(before);
    expect(rest).not.toBe(value);
    const again = putTogether({ rest, columns: columns.map((one) => one.slice()), places });
    expect(again).toEqual(value);
  });

  it('has each column once, and none in what is left', () => {
    const { rest, columns, places } = takeApart(value);
    expect(columns.filter((column) => column === same)).toHaveLength(1);
    expect(places.filter(({ column }) => columns[column] === same)).toHaveLength(2);
    expect(rest).toMatchObject({
      unit: 'bytes',
      sides: [{ length: 3 }, {}],
      frames: { empty: [] },
    });
    expect(JSON.stringify(rest)).not.toContain('main');
  });

  it('is the same for stacks of any kind', () => {
    const stacks = randomStacks(3, { stacks: 200, functions: 30, maxDepth: 12, labels: true });
    expect(putTogether(takeApart({ stacks }))).toEqual({ stacks });
  });
});

describe('a column in parts', () => {
  const join = (column: Column) => joined([...partsOf(column)]);

  it.each<[string, Column]>([
    ['no numbers', new Float64Array(0)],
    ['few numbers', Uint32Array.of(3, 1, 2)],
    ['bytes', Uint8Array.from({ length: 9_000_001 }, (_, i) => i % 251)],
    ['many numbers', Float64Array.from({ length: 1_200_001 }, (_, i) => i / 3)],
    ['many addresses', BigUint64Array.from({ length: 1_048_577 }, (_, i) => BigInt(i) << 32n)],
    ['many texts', Array.from({ length: 20_001 }, (_, i) => `f${i}`)],
  ])('of %s is the same again', (_, column) => {
    const again = join(column);
    expect(again.constructor).toBe(column.constructor);
    expect(again.length).toBe(column.length);
    for (let i = 0; i < column.length; i++) {
      if (again[i] !== column[i]) throw new Error(`${again[i]} at ${i} is not ${column[i]}`);
    }
  });

  it('comes as copies, none of them large', () => {
    const column = new Float64Array(2_000_000);
    const parts = [...partsOf(column)] as Float64Array[];
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) {
      expect(part.buffer).not.toBe(column.buffer);
      expect(part.byteLength).toBeLessThanOrEqual(1 << 22);
    }
  });
});
