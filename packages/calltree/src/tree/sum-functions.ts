import type { DiffSide } from '../model/diff.ts';
import { OTHER_FRAME, type CallTree } from '../model/tree.ts';

/** Weights by frame, over all the places a frame occurs in. */
export interface FunctionSums extends DiffSide {
  /** Number of nodes. */
  readonly occurrences: Uint32Array;
}

/**
 * Adds the weights of a tree up by frame; recursion counts once. `side` gives the weights, which are
 * the tree's own or those of one side of a diff.
 */
export function sumFunctions(tree: CallTree, side: DiffSide): FunctionSums {
  const { frame: frameOf, length, end, parent, inverted, partial } = tree;
  const frames = tree.frames.length;
  const self = new Float64Array(frames);
  const total = new Float64Array(frames);
  const selfCount = new Float64Array(frames);
  const totalCount = new Float64Array(frames);
  const occurrences = new Uint32Array(frames);
  // For each function, the end of the outermost subtree of it that we are in. Nodes before that
  // are recursion: their samples have been counted there.
  const counted = new Uint32Array(frames);
  for (let node = 1; node < length; node++) {
    const frame = frameOf[node];
    if (frame === OTHER_FRAME) continue;
    occurrences[frame]++;
    if (node >= counted[frame]) {
      counted[frame] = end[node];
      total[frame] += side.total[node];
      totalCount[frame] += side.totalCount[node];
    }
    if (!inverted) {
      self[frame] += side.self[node];
      selfCount[frame] += side.selfCount[node];
    } else if (parent[node] === 0 && !partial) {
      // Upside down, a sample's last frame stands right under the root.
      self[frame] += side.total[node];
      selfCount[frame] += side.totalCount[node];
    }
  }
  return { self, total, selfCount, totalCount, occurrences };
}

/** The frames that occur, in order of their index. */
export function occurringFrames({ occurrences }: FunctionSums): Uint32Array {
  const frames = new Uint32Array(occurrences.length);
  let length = 0;
  for (let frame = 0; frame < occurrences.length; frame++) {
    if (occurrences[frame] > 0) frames[length++] = frame;
  }
  return frames.slice(0, length);
}
