import { frameKey, type FrameKey } from '../frames/key.ts';
import { frameRanks } from '../frames/ranks.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import { OTHER_FRAME, type CallTree, type Granularity } from '../model/tree.ts';
import { buildCallTree, type CallTreeOptions } from './build-call-tree.ts';

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
  const { frames, frame: frameOf, length, end } = tree;
  const self = new Float64Array(frames.length);
  const total = new Float64Array(frames.length);
  const selfCount = new Float64Array(frames.length);
  const totalCount = new Float64Array(frames.length);
  const occurrences = new Uint32Array(frames.length);
  // For each function, the end of the outermost subtree of it that we are in. Nodes before that
  // are recursion: their samples have been counted there.
  const counted = new Uint32Array(frames.length);
  let rows = 0;
  for (let node = 1; node < length; node++) {
    const frame = frameOf[node];
    if (frame === OTHER_FRAME) continue;
    if (occurrences[frame]++ === 0) rows++;
    if (node >= counted[frame]) {
      counted[frame] = end[node];
      total[frame] += tree.total[node];
      totalCount[frame] += tree.totalCount[node];
    }
    if (!tree.inverted) {
      self[frame] += tree.self[node];
      selfCount[frame] += tree.selfCount[node];
    } else if (tree.parent[node] === 0) {
      // Upside down, a sample's last frame stands right under the root.
      self[frame] += tree.total[node];
      selfCount[frame] += tree.totalCount[node];
    }
  }

  const order = new Uint32Array(rows);
  let row = 0;
  for (let frame = 0; frame < frames.length; frame++)
    if (occurrences[frame] > 0) order[row++] = frame;
  const rank = frameRanks(frames);
  order.sort((a, b) => self[b] - self[a] || total[b] - total[a] || rank[a] - rank[b]);
  const inOrder = (column: Float64Array) => Float64Array.from(order, (frame) => column[frame]);
  return {
    length: rows,
    frames,
    frame: order,
    self: inOrder(self),
    total: inOrder(total),
    selfCount: inOrder(selfCount),
    totalCount: inOrder(totalCount),
    occurrences: Uint32Array.from(order, (frame) => occurrences[frame]),
    wholeTotal: tree.total[0],
    wholeCount: tree.totalCount[0],
    unit: tree.unit,
    granularity: tree.granularity,
  };
}

/** Key of a row's function: the same in every profile. */
export function functionKey(table: FunctionTable, row: number): FrameKey {
  return frameKey(table.frames, table.frame[row] as FrameIndex, table.granularity);
}
