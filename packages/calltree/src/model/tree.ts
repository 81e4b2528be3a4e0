import type { FrameIndex, FrameTable } from './frames.ts';
import type { Unit } from './stacks.ts';

/** Position of a node in a {@link CallTree}. 0 is the root. */
export type NodeIndex = number;

/** `CallTree.frame` of the root, which stands for all samples and is no frame itself. */
export const ROOT_FRAME: FrameIndex = 0xffffffff;

/**
 * `CallTree.frame` of a node that holds what was left out of the stacks: under the root, and where
 * they are grouped by a label also under its values.
 */
export const OTHER_FRAME: FrameIndex = 0xfffffffe;

/**
 * A call tree as parallel arrays in depth-first order (a node stands before its children, and
 * siblings from heaviest to lightest). The subtree of node `n` is the half-open range
 * `n … end[n]`, so skipping a subtree is one assignment and no walk needs a stack.
 *
 *     node    0 (all)  1 main  2 handle  3 hash  4 gc
 *     parent  -1       0       1         2       0
 *     depth   0        1       2         3       1
 *     end     5        4       4         4       5
 *     total   50       40      40        30      10
 *     self    0        0       10        30      10
 */
export interface CallTree {
  readonly length: number;
  readonly frames: FrameTable;
  readonly frame: Uint32Array;
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly end: Uint32Array;
  /**
   * Weight of samples whose path ends in this node, in `unit`: with their last frame, or in an inverted
   * tree with their first. What a person calls self is `selfWeight`.
   */
  readonly self: Float64Array;
  /** Weight of samples that pass through this node; `total[0]` is the whole profile. */
  readonly total: Float64Array;
  readonly selfCount: Float64Array;
  readonly totalCount: Float64Array;
  readonly maxDepth: number;
  readonly unit: Unit;
  /** What counts as the same frame: the function, or the function and its line. */
  readonly granularity: Granularity;
  /** True when the tree grows from the last frame of each stack towards its callers. */
  readonly inverted: boolean;
  /** True for the callers of a sandwich: samples go on beyond its function, so none ends in a node. */
  readonly partial?: boolean;
}

/**
 * `function`: frames merge by name, mapping and file; those without symbols by mapping and address.
 * `line`: lines are told apart as well.
 */
export type Granularity = 'function' | 'line';
