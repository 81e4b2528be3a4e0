import { grown } from '../build/grow.ts';
import type { CallTree, NodeIndex } from '../model/tree.ts';

export interface LayoutOptions {
  /** Width of the drawing, in CSS pixels. */
  readonly width: number;
  /**
   * Nodes narrower than this have no rectangle, nor has what stands on them; siblings next to each
   * other that are wide enough together share one. 0.5 if not said.
   */
  readonly minWidth?: number;
  /** The node that fills the width. Its ancestors do so too; all else is left out. */
  readonly focus?: NodeIndex;
  /** Weight of each node that widths are drawn from; `tree.total` if not said. */
  readonly weight?: Float64Array;
  /** Part of the focused node that fills the width, as shares of it. All of it if not said. */
  readonly view?: { readonly from: number; readonly to: number };
}

/**
 * The rectangles that can be seen, row by row, from left to right in each row. Row `d` is the range
 * `rowStart[d] … rowStart[d + 1]` and holds the nodes of depth `d`.
 *
 *     0 all ─────────────        rowStart = [0, 1, 3, 4]
 *     1 main ──────  4 gc        node     = [0, 1, 4, 2]
 *     2 handle ────              x        = [0, 0, 8, 0]
 *
 * Siblings too narrow to be drawn one by one share a rectangle, on which nothing stands: a gap above a
 * frame is its self weight and nothing else.
 *
 *     0 all ─────────────        1 main has 60 %, 2 … 41 have 1 % each:
 *     1 main ──────  2 ▒▒▒       node = [0, 1, 2], narrowEnd = [0, 0, 42]
 */
export interface Layout {
  readonly length: number;
  readonly node: Uint32Array;
  /** Left edge and width in CSS pixels. Within a `view`, edges may lie outside the drawing. */
  readonly x: Float64Array;
  readonly width: Float64Array;
  readonly depth: Uint32Array;
  readonly rowStart: Uint32Array;
  /**
   * Of a rectangle that narrow siblings share: they are `node[i] … narrowEnd[i]`, with all that is
   * below them. 0 for one that is a node's own.
   */
  readonly narrowEnd: Uint32Array;
  readonly rows: number;
  readonly focus: NodeIndex;
}

/**
 * Lays out the visible part of a tree. Siblings stand heaviest first, so all behind the first one that
 * is too narrow are so too: the cost grows with what is drawn, not with the tree.
 *
 * A weight below zero has no width. Children never reach beyond their parent, also where negative
 * weights make them heavier than it.
 */
export function layoutTree(tree: CallTree, options: LayoutOptions): Layout {
  const { end } = tree;
  const weight = options.weight ?? tree.total;
  // Only totals are known to fall from sibling to sibling.
  const falling = weight === tree.total;
  const minWidth = options.minWidth ?? 0.5;
  const focus = options.focus !== undefined && options.focus < tree.length ? options.focus : 0;
  const from = options.view?.from ?? 0;
  const to = options.view?.to ?? 1;
  const right = options.width > 0 ? options.width : 0;
  const fullWidth = right / Math.max(to - from, Number.EPSILON);
  const scale = weight[focus] > 0 ? fullWidth / weight[focus] : 0;

  let length = 0;
  let room = 1024;
  let node = new Uint32Array(room);
  let x = new Float64Array(room);
  let width = new Float64Array(room);
  let narrowEnd = new Uint32Array(room);
  const rowStart: number[] = [];
  const add = (first: NodeIndex, left: number, wide: number, until: NodeIndex): void => {
    if (length === room) {
      node = grown(node, length + 1);
      x = grown(x, length + 1);
      width = grown(width, length + 1);
      narrowEnd = grown(narrowEnd, length + 1);
      room = node.length;
    }
    node[length] = first;
    x[length] = left;
    width[length] = wide;
    narrowEnd[length] = until;
    length++;
  };

  const above: NodeIndex[] = [];
  for (let at = tree.parent[focus]; at >= 0; at = tree.parent[at]) above.push(at);
  for (const ancestor of above.reverse()) {
    rowStart.push(length);
    add(ancestor, 0, right, 0);
  }
  rowStart.push(length);
  add(focus, 0 - from * fullWidth, fullWidth, 0);

  for (let row = above.length; row < tree.maxDepth; row++) {
    const rowEnd = length;
    for (let i = rowStart[row]; i < rowEnd; i++) {
      if (narrowEnd[i] !== 0) continue;
      const parent = node[i];
      const stop = end[parent];
      const parentLeft = x[i];
      const parentRight = parentLeft + width[i];
      let left = parentLeft;
      for (let child = parent + 1, next; child < stop && left < right; child = next) {
        next = end[child];
        let wide = weight[child] * scale;
        const isNarrow = !(Math.min(wide, parentRight - left) >= minWidth && wide > 0);
        if (isNarrow && falling) {
          // All that is left of the caller but its own: nobody has to add them up.
          next = stop;
          if (wide > 0) wide = (weight[parent] - tree.self[parent]) * scale - (left - parentLeft);
        } else if (isNarrow) {
          wide = Math.max(0, wide);
          for (; next < stop; next = end[next]) {
            const other = weight[next] * scale;
            if (other >= minWidth && other > 0) break;
            wide += Math.max(0, other);
          }
        }
        wide = Math.min(wide, parentRight - left);
        if (!(wide > 0)) continue;
        if (wide >= minWidth && left + wide > 0) add(child, left, wide, isNarrow ? next : 0);
        left += wide;
      }
    }
    if (length === rowEnd) break;
    rowStart.push(rowEnd);
  }
  const rows = rowStart.length;
  rowStart.push(length);

  const depth = new Uint32Array(length);
  for (let row = 0; row < rows; row++) depth.fill(row, rowStart[row], rowStart[row + 1]);
  return {
    length,
    node: node.slice(0, length),
    x: x.slice(0, length),
    width: width.slice(0, length),
    depth,
    narrowEnd: narrowEnd.slice(0, length),
    rowStart: Uint32Array.from(rowStart),
    rows,
    focus,
  };
}
