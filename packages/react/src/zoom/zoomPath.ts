import type { CallTree, NodeIndex } from '@hyperflame/calltree';

/** A part of a node's width: 0 is its left edge, 1 its right one. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** The way from one zoomed node to another, as views of the nearest node that holds both. */
export interface ZoomPath {
  readonly base: NodeIndex;
  readonly start: View;
  readonly goal: View;
}

export function zoomPath(
  tree: CallTree,
  from: NodeIndex,
  to: NodeIndex,
  weight: Float64Array = tree.total,
): ZoomPath {
  let base = from;
  while (!(base <= to && to < tree.end[base])) base = tree.parent[base];
  return { base, start: viewOf(tree, base, from, weight), goal: viewOf(tree, base, to, weight) };
}

/** Where a node stands inside one of its callers. */
export function viewOf(
  tree: CallTree,
  base: NodeIndex,
  node: NodeIndex,
  weight: Float64Array,
): View {
  const whole = weight[base];
  if (!(whole > 0)) return { from: 0, to: 1 };
  let offset = 0;
  for (let at = node; at !== base; at = tree.parent[at]) {
    for (let sibling = tree.parent[at] + 1; sibling < at; sibling = tree.end[sibling]) {
      offset += Math.max(0, weight[sibling]);
    }
  }
  return { from: offset / whole, to: (offset + Math.max(0, weight[node])) / whole };
}

/**
 * The view at `t` from 0 to 1. The magnification changes by the same factor in equal times, so
 * that a zoom into a hundredth does not jump at its end:
 *
 *     width 1 → 0.01     t = 0.5 → 0.1
 */
export function viewAt({ start, goal }: ZoomPath, t: number): View {
  const startWidth = start.to - start.from;
  const goalWidth = goal.to - goal.from;
  if (!(startWidth > 0 && goalWidth > 0)) return goal;
  const width = startWidth * (goalWidth / startWidth) ** t;
  // The point that both views have at the same place of the picture stays where it is.
  const moved = startWidth === goalWidth ? t : (startWidth - width) / (startWidth - goalWidth);
  const from = start.from + (goal.from - start.from) * moved;
  return { from, to: from + width };
}
