import { concatStackTables } from '../build/concat-stack-tables.ts';
import type { StackTable } from '../model/stacks.ts';
import type { MergePaths } from './merge.ts';

/** Whole stacks of all tables as paths, from their roots or, inverted, from their leaves. */
export function pathsOfStacks(
  tables: readonly [StackTable, ...StackTable[]],
  inverted: boolean,
): MergePaths {
  const stacks = concatStackTables(tables);
  const { stackOffset, weight } = stacks;
  const count = weight.length;
  const length = new Uint32Array(count);
  const first = new Uint32Array(count);
  for (let stack = 0; stack < count; stack++) {
    length[stack] = stackOffset[stack + 1] - stackOffset[stack];
    // An empty stack has no last frame; its position is never read.
    first[stack] = inverted && length[stack] > 0 ? stackOffset[stack + 1] - 1 : stackOffset[stack];
  }
  return {
    frames: stacks.frames,
    frameIndex: stacks.frameIndex,
    first,
    length,
    step: inverted ? -1 : 1,
    weight,
    count: stacks.count,
    unit: stacks.unit,
    // Not what they come to: more on one side of a diff and less on the other may be nothing together.
    hasOther: tables.some((table) => table.otherWeight !== 0 || table.otherCount !== 0),
    otherWeight: stacks.otherWeight,
    otherCount: stacks.otherCount,
  };
}
