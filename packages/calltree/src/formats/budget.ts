import type { FrameInput } from '../build/frame-table-builder.ts';
import { NO_LABELS, type LabelSet } from '../build/label-sets.ts';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { Labels, StackTable, Unit } from '../model/stacks.ts';
import { malformed } from './guards.ts';
import { LabelKeys } from './label-keys.ts';
import { Memory } from './memory.ts';

/** Frames in a stack: runtimes end a recursion after some ten thousand. */
export const MOST_FRAMES = 2 ** 16;

/** Profiles in a file, each a table of its own: a thread may be one, a kind of sample may be one. */
const MOST_PROFILES = 4096;

/**
 * Frames of stacks and letters of labels that are gone through, again for each sample and kind: some
 * seconds. A million samples of four kinds, 40 frames deep, have a third of that.
 */
const MOST_STEPS = 2 ** 29;

/** Bytes that parts of a table take while they are collected. */
const PER_FRAME = 300;
const PER_STACK = 100;
const PER_LABEL = 100;
/** A place in a column that grows: the old one, one of twice the room, and what is cut out of it. */
const PER_PLACE = 12;

/** What may come of a file. Whatever all its profiles take together counts. */
export class Budget {
  readonly memory = new Memory();
  #profiles = 0;
  #steps = 0;

  addProfile(place: string): void {
    if (++this.#profiles > MOST_PROFILES) {
      throw malformed(place, `a file with more than ${MOST_PROFILES} profiles; split it`);
    }
  }

  go(steps: number, place: string): void {
    this.#steps += steps;
    if (this.#steps > MOST_STEPS) {
      throw malformed(place, 'by here the file has half a billion frames; split it');
    }
  }
}

/**
 * Collects the stacks of one profile of a file that anybody may have written. A few bytes may stand
 * for very many frames: where a location has ten thousand of them and a stack goes through it ten
 * thousand times, where a call lasts while others come and go, where there are many kinds of samples.
 */
export class BoundedStacks {
  readonly labelKeys: LabelKeys;
  readonly #builder: StackTableBuilder;
  readonly #budget: Budget;
  readonly #place: string;
  #labelSets = 0;
  /** Without their signs, so that no sum of some of them is larger. */
  #weights = 0;
  #counts = 0;

  constructor(unit: Unit, budget: Budget, place: string, labelKeys = new LabelKeys()) {
    budget.addProfile(place);
    this.#builder = new StackTableBuilder({ unit });
    this.#budget = budget;
    this.#place = place;
    this.labelKeys = labelKeys;
  }

  addFrame(frame: FrameInput | string, place: string): FrameIndex {
    const { frames } = this.#builder;
    const { length } = frames;
    const index = frames.add(frame);
    if (frames.length > length) this.#budget.memory.take(PER_FRAME, place);
    return index;
  }

  addLabels(labels: Labels, place: string): LabelSet {
    let letters = 0;
    let size = 0;
    for (const [key, text] of Object.entries(labels)) {
      letters += key.length + text.length;
      size += PER_LABEL;
    }
    this.#budget.go(letters, place);
    const set = this.#builder.addLabels(labels);
    if (set > this.#labelSets) {
      this.#labelSets = set;
      this.#budget.memory.take(size + letters, place);
    }
    return set;
  }

  /** ROOT FIRST. */
  addStack(
    stack: readonly FrameIndex[],
    place: string,
    weight: number,
    count = 1,
    labels: LabelSet = NO_LABELS,
  ): void {
    checkDepth(stack.length, place);
    this.#addUp(weight, count, place);
    this.#budget.go(stack.length, place);
    const { length } = this.#builder;
    this.#builder.addStack(stack, weight, count, labels);
    if (this.#builder.length > length) {
      this.#budget.memory.take(PER_STACK + stack.length * PER_PLACE, place);
    }
  }

  addOther(weight: number, count: number, place: string): void {
    this.#addUp(weight, count, place);
    this.#builder.addOther(weight, count);
  }

  build(): StackTable {
    // A key of a label that comes late is a column for all stacks before it, too.
    this.#budget.memory.take(this.labelKeys.size * this.#builder.length * 4, this.#place);
    return this.#builder.build();
  }

  /** Numbers that are finite themselves may be too large once they are added up or become nanoseconds. */
  #addUp(weight: number, count: number, place: string): void {
    this.#weights += Math.abs(weight);
    this.#counts += Math.abs(count);
    if (!Number.isFinite(this.#weights)) throw malformed(place, 'its weight is too large a number');
    if (!Number.isFinite(this.#counts)) throw malformed(place, 'too many samples for a number');
  }
}

/** Throws `invalid-format` for a stack that no program has. */
export function checkDepth(frames: number, place: string): void {
  if (frames > MOST_FRAMES) {
    throw malformed(place, `a stack of more than ${MOST_FRAMES} frames; leave out the rest of it`);
  }
}
