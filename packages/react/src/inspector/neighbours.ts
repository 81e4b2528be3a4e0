import { frameKey, type CallTree, type FrameKey, type NodeIndex } from '@hyperflame/calltree';

/** A function that calls another directly, or is called by it, with the weight that passes through both. */
export interface Neighbour {
  readonly node: NodeIndex;
  readonly key: FrameKey;
  readonly weight: number;
}

/**
 * Direct callers or callees of the function that one side of a sandwich is about, heaviest first.
 * In the side of the callers stacks end at the root's child, so its children are who called it.
 */
export function neighbours(side: CallTree): Neighbour[] {
  const found: Neighbour[] = [];
  if (side.length < 2) return found;
  const pivot: NodeIndex = 1;
  for (let node = pivot + 1; node < side.end[pivot]; node = side.end[node]) {
    found.push({
      node,
      key: frameKey(side.frames, side.frame[node], side.granularity),
      weight: side.total[node],
    });
  }
  return found;
}
