import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { childWith, previousSibling } from '../frames/siblings.ts';

export type Move =
  | 'caller'
  | 'callee'
  | 'previous'
  | 'next'
  | 'first'
  | 'last'
  | 'root'
  | 'hottest'
  | 'page-up'
  | 'page-down';

/** Levels that a page key crosses. */
const PAGE = 10;

/**
 * Where a move leads from a node; the node itself where there is nothing in that direction.
 * Callees are entered at the heaviest, so going down only ever follows the hottest path.
 *
 * Frames beside the focused one and its callers are not in the picture and not reached.
 */
export function moveCursor(
  tree: CallTree,
  node: NodeIndex,
  move: Move,
  focus: NodeIndex = 0,
): NodeIndex {
  const { parent, end } = tree;
  const hasSiblings = node > focus && node < end[focus];
  switch (move) {
    case 'caller':
      return Math.max(0, parent[node]);
    case 'callee':
      return heaviestChild(tree, node, focus) ?? node;
    case 'next':
      return hasSiblings && end[node] < end[parent[node]] ? end[node] : node;
    case 'previous':
      return hasSiblings ? (previousSibling(tree, node) ?? node) : node;
    case 'first':
      return hasSiblings ? parent[node] + 1 : node;
    case 'last':
      return hasSiblings ? childWith(tree, parent[node], end[parent[node]] - 1) : node;
    case 'root':
      return focus;
    case 'hottest': {
      let leaf = focus;
      for (let next = heaviestChild(tree, leaf, focus); next !== undefined;) {
        leaf = next;
        next = heaviestChild(tree, leaf, focus);
      }
      return leaf;
    }
    case 'page-up':
    case 'page-down': {
      let at = node;
      for (let level = 0; level < PAGE; level++) {
        at = moveCursor(tree, at, move === 'page-up' ? 'caller' : 'callee', focus);
      }
      return at;
    }
  }
}

/** The first child; above the focused node, the one on the way to it. */
function heaviestChild(tree: CallTree, node: NodeIndex, focus: NodeIndex): NodeIndex | undefined {
  if (node < focus && tree.end[node] > focus) {
    return childWith(tree, node, focus);
  }
  return tree.end[node] > node + 1 ? node + 1 : undefined;
}
