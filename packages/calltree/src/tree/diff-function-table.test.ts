import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { frameLabel } from '../frames/label.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import type { DiffMeasure } from './diff-deltas.ts';
import { diffCallTrees } from './diff.ts';
import { diffFunctionTable, type DiffFunctionTable } from './diff-function-table.ts';
import { functionKey, functionTable } from './function-table.ts';

const names = (table: DiffFunctionTable) =>
  Array.from(table.frame, (frame) => frameLabel(table.frames, frame));

describe('diffFunctionTable', () => {
  const profile = (weights: Record<string, number>) =>
    makeStackTable(
      Object.entries(weights).map(([name, weight]) => ({
        frames: ['main', name],
        weight,
        count: weight,
      })),
    );

  it('puts the greatest changes first, whichever way they went, with how sure they are', () => {
    const diff = diffCallTrees(
      profile({ hash: 100, parse: 500, gone: 300, same: 100 }),
      profile({ hash: 420, parse: 470, born: 10, same: 100 }),
    );
    const table = diffFunctionTable(diff, { form: 'absolute' });
    expect(names(table)).toEqual(['hash', 'gone', 'parse', 'born', 'main', 'same']);
    expect([...table.delta]).toEqual([320, -300, -30, 10, 0, 0]);
    expect(table.confidence[0]).toBeGreaterThan(0.9999);
    expect(table.confidence[2]).toBeLessThan(0.95);
    expect(table.confidence[5]).toBe(0);
    expect(names(diffFunctionTable(diff, { form: 'relative' })).slice(0, 2)).toEqual([
      'born',
      'hash',
    ]);
  });

  it('is as sure of a change as the samples say that it is a change of', () => {
    const moved = (own: number) =>
      makeStackTable([
        { frames: ['main'], weight: own, count: own },
        { frames: ['main', 'hash'], weight: 1000 - own, count: 1000 - own },
      ]);
    const diff = diffCallTrees(moved(500), moved(600));
    const ofMain = (of: DiffMeasure) => {
      const table = diffFunctionTable(diff, { of });
      return table.confidence[names(table).indexOf('main')];
    };
    expect(ofMain('self')).toBeGreaterThan(0.9999);
    expect(ofMain('total')).toBe(0);
  });

  it('has the sums that each profile has by itself', () => {
    forSeeds(30, (seed) => {
      const before = randomStacks(seed, { other: true });
      const after = randomStacks(seed + 500);
      const table = diffFunctionTable(diffCallTrees(before, after));
      for (const [stacks, side] of [
        [before, table.before],
        [after, table.after],
      ] as const) {
        const own = functionTable(stacks);
        const rowOf = new Map(
          Array.from({ length: own.length }, (_, row) => [functionKey(own, row), row]),
        );
        for (let row = 0; row < table.length; row++) {
          const ownRow = rowOf.get(functionKey(table, row));
          expect([side.self[row], side.total[row], side.totalCount[row]]).toEqual(
            ownRow === undefined
              ? [0, 0, 0]
              : [own.self[ownRow], own.total[ownRow], own.totalCount[ownRow]],
          );
        }
      }
    });
  });
});
