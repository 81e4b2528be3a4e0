import type { CallTree, Layout, NodeIndex } from '@hyperflame/calltree';
import type { Orientation } from '../state/flameState.ts';

/** Where rows stand. Heights and offsets are CSS pixels from the top of the whole drawing. */
export interface Rows {
  readonly orientation: Orientation;
  readonly rowHeight: number;
  /** Height of the whole drawing, of which the canvas shows a part. */
  readonly height: number;
}

export function rowTop({ orientation, rowHeight, height }: Rows, depth: number): number {
  return orientation === 'icicle' ? depth * rowHeight : height - (depth + 1) * rowHeight;
}

/** The row at `y`, which may be one that has nothing in it; negative outside of all rows. */
export function depthAt({ orientation, rowHeight, height }: Rows, y: number): number {
  // A row holds its upper edge but not its lower one, whichever way rows are counted.
  if (orientation === 'icicle') return Math.floor(y / rowHeight);
  return Math.ceil((height - y) / rowHeight) - 1;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of a ring around a frame, in CSS pixels. */
const LEAST_WIDTH = 2;

/**
 * Where a node stands in the drawing, also when it is too narrow to be drawn: then at the place it
 * would have inside its nearest drawn ancestor, at least `LEAST_WIDTH` wide so that it can be seen.
 * With `narrowEnd`, where the rectangle is that narrow siblings share from this node on.
 */
export function nodeBox(
  tree: CallTree,
  layout: Layout,
  rows: Rows,
  node: NodeIndex,
  weight: Float64Array = tree.total,
  narrowEnd: NodeIndex = 0,
): Box {
  const top = rowTop(rows, tree.depth[node]);
  const place = rectangleOf(layout, tree, node, narrowEnd);
  if (place !== -1) {
    const width = Math.max(LEAST_WIDTH, layout.width[place]);
    return { left: layout.x[place], top, width, height: rows.rowHeight };
  }
  let offset = 0;
  let drawn = node;
  let at = -1;
  while (at === -1 && drawn > 0) {
    offset += weightBefore(tree, drawn, weight);
    drawn = tree.parent[drawn];
    at = rectangleOf(layout, tree, drawn);
  }
  const scale = at !== -1 && weight[drawn] > 0 ? layout.width[at] / weight[drawn] : 0;
  const left = (at === -1 ? 0 : layout.x[at]) + offset * scale;
  const width = Math.max(LEAST_WIDTH, weight[node] * scale);
  return { left, top, width, height: rows.rowHeight };
}

/** Siblings that are added up one by one. Behind them all are too narrow for a difference to be seen. */
const MOST_ADDED = 10_000;

/** Weight of the siblings that stand before a node; behind very many of them, as if they were alike. */
function weightBefore(tree: CallTree, node: NodeIndex, weight: Float64Array): number {
  const parent = tree.parent[node];
  let sum = 0;
  let added = 0;
  for (let sibling = parent + 1; sibling < node; sibling = tree.end[sibling]) {
    if (added++ === MOST_ADDED) {
      const rest = Math.max(0, weight[parent] - sum);
      return sum + (rest * (node - sibling)) / (tree.end[parent] - sibling);
    }
    sum += Math.max(0, weight[sibling]);
  }
  return sum;
}

/**
 * Position of a node's own rectangle in the layout, or of that which it and its narrow siblings share,
 * up to `narrowEnd`; or -1. In each row nodes stand in order of their numbers.
 */
export function rectangleOf(
  layout: Layout,
  tree: CallTree,
  node: NodeIndex,
  narrowEnd: NodeIndex = 0,
): number {
  const depth = tree.depth[node];
  if (depth >= layout.rows) return -1;
  let low = layout.rowStart[depth];
  let high = layout.rowStart[depth + 1] - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = layout.node[middle];
    if (found === node) return layout.narrowEnd[middle] === narrowEnd ? middle : -1;
    if (found < node) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
