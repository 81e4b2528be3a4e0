import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { picked } from '../build/picked.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import type { DiffSide, DiffTree } from '../model/diff.ts';
import { OTHER_FRAME, type CallTree } from '../model/tree.ts';
import { frameLabel } from '../frames/label.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { nodesOfTree, type NodesByPath } from '../testing/reference.ts';
import { buildCallTree } from './build-call-tree.ts';
import { diffCallTrees } from './diff.ts';
import { diffConfidence } from './diff-confidence.ts';
import { diffFunctionTable } from './diff-function-table.ts';
import { diffDelta, diffDeltas, diffWidths } from './diff-deltas.ts';
import { framePath } from './frame-path.ts';

const sideByPath = (diff: DiffTree, side: DiffSide): NodesByPath =>
  nodesOfTree({ ...diff, ...side } as CallTree);

describe('diffCallTrees', () => {
  it('has the weights of each profile on its nodes, and 0 on the other’s', () => {
    forSeeds(100, (seed) => {
      const before = randomStacks(seed, { other: seed % 2 === 0 });
      const after = randomStacks(seed + 1000, { other: seed % 3 === 0, functions: 10 });
      const options = { invert: seed % 5 === 0 };
      const diff = diffCallTrees(before, after, options);
      for (const [stacks, side] of [
        [before, diff.before],
        [after, diff.after],
      ] as const) {
        const own = nodesOfTree(buildCallTree(stacks, options));
        const found = sideByPath(diff, side);
        for (const path of found.keys()) if (!own.has(path)) own.set(path, [0, 0, 0, 0]);
        expect(found).toEqual(own);
      }
      for (const column of ['self', 'total', 'selfCount', 'totalCount'] as const) {
        expect(diff[column]).toEqual(
          diff.before[column].map((weight, node) => weight + diff.after[column][node]),
        );
      }
    });
  });

  it('is the opposite of itself the other way round', () => {
    forSeeds(50, (seed) => {
      const a = randomStacks(seed, { other: true });
      const b = randomStacks(seed + 1000);
      const there = diffCallTrees(a, b);
      const back = diffCallTrees(b, a);
      for (const form of ['absolute', 'normalised'] as const) {
        for (const of of ['self', 'total'] as const) {
          expect(deltasByPath(back, { form, of })).toEqual(
            deltasByPath(there, { form, of }).map(([path, delta]) => [path, 0 - delta]),
          );
        }
      }
    });
  });

  it('is as unsure of an estimate before as of one after', () => {
    const shares = (hash: number) =>
      makeStackTable([
        { frames: ['main', 'hash'], weight: hash, count: hash },
        { frames: ['main', 'parse'], weight: 1000 - hash, count: 1000 - hash },
      ]);
    const [few, many] = [shares(300), shares(350)];
    const estimated = { ...few, samplingRate: 0.1 };
    const sureOf = (diff: DiffTree) => {
      const { frames, frame, confidence } = diffFunctionTable(diff);
      const node = [...diff.frame].findIndex((of) => frameLabel(diff.frames, of) === 'hash');
      const row = [...frame].findIndex((of) => frameLabel(frames, of) === 'hash');
      return [diffConfidence(diff, node), confidence[row]];
    };
    const unsure = sureOf(diffCallTrees(estimated, many));
    expect(unsure).toEqual(sureOf(diffCallTrees(many, estimated)));
    // Five in a hundred more: plain in a thousand samples, hardly anything in a hundred of them.
    expect(Math.min(...sureOf(diffCallTrees(few, many)))).toBeGreaterThan(0.98);
    expect(Math.max(...unsure)).toBeLessThan(0.8);
  });

  it('has the self of a function where samples end in it, either way round', () => {
    forSeeds(40, (seed) => {
      const before = randomStacks(seed, { other: seed % 2 === 0 });
      const after = randomStacks(seed + 1000, { other: seed % 3 === 0 });
      for (const invert of [false, true]) {
        const diff = diffCallTrees(before, after, { invert });
        const options = { form: 'absolute', of: 'self' } as const;
        const { frame, delta, confidence } = diffFunctionTable(diff, options);
        const found = new Float64Array(diff.frames.length);
        const sure = new Float64Array(diff.frames.length);
        for (let node = 1; node < diff.length; node++) {
          if (diff.frame[node] === OTHER_FRAME) continue;
          found[diff.frame[node]] += diffDelta(diff, node, options);
          // Upside down, a function has one node that samples end in.
          sure[diff.frame[node]] += diffConfidence(diff, node, options);
        }
        expect(picked(found, frame)).toEqual(delta);
        if (invert) expect(picked(sure, frame)).toEqual(confidence);
      }
    });
  });

  it('shows frames that are gone and frames that are new', () => {
    const diff = diffCallTrees(
      stackTableFromFolded('main;old 4\nmain;kept 4'),
      stackTableFromFolded('main;new 2\nmain;kept 6'),
    );
    const at = (path: string) =>
      Array.from(diff.frame.keys()).find((node) => framePath(diff, node).join() === path)!;
    const delta = (path: string, form: 'absolute' | 'relative' | 'normalised') =>
      diffDelta(diff, at(path), { form });
    expect(delta('main,old', 'absolute')).toBe(-4);
    expect(delta('main,old', 'relative')).toBe(-1);
    expect(delta('main,new', 'absolute')).toBe(2);
    expect(delta('main,new', 'relative')).toBe(Infinity);
    expect(delta('main,kept', 'relative')).toBe(0.5);
    expect(delta('main,kept', 'normalised')).toBe(0.25);
    expect(delta('', 'normalised')).toBe(0);
  });

  it('says nothing changed where one profile is only longer than the other', () => {
    const diff = diffCallTrees(
      stackTableFromFolded('main;a 3\nmain;b 1'),
      stackTableFromFolded('main;a 30\nmain;b 10'),
    );
    expect([...diffDeltas(diff, { form: 'normalised' })]).toEqual([0, 0, 0, 0]);
    // Each profile has half of the picture.
    expect([...diffWidths(diff)]).toEqual([2, 2, 1.5, 0.5]);
    expect(diffWidths(diff, 'absolute')).toBe(diff.total);
  });

  it('takes an empty profile on either side', () => {
    const empty = makeStackTable([]);
    const some = makeStackTable([{ frames: ['a'], weight: 3 }]);
    expect([...diffDeltas(diffCallTrees(empty, some), { form: 'absolute' })]).toEqual([3, 3]);
    expect([...diffDeltas(diffCallTrees(some, empty), { form: 'normalised' })]).toEqual([-1, -1]);
    expect(diffCallTrees(empty, empty).length).toBe(1);
  });

  it('keeps what is left out of either side apart, also where both come to nothing', () => {
    const stacks = makeStackTable([{ frames: ['a'], weight: 5 }]);
    const diff = diffCallTrees(
      { ...stacks, otherWeight: 10, otherCount: 1 },
      { ...stacks, otherWeight: -10, otherCount: -1 },
    );
    expect([...diff.total]).toEqual([10, 10, 0]);
    expect([...diff.before.total]).toEqual([15, 5, 10]);
    expect([...diff.after.total]).toEqual([-5, 5, -10]);
  });

  it('groups both profiles by a label that only one of them has', () => {
    const labelled = { frames: ['main'], weight: 5, labels: { thread: 't' } };
    const plain = makeStackTable([{ frames: ['main'], weight: 5 }]);
    const transforms = [{ type: 'group-by-label', label: 'thread' } as const];
    const diff = diffCallTrees(plain, makeStackTable([labelled]), { transforms });
    const figures = (node: number) => `${diff.before.total[node]} → ${diff.after.total[node]}`;
    expect(
      Array.from(diff.frame.keys(), (node) => `${framePath(diff, node).join()}: ${figures(node)}`),
    ).toEqual([
      ': 5 → 5',
      '(no thread): 5 → 0',
      '(no thread),main: 5 → 0',
      'thread: t: 0 → 5',
      'thread: t,main: 0 → 5',
    ]);
    const back = diffCallTrees(makeStackTable([labelled]), plain, { transforms });
    expect(back.length).toBe(5);
  });

  it('refuses to compare different units', () => {
    const table = (unit: string) => makeStackTable([{ frames: ['a'], weight: 1 }], { unit });
    expect(() => diffCallTrees(table('bytes'), table('nanoseconds'))).toThrow(
      expect.objectContaining({ kind: 'invalid-stacks', field: 'unit' }),
    );
  });
});

function deltasByPath(
  diff: DiffTree,
  options: Parameters<typeof diffDeltas>[1],
): [path: string, delta: number][] {
  return Array.from(diffDeltas(diff, options), (delta, node): [string, number] => [
    JSON.stringify(framePath(diff, node)),
    delta,
  ]).sort(([a], [b]) => (a < b ? -1 : 1));
}
