import type { StackTable } from '../model/stacks.ts';
import type { CallTree, Granularity } from '../model/tree.ts';
import { applyTransforms } from '../transforms/apply.ts';
import type { Transform } from '../transforms/transform.ts';
import { Merge } from './merge.ts';
import { pathsOfStacks } from './paths.ts';
import { validateStacks } from './validate-stacks.ts';

export interface CallTreeOptions {
  /** What counts as the same frame. `function` if not said. */
  readonly granularity?: Granularity;
  /** Grow the tree from the leaves towards their callers ("bottom-up"). */
  readonly invert?: boolean;
  /** Changes to the stacks, applied in order before they are merged. */
  readonly transforms?: readonly Transform[];
}

/**
 * Merges stacks into a call tree; what the table leaves out becomes an {@link OTHER_FRAME} node
 * under the root. Throws `invalid-stacks` for weights that are not finite and indices out of range.
 *
 * Inverted, `total` of a node is the weight of the samples that end in the frames from the node up
 * to the root of the tree, and `self` is the part of it whose stacks have no further caller.
 */
export function buildCallTree(stacks: StackTable, options: CallTreeOptions = {}): CallTree {
  const merge = startCallTree(stacks, options);
  merge.run();
  return merge.tree();
}

/** The same, to be run a piece at a time. */
export function startCallTree(stacks: StackTable, options: CallTreeOptions = {}): Merge {
  validateStacks(stacks);
  return mergeOf([applyTransforms(stacks, options.transforms ?? [])], options);
}

/** The stacks of all tables in one tree, as they are. */
export function mergeOf(
  tables: readonly [StackTable, ...StackTable[]],
  { granularity = 'function', invert = false }: CallTreeOptions,
): Merge {
  return new Merge(pathsOfStacks(tables, invert), { granularity, inverted: invert });
}
