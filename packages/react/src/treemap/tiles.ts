import { hierarchy } from '@visx/hierarchy';
import { OTHER_FRAME, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import type { Box } from '../canvas/geometry.ts';

/** What is handed to the layout: a node of the tree, or (`-1`) the small ones of its parent. */
export interface Area {
  readonly node: NodeIndex;
  /** Weight of its own; that of a group is in its parts. */
  readonly weight: number;
  /** Of small ones, how many there are; else 1. */
  readonly count: number;
  readonly parts: Area[];
}

/** The small parts of an area, which share one tile. */
export const SMALL_PARTS: NodeIndex = -1;

/** Square CSS pixels. Smaller parts are not laid out one by one: nothing can be read in them. */
const LEAST_PIXELS = 120;

/**
 * The part of a tree below `top` as nested areas. Small ones are added up to one tile beside their
 * larger siblings, so that areas stay true and the cost goes with what can be seen.
 *
 * @param pixels  square CSS pixels of the picture
 */
export function areasBelow(tree: CallTree, top: NodeIndex, pixels: number): Area {
  const { end, total, self, parent } = tree;
  const least = (total[top] * LEAST_PIXELS) / pixels;
  const areas = new Map<NodeIndex, Area>();
  const small = new Map<NodeIndex, { weight: number; count: number }>();
  for (let node = top; node < end[top];) {
    if (node !== top && total[node] < least) {
      const { weight, count } = small.get(parent[node]) ?? { weight: 0, count: 0 };
      small.set(parent[node], { weight: weight + total[node], count: count + 1 });
      node = end[node];
      continue;
    }
    const area: Area = { node, weight: self[node], count: 1, parts: [] };
    areas.set(node, area);
    if (node !== top) areas.get(parent[node])?.parts.push(area);
    node++;
  }
  for (const [node, rest] of small) {
    areas.get(node)?.parts.push({ node: SMALL_PARTS, ...rest, parts: [] });
  }
  return areas.get(top)!;
}

export function layoutRoot(top: Area) {
  return hierarchy<Area>(top, ({ parts }) => parts).sum(({ weight }) => weight);
}

/** A rectangle of the picture. Tiles stand in an order in which parts come after their groups. */
export interface Tile extends Box {
  readonly node: NodeIndex;
  readonly isGroup: boolean;
  readonly count: number;
  /** 1 for the parts of what fills the picture. */
  readonly level: number;
}

interface LaidOut {
  readonly data: Area;
  readonly depth: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function tilesOf(laidOut: readonly LaidOut[]): Tile[] {
  return laidOut
    .filter(({ depth, x0, x1, y0, y1 }) => depth > 0 && x1 - x0 > 0.5 && y1 - y0 > 0.5)
    .map(({ data, depth, x0, y0, x1, y1 }) => ({
      node: data.node,
      isGroup: data.parts.length > 0,
      count: data.count,
      level: depth,
      left: x0,
      top: y0,
      width: x1 - x0,
      height: y1 - y0,
    }));
}

/** The innermost tile at a point. */
export function tileAt(tiles: readonly Tile[], x: number, y: number): Tile | undefined {
  return tiles.findLast(
    ({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height,
  );
}

/** True for what can be gone into: a module or a package with functions in it. */
export function isGroup(tree: CallTree, node: NodeIndex): boolean {
  return tree.end[node] > node + 1 && tree.frame[node] !== OTHER_FRAME;
}
