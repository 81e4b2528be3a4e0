import type { FrameTable } from './frames.ts';

/** Units that a weight can have. Anything else is shown as it is written. */
export type Unit = 'nanoseconds' | 'bytes' | 'count' | (string & {});

/** Position of a stack in a {@link StackTable}. */
export type StackIndex = number;

/**
 * Distinct stacks with their weights: what a query answers and what a call tree is made from.
 *
 * Frames of stack `s` are `frameIndex[stackOffset[s] … stackOffset[s + 1] - 1]`, ROOT FIRST. The first
 * offset is 0 and the last one `frameIndex.length`: no frame index belongs to no stack.
 *
 *     main → handle → hash     30 ms in 3 samples
 *     main → handle            10 ms in 1 sample
 *
 *     stackOffset = [0, 3, 5]
 *     frameIndex  = [0, 1, 2,  0, 1]
 *     weight      = [30e6, 10e6]
 *     count       = [3, 1]
 */
export interface StackTable {
  readonly frames: FrameTable;
  readonly stackOffset: Uint32Array;
  readonly frameIndex: Uint32Array;
  /** Weight of each stack, in `unit`. Exact up to 2^53. */
  readonly weight: Float64Array;
  /** Samples behind each stack. */
  readonly count: Float64Array;
  readonly unit: Unit;
  /** Weight and samples of the stacks that the table leaves out; 0 when it is complete. */
  readonly otherWeight: number;
  readonly otherCount: number;
  /**
   * Which part of the samples was looked at, where all figures are estimated from a part: 0.04 is one
   * in 25, and each of those counts 25 times. Left out where all were.
   */
  readonly samplingRate?: number;
  /** What else is known of each stack, such as its thread. Left out where nothing is. */
  readonly labels?: readonly LabelColumn[];
  /** Which labels the stacks that the table leaves out have, as far as that is known. */
  readonly otherByLabels?: readonly LabelledWeight[];
}

/** What stacks with the same labels weigh. */
export interface LabelledWeight {
  readonly labels: Labels;
  readonly weight: number;
  readonly count: number;
}

/**
 * One label of every stack, such as the thread it was seen on. The same frames under two threads
 * are two stacks, so that either can be looked at alone.
 *
 *     main → read      on thread main
 *     main → read      on thread io-1
 *     gc               (its thread is not known)
 *
 *     key    = 'thread'
 *     values = ['', 'main', 'io-1']
 *     value  = [1, 2, 0]
 */
export interface LabelColumn {
  readonly key: string;
  /** 0 is always the empty text, which stands for a stack without this label. */
  readonly values: readonly string[];
  /** By stack: position in `values`. */
  readonly value: Uint32Array;
}

/** Labels of one stack, as a person or a parser writes them. Empty texts are no labels. */
export type Labels = Readonly<Record<string, string>>;
