import { picked } from '../build/picked.ts';
import { frameKey, type FrameKey } from '../frames/key.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import type { CallTree, Granularity } from '../model/tree.ts';
import { buildCallTree, type CallTreeOptions } from './build-call-tree.ts';
import { sortFunctions } from './sort-functions.ts';
import { occurringFrames, sumFunctions } from './sum-functions.ts';

/** Every function of a profile with its weight over all the places it occurs in, heaviest self first. */
export interface FunctionTable {
  readonly length: number;
  readonly frames: FrameTable;
  readonly frame: Uint32Array;
  /** Weight of samples that end in the function. */
  readonly self: Float64Array;
  /** Weight of samples with the function anywhere in the stack; recursion counts once. */
  readonly total: Float64Array;
  readonly selfCount: Float64Array;
  readonly totalCount: Float64Array;
  /** Number of tree nodes that the function has. */
  readonly occurrences: Uint32Array;
  /** Weight and samples of the whole profile, to take shares of. */
  readonly wholeTotal: number;
  readonly wholeCount: number;
  readonly unit: Unit;
  readonly granularity: Granularity;
}

/**
 * Sums up each function of a profile. What the stacks leave out is in the whole, but no row. The
 * options are for stacks: a tree has been made already.
 */
export function functionTable(
  profile: CallTree | StackTable,
  options: Pick<CallTreeOptions, 'granularity' | 'transforms'> = {},
): FunctionTable {
  const tree = 'stackOffset' in profile ? buildCallTree(profile, options) : profile;
  const { frames } = tree;
  const sums = sumFunctions(tree, tree);
  const { self, total } = sums;
  const order = sortFunctions(frames, occurringFrames(sums), [self, total]);
  return {
    length: order.length,
    frames,
    frame: order,
    self: picked(self, order),
    total: picked(total, order),
    selfCount: picked(sums.selfCount, order),
    totalCount: picked(sums.totalCount, order),
    occurrences: picked(sums.occurrences, order),
    wholeTotal: tree.total[0],
    wholeCount: tree.totalCount[0],
    unit: tree.unit,
    granularity: tree.granularity,
  };
}

/** Key of the function of a row, also in a `DiffFunctionTable`: the same in every profile. */
export function functionKey(
  table: Pick<FunctionTable, 'frames' | 'frame' | 'granularity'>,
  row: number,
): FrameKey {
  return frameKey(table.frames, table.frame[row] as FrameIndex, table.granularity);
}
