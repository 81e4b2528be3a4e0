import { findPath, framePath, type CallTree, type NodeIndex } from '@hyperflame/calltree';

/** A node, and the tree that it is a number in. */
export interface NodeOfTree {
  readonly tree: CallTree;
  readonly node: NodeIndex;
}

/** The node of another tree in this one, or -1: a newer tree may come while a menu is open. */
export function sameNode(tree: CallTree, of: NodeOfTree): NodeIndex | -1 {
  return of.tree === tree ? of.node : findPath(tree, framePath(of.tree, of.node));
}
