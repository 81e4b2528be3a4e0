import type { StackTable } from '../model/stacks.ts';
import type { CallTree, Granularity } from '../model/tree.ts';
import { allAtOnce, type Steps } from '../sort/steps.ts';
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
  validateStacks(stacks);
  const merge = allAtOnce(mergeOf([applyTransforms(stacks, options.transforms ?? [])], options));
  merge.run();
  return merge.tree();
}

/** A merge of the stacks of all tables as they are. It is yet to be run, all at once or in pieces. */
export function* mergeOf(
  tables: readonly [StackTable, ...StackTable[]],
  { granularity = 'function', invert = false }: CallTreeOptions,
): Steps<Merge> {
  const paths = pathsOfStacks(tables, invert);
  yield 1;
  return new Merge(paths, { granularity, inverted: invert });
}
