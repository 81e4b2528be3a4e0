import { matchPath } from '../frames/find.ts';
import { OTHER_FRAME_KEY } from '../frames/key.ts';
import type { FrameTable } from '../model/frames.ts';
import type { StackRewrite, StackWriter } from './rewrite-stacks.ts';
import type { NodeOfTree } from './transform.ts';

/** 1 for each frame that is meant. */
export type FrameMarks = Uint8Array;

function firstMarked(marks: FrameMarks, input: Uint32Array, from: number, to: number): number {
  let i = from;
  while (i < to && marks[input[i]] === 0) i++;
  return i;
}

function copy(input: Uint32Array, from: number, to: number, out: StackWriter): void {
  for (let i = from; i < to; i++) out.push(input[i]);
}

/** From the first marked frame on; stacks without one go. */
export function fromFirst(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    const first = firstMarked(marks, input, from, to);
    copy(input, first, to, out);
    return first < to;
  };
}

/** Up to and including the first marked frame. */
export function throughFirst(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    copy(input, from, Math.min(firstMarked(marks, input, from, to) + 1, to), out);
    return true;
  };
}

/** The last frame alone; stacks whose last frame is not marked go. */
export function onlyLast(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    if (from === to || marks[input[to - 1]] === 0) return false;
    out.push(input[to - 1]);
    return true;
  };
}

/** The marked frames alone; stacks without one go. */
export function onlyMarked(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    for (let i = from; i < to; i++) if (marks[input[i]] === 1) out.push(input[i]);
    return out.last !== -1;
  };
}

/** All but the marked frames. */
export function withoutMarked(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    for (let i = from; i < to; i++) if (marks[input[i]] === 0) out.push(input[i]);
    return true;
  };
}

/** Stacks with a marked frame go. */
export function dropMarked(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    if (firstMarked(marks, input, from, to) < to) return false;
    copy(input, from, to, out);
    return true;
  };
}

/** What lies between the first and the last marked frame goes, and the last one with it. */
export function collapseRecursion(marks: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    const first = firstMarked(marks, input, from, to);
    let last = to - 1;
    while (last > first && marks[input[last]] === 0) last--;
    copy(input, from, Math.min(first + 1, to), out);
    copy(input, last + 1, to, out);
    return true;
  };
}

/** One frame for each run of frames that are the same one; with marks, only for runs of those. */
export function collapseRepeats(group: Uint32Array, marks?: FrameMarks): StackRewrite {
  return (input, from, to, out) => {
    for (let i = from; i < to; i++) {
      const frame = input[i];
      const repeats = out.last !== -1 && group[out.last] === group[frame];
      if (!repeats || (marks && marks[frame] === 0)) out.push(frame);
    }
    return true;
  };
}

/** One group frame for each run of frames of one group. Frames without a group stay as they are. */
export function replaceByGroup(group: Uint32Array): StackRewrite {
  return (input, from, to, out) => {
    for (let i = from; i < to; i++) {
      const frame = input[i];
      if (group[frame] === frame || group[frame] !== out.last) out.push(group[frame]);
    }
    return true;
  };
}

/**
 * The subtree of a node below the root; stacks that do not lead to it go. Top-down, what is left
 * begins with the node; in an inverted tree, where what lies below a node are its callers, it ends
 * with it.
 */
export function fromNode(frames: FrameTable, node: NodeOfTree): StackRewrite {
  const leadsTo = pathTest(frames, node);
  const above = node.path.length - 1;
  return (input, from, to, out) => {
    if (!leadsTo(input, from, to)) return false;
    if (node.inverted) copy(input, from, to - above, out);
    else copy(input, from + above, to, out);
    return true;
  };
}

/** All but the frame of a node, in stacks that lead to it. What is left out stays: it is no frame. */
export function withoutNode(frames: FrameTable, node: NodeOfTree): StackRewrite {
  const leadsTo = pathTest(frames, node);
  const depth = node.path.at(-1) === OTHER_FRAME_KEY ? 0 : node.path.length;
  return (input, from, to, out) => {
    const left =
      depth === 0 || !leadsTo(input, from, to) ? -1 : node.inverted ? to - depth : from + depth - 1;
    for (let i = from; i < to; i++) if (i !== left) out.push(input[i]);
    return true;
  };
}

/** Tells whether a stack begins with the path or, inverted, ends with it. */
function pathTest(frames: FrameTable, { path: keys, granularity, inverted }: NodeOfTree) {
  const { group, path } = matchPath(frames, keys, granularity);
  return (input: Uint32Array, from: number, to: number): boolean => {
    if (to - from < path.length) return false;
    for (let i = 0; i < path.length; i++) {
      if (group[input[inverted ? to - 1 - i : from + i]] !== path[i]) return false;
    }
    return true;
  };
}
