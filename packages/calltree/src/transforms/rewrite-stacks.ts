import { grown } from '../build/grow.ts';
import { picked } from '../build/picked.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { StackIndex, StackTable } from '../model/stacks.ts';

/** The frames of a stack that is being written. */
export interface StackWriter {
  push(frame: FrameIndex): void;
  /** The frame pushed last in this stack, or -1. */
  readonly last: FrameIndex | -1;
}

/**
 * Writes the new form of one stack, whose frames are `input[from … to - 1]`, ROOT FIRST. False drops
 * the stack with its weight.
 */
export type StackRewrite = (
  input: Uint32Array,
  from: number,
  to: number,
  out: StackWriter,
  stack: StackIndex,
) => boolean;

class Writer implements StackWriter {
  frameIndex: Uint32Array;
  length = 0;
  start = 0;

  constructor(room: number) {
    this.frameIndex = new Uint32Array(room);
  }

  get last(): FrameIndex | -1 {
    return this.length > this.start ? this.frameIndex[this.length - 1] : -1;
  }

  push(frame: FrameIndex): void {
    if (this.length === this.frameIndex.length) {
      this.frameIndex = grown(this.frameIndex, this.length + 1);
    }
    this.frameIndex[this.length++] = frame;
  }
}

/** A table with every stack rewritten. `frames` is the table that the written frames belong to. */
export function rewriteStacks(
  stacks: StackTable,
  rewrite: StackRewrite,
  frames: FrameTable = stacks.frames,
): StackTable {
  const { stackOffset, frameIndex, weight } = stacks;
  const out = new Writer(frameIndex.length);
  const newOffset = new Uint32Array(weight.length + 1);
  const source = new Uint32Array(weight.length);
  let kept = 0;
  for (let stack = 0; stack < weight.length; stack++) {
    if (rewrite(frameIndex, stackOffset[stack], stackOffset[stack + 1], out, stack)) {
      source[kept++] = stack;
      newOffset[kept] = out.length;
    } else {
      out.length = out.start;
    }
    out.start = out.length;
  }
  const sources = source.subarray(0, kept);
  return {
    ...stacks,
    frames,
    stackOffset: newOffset.slice(0, kept + 1),
    frameIndex: out.frameIndex.slice(0, out.length),
    weight: picked(weight, sources),
    count: picked(stacks.count, sources),
    ...(stacks.labels && {
      labels: stacks.labels.map(({ key, values, value }) => ({
        key,
        values,
        value: picked(value, sources),
      })),
    }),
  };
}
