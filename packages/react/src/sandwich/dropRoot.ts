import type { CallTree } from '@hyperflame/calltree';

/**
 * A tree whose root has one child, without the root: one side of a sandwich is drawn from its
 * function on. Node `n` of the result is node `n + 1` of the tree.
 *
 *     0 all 50              0 hash 50
 *       1 hash 50             1 mix 20
 *         2 mix 20
 */
export function dropRoot(tree: CallTree): CallTree {
  if (tree.length < 2) return tree;
  const less = <Column extends Int32Array | Uint32Array>(column: Column): Column =>
    column.subarray(1).map((value) => value - 1) as Column;
  return {
    ...tree,
    length: tree.length - 1,
    frame: tree.frame.subarray(1),
    parent: less(tree.parent),
    depth: less(tree.depth),
    end: less(tree.end),
    self: tree.self.subarray(1),
    total: tree.total.subarray(1),
    selfCount: tree.selfCount.subarray(1),
    totalCount: tree.totalCount.subarray(1),
    maxDepth: tree.maxDepth - 1,
  };
}
