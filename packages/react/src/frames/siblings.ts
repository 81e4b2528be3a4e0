import type { CallTree, NodeIndex } from '@hyperflame/calltree';

/** The callee of `caller` that `node` is, or stands below. */
export function childWith({ parent }: CallTree, caller: NodeIndex, node: NodeIndex): NodeIndex {
  let at = node;
  while (parent[at] !== caller) at = parent[at];
  return at;
}

/**
 * Found from below: what stands just before a node is the end of its previous sibling's subtree.
 * There may be millions of siblings, but never many levels.
 */
export function previousSibling(tree: CallTree, node: NodeIndex): NodeIndex | undefined {
  const caller = tree.parent[node];
  return node === caller + 1 ? undefined : childWith(tree, caller, node - 1);
}
