import type { CallTree, NodeIndex } from '@hyperflame/calltree';

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
    const before: NodeIndex[] = [];
    for (let at = parent[cursor] + 1; at < cursor; at = end[at]) {
      before.push(at);
      if (before.length > NEIGHBOURS) before.shift();
    }
    for (const node of before) rows.add(node);
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

export interface Place {
  /** 1-based, among the callees of one caller. */
  readonly position: number;
  readonly siblings: number;
}

export function placeAmongSiblings(tree: CallTree, node: NodeIndex): Place {
  if (node === 0) return { position: 1, siblings: 1 };
  let position = 0;
  let siblings = 0;
  const parent = tree.parent[node];
  for (let at = parent + 1; at < tree.end[parent]; at = tree.end[at]) {
    siblings++;
    if (at === node) position = siblings;
  }
  return { position, siblings };
}
