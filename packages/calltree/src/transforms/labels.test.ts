import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { OTHER_FRAME_KEY } from '../frames/key.ts';
import type { DiffTree } from '../model/diff.ts';
import type { Labels, StackTable } from '../model/stacks.ts';
import { OTHER_FRAME } from '../model/tree.ts';
import { Random } from '../testing/random.ts';
import { forSeeds } from '../testing/random-stacks.ts';
import { nodesOfTree, type NodesByPath } from '../testing/reference.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { findPath, framePath } from '../tree/frame-path.ts';
import { functionTable } from '../tree/function-table.ts';
import { applyTransforms } from './apply.ts';
import type { Transform } from './transform.ts';

/** A stack as texts, ROOT FIRST, where `OTHER_FRAME_KEY` stands for what is left out. */
interface Plain {
  readonly frames: readonly string[];
  readonly weight: number;
  readonly count: number;
  readonly labels: Labels;
}

const LABEL = 'pod';
const GROUP: Transform = { type: 'group-by-label', label: LABEL };

/** Stacks of a few functions, one of which is called what the rest is; and what is left out of them. */
function randomPlain(seed: number): { stacks: Plain[]; left: Plain[]; rest: Plain } {
  const dice = new Random(seed);
  const some = (most: number, frames: () => string[]) =>
    Array.from({ length: dice.below(most) }, () => ({
      frames: frames(),
      weight: 1 + dice.below(9),
      count: 1 + dice.below(3),
      labels: { [LABEL]: dice.pick(['', 'p', 'q']) },
    }));
  const name = () => dice.pick(['main', 'work', 'gc', '(other)']);
  return {
    stacks: some(8, () => Array.from({ length: dice.below(5) }, name)),
    left: some(4, () => [OTHER_FRAME_KEY]),
    rest: { frames: [OTHER_FRAME_KEY], weight: dice.below(3), count: 0, labels: {} },
  };
}

const sum = (stacks: readonly Plain[], figure: 'weight' | 'count') =>
  stacks.reduce((so, stack) => so + stack[figure], 0);

function tableOf({ stacks, left, rest }: ReturnType<typeof randomPlain>): StackTable {
  return {
    // A label that no stack has is not grouped by: one stack without weight has it.
    ...makeStackTable([
      ...stacks.map((stack) => ({ ...stack, frames: [...stack.frames] })),
      { frames: ['idle'], weight: 0, count: 0, labels: { [LABEL]: 'p' } },
    ]),
    otherWeight: sum(left, 'weight') + rest.weight,
    otherCount: sum(left, 'count') + rest.count,
    otherByLabels: left,
  };
}

/** What grouping by the label makes of them. */
function grouped({ stacks, left, rest }: ReturnType<typeof randomPlain>): Plain[] {
  const idle = { frames: ['idle'], weight: 0, count: 0, labels: { [LABEL]: 'p' } };
  const under = [...stacks, idle, ...left].map((stack) => {
    const value = stack.labels[LABEL];
    return { ...stack, frames: [value ? `${LABEL}: ${value}` : `(no ${LABEL})`, ...stack.frames] };
  });
  return rest.weight === 0 ? under : [...under, rest];
}

/** Every prefix of every stack is a node. */
function nodesOf(stacks: readonly Plain[], invert: boolean): NodesByPath {
  const nodes: NodesByPath = new Map([['', [0, 0, 0, 0]]]);
  for (const { frames, weight, count } of stacks) {
    const keys = invert ? frames.toReversed() : frames;
    for (let depth = 0; depth <= keys.length; depth++) {
      const path = keys
        .slice(0, depth)
        .map((key) => JSON.stringify(key))
        .join(' > ');
      const node = nodes.get(path) ?? [0, 0, 0, 0];
      const self = depth === keys.length ? 1 : 0;
      nodes.set(path, [
        node[0] + self * weight,
        node[1] + weight,
        node[2] + self * count,
        node[3] + count,
      ]);
    }
  }
  return nodes;
}

/** Transforms, and what each makes of a stack's frames; nothing where the stack goes. */
const CHANGES: [Transform, (frames: readonly string[]) => readonly string[] | undefined][] = [
  [{ type: 'keep-frames', frames: { query: 'work' } }, only('work', OTHER_FRAME_KEY)],
  [{ type: 'keep-frames', frames: { kinds: ['go'] } }, only(OTHER_FRAME_KEY)],
  [{ type: 'hide-frames', frames: { query: 'other' } }, without('(other)')],
  [{ type: 'merge-function', frame: '(other)' }, without('(other)')],
  [{ type: 'merge-function', frame: 'pod: p' }, without('pod: p')],
  [{ type: 'merge-function', frame: OTHER_FRAME_KEY }, (frames) => frames],
  [{ type: 'merge-node', path: ['pod: p', OTHER_FRAME_KEY] }, (frames) => frames],
  [
    { type: 'merge-node', path: ['pod: p', '(other)'] },
    (frames) =>
      frames[0] === 'pod: p' && frames[1] === '(other)' ? ['pod: p', ...frames.slice(2)] : frames,
  ],
  [
    { type: 'drop-function', frame: '(other)' },
    (frames) => (frames.includes('(other)') ? undefined : frames),
  ],
  [{ type: 'drop-function', frame: OTHER_FRAME_KEY }, (frames) => frames],
  [
    { type: 'focus-function', frame: '(other)' },
    (frames) => (frames.includes('(other)') ? frames.slice(frames.indexOf('(other)')) : undefined),
  ],
  [{ type: 'focus-function', frame: OTHER_FRAME_KEY }, () => undefined],
  [
    { type: 'focus-subtree', path: ['pod: p', OTHER_FRAME_KEY] },
    (frames) => (frames[0] === 'pod: p' && frames[1] === OTHER_FRAME_KEY ? [frames[1]] : undefined),
  ],
  [
    { type: 'group-by', by: 'function' },
    (frames) => frames.filter((frame, i) => i === 0 || frame !== frames[i - 1]),
  ],
  [
    { type: 'collapse-direct-recursion' },
    (frames) => frames.filter((frame, i) => i === 0 || frame !== frames[i - 1]),
  ],
];

function only(...names: string[]) {
  return (frames: readonly string[]) => frames.filter((frame) => names.includes(frame));
}

function without(name: string) {
  return (frames: readonly string[]) => frames.filter((frame) => frame !== name);
}

describe('what is left out, grouped by a label', () => {
  it('is one child of a node and no function, whatever is done to it', () => {
    forSeeds(25, (seed) => {
      const plain = randomPlain(seed);
      for (const [transform, change] of [...CHANGES, undefined].map((one) => one ?? [])) {
        const transforms = transform ? [GROUP, transform] : [GROUP];
        const stacks = grouped(plain).flatMap((stack) => {
          const frames = change ? change(stack.frames) : stack.frames;
          return frames ? [{ ...stack, frames }] : [];
        });
        for (const invert of [false, true]) {
          const tree = buildCallTree(tableOf(plain), { transforms, invert });
          expect(nodesOfTree(tree), JSON.stringify(transform)).toEqual(nodesOf(stacks, invert));
        }
        const functions = functionTable(tableOf(plain), { transforms });
        expect([...functions.frame].map((frame) => functions.frames.kind[frame])).not.toContain(
          255,
        );
      }
    });
  });

  it('is found again by its path, and focused at it', () => {
    forSeeds(60, (seed) => {
      const table = tableOf(randomPlain(seed));
      for (const inverted of [false, true]) {
        const tree = buildCallTree(table, { transforms: [GROUP], invert: inverted });
        for (let node = 1; node < tree.length; node++) {
          const path = framePath(tree, node);
          expect(findPath(tree, path)).toBe(node);
          // Of the rest under the root, nobody knows all that it has.
          if (path.join() === OTHER_FRAME_KEY) continue;
          const focused = applyTransforms(table, [
            GROUP,
            { type: 'focus-subtree', path, inverted },
          ]);
          expect(buildCallTree(focused).total[0]).toBe(tree.total[node]);
        }
      }
    });
  });

  it('stands on its side of a diff', () => {
    forSeeds(60, (seed) => {
      const [before, after] = [seed, seed + 1000].map((one) => tableOf(randomPlain(one)));
      for (const invert of [false, true]) {
        const options = { transforms: [GROUP], invert };
        const diff: DiffTree = diffCallTrees(before, after, options);
        for (const [table, side] of [
          [before, diff.before],
          [after, diff.after],
        ] as const) {
          const own = nodesOfTree(buildCallTree(table, options));
          const found = nodesOfTree({ ...diff, ...side });
          for (const path of found.keys()) if (!own.has(path)) own.set(path, [0, 0, 0, 0]);
          expect(found).toEqual(own);
        }
      }
    });
  });

  it('comes last among siblings of its weight, however many there are', () => {
    for (const siblings of [1, 0xffff, 0x1_0000]) {
      const stacks = Array.from({ length: siblings }, (_, i) => ({
        frames: [`~${String(i).padStart(5, '0')}`],
        weight: 5,
      }));
      const tree = buildCallTree({ ...makeStackTable(stacks), otherWeight: 5, otherCount: 1 });
      const expected = [...stacks.keys(), OTHER_FRAME];
      expect(Array.from(tree.frame.subarray(1)).join()).toBe(expected.join());
    }
  });
});
