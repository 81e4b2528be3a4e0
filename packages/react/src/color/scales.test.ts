import { describe, expect, it } from 'vitest';
import {
  buildCallTree,
  diffCallTrees,
  makeStackTable,
  type CallTree,
  type DiffTree,
} from '@hyperflame/calltree';
import { diffScale, diffThresholds } from './diffScale.ts';
import { colorScale } from './scales.ts';
import { SELF_LIMITS } from './selfLimits.ts';

const stacks = makeStackTable(
  [
    {
      frames: [
        { name: 'main', file: 'node_modules/a/x.js', kind: 'v8js' },
        { name: 'read', kind: 'kernel' },
      ],
      weight: 64,
    },
    { frames: [{ name: 'main', file: 'node_modules/a/x.js', kind: 'v8js' }, 'small'], weight: 1 },
    { frames: [{ name: 'other', file: 'node_modules/a/y.js', kind: 'v8js' }], weight: 35 },
  ],
  { otherWeight: 10, otherCount: 1 },
);
const tree = buildCallTree(stacks);

function nodeNamed(of: CallTree, name: string): number {
  for (let node = 1; node < of.length; node++) {
    const frame = of.frame[node];
    if (frame < of.frames.length && of.frames.strings[of.frames.name[frame]] === name) return node;
  }
  throw new Error(`No node ${name}`);
}

describe('colours', () => {
  it('of functions are the same wherever the function stands', () => {
    const scale = colorScale(tree, 'function');
    const again = colorScale(buildCallTree(stacks, { invert: true }), 'function');
    const inverted = buildCallTree(stacks, { invert: true });
    for (const name of ['main', 'read', 'small', 'other']) {
      expect(again.slotOf(nodeNamed(inverted, name))).toBe(scale.slotOf(nodeNamed(tree, name)));
    }
  });

  it('of threads are those of the frame below the root, for the heaviest', () => {
    const threads = buildCallTree(
      makeStackTable(
        Array.from({ length: 12 }, (_, i) => ({ frames: [`t${i}`, 'work'], weight: 100 - i })),
      ),
    );
    const scale = colorScale(threads, 'thread');
    const slots = Array.from({ length: 12 }, (_, i) => scale.slotOf(nodeNamed(threads, `t${i}`)));
    expect(new Set(slots.slice(0, 8)).size).toBe(8);
    expect(scale.variables[slots[11]]).toBe('neutral');
    const first = nodeNamed(threads, 't0');
    expect(scale.slotOf(first + 1)).toBe(slots[0]);
    expect(scale.variables[scale.slotOf(0)]).toBe('neutral');
  });

  it('are those of the package, whatever else is in the profile', () => {
    const scale = colorScale(tree, 'package');
    const slot = scale.slotOf(nodeNamed(tree, 'main'));
    expect(scale.slotOf(nodeNamed(tree, 'other'))).toBe(slot);
    expect(scale.variables[slot]).toMatch(/^palette-\d$/);
    const alone = buildCallTree(
      makeStackTable([{ frames: [{ name: 'z', file: 'node_modules/a/z.js' }], weight: 1 }]),
    );
    expect(colorScale(alone, 'package').slotOf(1)).toBe(slot);
  });

  it('leave the root and the rest neutral', () => {
    for (const mode of ['package', 'kind'] as const) {
      const scale = colorScale(tree, mode);
      expect(scale.variables[scale.slotOf(0)]).toBe('neutral');
      expect(scale.variables[scale.slotOf(tree.length - 1)]).toBe('neutral');
    }
  });

  it('tell kinds apart', () => {
    const scale = colorScale(tree, 'kind');
    expect(scale.slotOf(nodeNamed(tree, 'read'))).not.toBe(scale.slotOf(nodeNamed(tree, 'main')));
  });

  it('grow with self', () => {
    const scale = colorScale(tree, 'self');
    expect(scale.slotOf(nodeNamed(tree, 'main'))).toBe(0);
    expect(scale.slotOf(nodeNamed(tree, 'small'))).toBe(1);
    expect(scale.slotOf(nodeNamed(tree, 'read'))).toBeGreaterThan(2);
  });
});

it('of self begin at the shares that the legend has', () => {
  const sharesOf = (self: number) =>
    buildCallTree(
      makeStackTable([
        { frames: ['some'], weight: self },
        { frames: ['rest'], weight: 1e6 - self },
      ]),
    );
  const slotOf = (self: number) => {
    const of = sharesOf(self);
    return colorScale(of, 'self').slotOf(nodeNamed(of, 'some'));
  };
  SELF_LIMITS.slice(1).forEach((limit, i) => {
    expect([slotOf(limit * 1e6 - 1), slotOf(limit * 1e6)]).toEqual([i + 1, i + 2]);
  });
});

describe('colours of a diff', () => {
  const side = (
    weights: Readonly<Record<string, number>>,
    samplesOf = (weight: number) => weight,
  ) =>
    makeStackTable(
      Object.entries(weights).map(([name, weight]) => ({
        frames: [name],
        weight,
        count: samplesOf(weight),
      })),
    );
  const weightsBefore = { same: 800, gone: 100, less: 100 };
  const weightsAfter = { same: 801, less: 70, new: 129 };
  const before = side(weightsBefore);
  const after = side(weightsAfter);
  const diff = diffCallTrees(before, after);
  const slots = (form: 'absolute' | 'relative' | 'normalised') =>
    ['same', 'gone', 'less', 'new'].map((name) =>
      diffScale(diff, form).slotOf(nodeNamed(diff, name)),
    );

  it('are grey for no change, and end at the ends of the scale', () => {
    expect(slots('absolute')).toEqual([3, 0, 1, 6]);
    expect(slots('normalised')).toEqual([3, 0, 1, 6]);
    expect(slots('relative')).toEqual([3, 0, 1, 6]);
  });

  it('say without a colour whether it is less or more', () => {
    const { signs, variables } = diffScale(diff, 'absolute');
    expect(signs).toEqual([...Array<string>(3).fill('▼'), '', ...Array<string>(3).fill('▲')]);
    expect(variables).toHaveLength(7);
  });

  it('are grey for what is within the error of few samples', () => {
    const few = diffCallTrees(
      side(weightsBefore, (weight) => weight / 20),
      side(weightsAfter, (weight) => weight / 20),
    );
    const slotIn = (of: DiffTree, name: string) =>
      diffScale(of, 'normalised').slotOf(nodeNamed(of, name));
    expect(slotIn(few, 'less')).toBe(3);
    expect(slotIn(few, 'new')).toBe(6);
    // Without samples to count, nothing is known of the error.
    const uncounted = diffCallTrees(
      side(weightsBefore, () => 0),
      side(weightsAfter, () => 0),
    );
    expect(slotIn(uncounted, 'less')).toBe(1);
  });

  it('change at thresholds in the unit of the form', () => {
    expect(diffThresholds(diff, 'absolute')).toEqual([5, 20, 80]);
    expect(diffThresholds(diff, 'relative')).toEqual([0.05, 0.2, 0.8]);
    const whole = (weight: number) => makeStackTable([{ frames: ['a'], weight }]);
    for (const [one, other] of [
      [100, 1000],
      [1000, -100],
      [-1000, 100],
    ]) {
      expect(diffThresholds(diffCallTrees(whole(one), whole(other)), 'absolute')).toEqual([
        5, 20, 80,
      ]);
    }
  });

  it('are the other way round for the opposite diff', () => {
    const back = diffCallTrees(after, before);
    for (let node = 1; node < diff.length; node++) {
      const name = diff.frames.strings[diff.frames.name[diff.frame[node]]];
      const there = diffScale(diff, 'absolute').slotOf(node);
      expect(diffScale(back, 'absolute').slotOf(nodeNamed(back, name))).toBe(6 - there);
    }
  });
});
