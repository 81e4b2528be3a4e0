import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import { frameKey } from '../frames/key.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { stacksOf } from '../testing/reference.ts';
import { buildCallTree } from './build-call-tree.ts';
import { functionKey, functionTable, type FunctionTable } from './function-table.ts';

const rows = (table: FunctionTable) =>
  new Map(
    Array.from({ length: table.length }, (_, row) => [
      functionKey(table, row),
      [table.self[row], table.total[row], table.selfCount[row], table.totalCount[row]],
    ]),
  );

describe('functionTable', () => {
  it('counts a recursive function once', () => {
    const table = functionTable(stackTableFromFolded('main;fib;fib;fib 5\nmain;fib 1\ngc 2'));
    expect([...rows(table)]).toEqual([
      ['fib', [6, 6, 6, 6]],
      ['gc', [2, 2, 2, 2]],
      ['main', [0, 6, 0, 6]],
    ]);
    expect([...table.occurrences]).toEqual([3, 1, 1]);
    expect(table.wholeTotal).toBe(8);
  });

  it('says what counting over the stacks says, from either side of the tree', () => {
    forSeeds(100, (seed) => {
      const stacks = randomStacks(seed, { other: seed % 2 === 0, negative: seed % 3 === 0 });
      const expected = new Map<string, [number, number, number, number]>();
      for (const { frames, weight, count } of stacksOf(stacks)) {
        const keys = frames.map((frame) => frameKey(stacks.frames, frame));
        const row = (key: string) => {
          if (!expected.has(key)) expected.set(key, [0, 0, 0, 0]);
          return expected.get(key)!;
        };
        for (const key of new Set(keys)) {
          row(key)[1] += weight;
          row(key)[3] += count;
        }
        if (keys.length > 0) {
          row(keys[keys.length - 1])[0] += weight;
          row(keys[keys.length - 1])[2] += count;
        }
      }
      const table = functionTable(stacks);
      expect(rows(table)).toEqual(expected);
      expect(rows(functionTable(buildCallTree(stacks, { invert: true })))).toEqual(expected);
      for (let row = 1; row < table.length; row++) {
        expect(table.self[row]).toBeLessThanOrEqual(table.self[row - 1]);
      }
    });
  });

  it('takes an empty profile', () => {
    expect(functionTable(makeStackTable([])).length).toBe(0);
  });
});
