import { frameKey, type FrameKey } from '../frames/key.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';

/** Keys of the frames from below the root down to `node`; empty for the root. */
export function framePath(tree: CallTree, node: NodeIndex): FrameKey[] {
  const path = new Array<FrameKey>(tree.depth[node]);
  for (let above = node; above > 0; above = tree.parent[above]) {
    path[tree.depth[above] - 1] = frameKey(tree.frames, tree.frame[above], tree.granularity);
  }
  return path;
}

/**
 * The node that a path leads to, or -1 when this tree has no such node. The path may come from
 * another tree, also of other data, as long as its granularity is the same.
 */
export function findPath(tree: CallTree, path: readonly FrameKey[]): NodeIndex {
  let node: NodeIndex = 0;
  for (const key of path) {
    node = findChild(tree, node, key);
    if (node === -1) return -1;
  }
  return node;
}

function findChild(tree: CallTree, node: NodeIndex, key: FrameKey): NodeIndex {
  const end = tree.end[node];
  for (let child = node + 1; child < end; child = tree.end[child]) {
    if (frameKey(tree.frames, tree.frame[child], tree.granularity) === key) return child;
  }
  return -1;
}
