import type { CallTree } from '../model/tree.ts';

/**
 * Weights to draw widths from, for `layoutTree`: the totals. Where weights below zero are among them,
 * as in the difference of two heaps, totals would hide what they take away from each other; then a
 * node is as wide as all that ended in it or below it, whatever the
 * sign. `side` is one of a diff.
 *
 *     main   +10        main   40 wide
 *       load +25          load 25
 *       free -15          free 15
 */
export function treeWidths(
  tree: CallTree,
  { self, total }: Pick<CallTree, 'self' | 'total'> = tree,
): Float64Array {
  if (!hasBelowZero(self)) return total;
  const { length, parent } = tree;
  const widths = new Float64Array(length);
  // Children stand behind their parents: backwards, each is complete before it is passed on.
  for (let node = length - 1; node >= 0; node--) {
    widths[node] += Math.abs(self[node]);
    if (node > 0) widths[parent[node]] += widths[node];
  }
  return widths;
}

function hasBelowZero(weights: Float64Array): boolean {
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] < 0) return true;
  }
  return false;
}
