import type { CallTree } from './tree.ts';

/** Weights of one of the two profiles, by node of the diff's tree. */
export interface DiffSide {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: Float64Array;
  readonly totalCount: Float64Array;
}

/**
 * Two profiles in one tree that has the nodes of both: a frame that is gone has 0 after, a new one
 * 0 before. `self`, `total` and the counts of the tree itself are the sums of both sides, so that
 * widths drawn from them show removed frames too.
 */
export interface DiffTree extends CallTree {
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** Which part of the samples either side was estimated from; 1 for all of them. */
  readonly samplingRate: { readonly before: number; readonly after: number };
}
