import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { previousSibling } from '../frames/siblings.ts';

/** Elements made for callers above, and for siblings and callees on each side of the cursor. */
const CALLERS = 12;
const NEIGHBOURS = 6;
const CALLEES = 12;

/**
 * The nodes that the accessible twin has elements for: the ones a move can lead to next, and the
 * callers that say where one is. A few dozen at most, however large the tree, in its order.
 */
export function twinRows(tree: CallTree, cursor: NodeIndex, focus: NodeIndex): NodeIndex[] {
  const { parent, end } = tree;
  const rows = new Set<NodeIndex>([0, focus, cursor]);
  let caller = parent[cursor];
  for (let i = 0; i < CALLERS && caller >= 0; i++) {
    rows.add(caller);
    caller = parent[caller];
  }
  if (cursor > focus && cursor < end[focus]) {
    let before = previousSibling(tree, cursor);
    for (let i = 0; i < NEIGHBOURS && before !== undefined; i++) {
      rows.add(before);
      before = previousSibling(tree, before);
    }
    let after = end[cursor];
    for (let i = 0; i < NEIGHBOURS && after < end[parent[cursor]]; i++) {
      rows.add(after);
      after = end[after];
    }
  }
  let callee = cursor + 1;
  for (let i = 0; i < CALLEES && callee < end[cursor]; i++) {
    rows.add(callee);
    callee = end[callee];
  }
  return [...rows].sort((a, b) => a - b);
}

/** More siblings than this are not counted: where one stands among them says nothing to anyone. */
const MOST_COUNTED = 10_000;

export interface Place {
  /** 1-based, among the callees of one caller. Not known behind very many. */
  readonly position: number | undefined;
  /** -1 for very many, as `aria-setsize` has it. */
  readonly siblings: number;
}

export function placeAmongSiblings(tree: CallTree, node: NodeIndex): Place {
  if (node === 0) return { position: 1, siblings: 1 };
  let position: number | undefined;
  let siblings = 0;
  const parent = tree.parent[node];
  for (let at = parent + 1; at < tree.end[parent]; at = tree.end[at]) {
    if (siblings === MOST_COUNTED) return { position, siblings: -1 };
    siblings++;
    if (at === node) position = siblings;
  }
  return { position, siblings };
}
