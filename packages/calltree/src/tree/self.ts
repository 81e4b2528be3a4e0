import type { CallTree, NodeIndex } from '../model/tree.ts';

/**
 * Weight of the samples that end in a frame, at its place in the tree. Upside down all samples end right
 * below the root, and those of `tree.self` are the ones that begin in the frame: they lead to the last
 * of their callers. None of those in the callers of a sandwich ends there. `side` is one of a diff.
 *
 *     inverted   total   tree.self   selfWeight
 *     hash         7         0           7
 *       main       7         7           0
 */
export function selfWeight(
  tree: CallTree,
  node: NodeIndex,
  { self, total }: Pick<CallTree, 'self' | 'total'> = tree,
): number {
  return endingIn(tree, node, self, total);
}

/** How many samples that are; see {@link selfWeight}. */
export function selfCount(
  tree: CallTree,
  node: NodeIndex,
  { selfCount, totalCount }: Pick<CallTree, 'selfCount' | 'totalCount'> = tree,
): number {
  return endingIn(tree, node, selfCount, totalCount);
}

function endingIn(
  { inverted, partial, parent }: CallTree,
  node: NodeIndex,
  self: Float64Array,
  total: Float64Array,
): number {
  if (!inverted) return self[node];
  return parent[node] === 0 && !partial ? total[node] : 0;
}
