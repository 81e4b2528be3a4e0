import { picked } from '../build/picked.ts';
import { framesOfKey } from '../frames/find.ts';
import type { FrameKey } from '../frames/key.ts';
import type { StackTable } from '../model/stacks.ts';
import type { CallTree } from '../model/tree.ts';
import { applyTransforms } from '../transforms/apply.ts';
import type { CallTreeOptions } from './build-call-tree.ts';
import { Merge } from './merge.ts';
import { validateStacks } from './validate-stacks.ts';

/** Both sides of a function over all the places it occurs in. */
export interface Sandwich {
  /** Upside down: below the root stands the function, below it its callers, and so on. */
  readonly callers: CallTree;
  /** Below the root stands the function, below it what it calls, and so on. */
  readonly callees: CallTree;
}

/**
 * Cuts every stack with the function in two at its outermost call; stacks without it are left out.
 * So both trees have the function's total, with recursion counted once, and what it calls again
 * inside shows among the callees.
 *
 *     main a b a c  2      sandwich of a:   callers   a 5      callees   a 5
 *     gc a          3                         gc 3               b 2
 *                                             main 2               a 2
 *                                                                    c 2
 *
 * An empty tree on both sides when no stack has the function.
 */
export function sandwich(
  stacks: StackTable,
  frame: FrameKey,
  options: Omit<CallTreeOptions, 'invert'> = {},
): Sandwich {
  validateStacks(stacks);
  const changed = applyTransforms(stacks, options.transforms ?? []);
  const [callers, callees] = startSandwich(changed, frame, options).map((merge) => {
    merge.run();
    return merge.tree();
  });
  return { callers, callees };
}

/** The two merges, callers first, of stacks as they are. They are yet to be run. */
export function startSandwich(
  stacks: StackTable,
  frame: FrameKey,
  { granularity = 'function' }: Pick<CallTreeOptions, 'granularity'>,
): [callers: Merge, callees: Merge] {
  const { stackOffset, frameIndex, frames, unit } = stacks;
  const marks = framesOfKey(frames, frame, granularity);
  const stackCount = stacks.weight.length;
  const pivot = new Uint32Array(stackCount);
  const chosen = new Uint32Array(stackCount);
  let count = 0;
  for (let stack = 0; stack < stackCount; stack++) {
    const to = stackOffset[stack + 1];
    let place = stackOffset[stack];
    while (place < to && marks[frameIndex[place]] === 0) place++;
    if (place === to) continue;
    pivot[count] = place;
    chosen[count++] = stack;
  }
  const stackOf = chosen.subarray(0, count);
  const side = (step: 1 | -1) =>
    new Merge(
      {
        frames,
        frameIndex,
        first: pivot.subarray(0, count),
        length: Uint32Array.from(stackOf, (stack, i) =>
          step === 1 ? stackOffset[stack + 1] - pivot[i] : pivot[i] - stackOffset[stack] + 1,
        ),
        step,
        weight: picked(stacks.weight, stackOf),
        count: picked(stacks.count, stackOf),
        unit,
        hasOther: false,
        otherWeight: 0,
        otherCount: 0,
      },
      { granularity, inverted: step === -1, partial: step === -1 },
    );
  return [side(-1), side(1)];
}
