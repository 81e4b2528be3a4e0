import { CallTreeError } from '../model/errors.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { Labels, StackIndex, StackTable, Unit } from '../model/stacks.ts';
import { FrameTableBuilder, type FrameInput } from './frame-table-builder.ts';
import { grown } from './grow.ts';
import { LabelSets, NO_LABELS, type LabelSet } from './label-sets.ts';

/**
 * Collects stacks. Stacks with the same frames and labels become one, with their weights added up.
 */
export class StackTableBuilder {
  readonly unit: Unit;
  readonly frames = new FrameTableBuilder();
  #length = 0;
  #offset = new Uint32Array(64);
  #frameIndex = new Uint32Array(1024);
  #weight = new Float64Array(64);
  #count = new Float64Array(64);
  #otherWeight = 0;
  #otherCount = 0;
  /** Open addressing by the hash of a stack's frames; a slot holds a stack + 1, 0 means free. */
  #slots = new Uint32Array(128);
  #hash = new Uint32Array(64);
  readonly #labels = new LabelSets();

  constructor(options: { unit?: Unit } = {}) {
    this.unit = options.unit ?? 'count';
  }

  /** Number of distinct stacks so far. */
  get length(): number {
    return this.#length;
  }

  /** Index of a frame, to be used in {@link addStack}. A text alone is a function name. */
  addFrame(frame: FrameInput | string): FrameIndex {
    return this.frames.add(frame);
  }

  /** Adds a stack given by frames, ROOT FIRST. */
  add(
    stack: readonly (FrameInput | string)[],
    weight: number,
    count = 1,
    labels?: Labels,
  ): StackIndex {
    return this.addStack(
      stack.map((frame) => this.frames.add(frame)),
      weight,
      count,
      labels,
    );
  }

  /** Number of labels, to be used in {@link addStack}. All of them are in the table's columns. */
  addLabels(labels: Labels): LabelSet {
    return this.#labels.add(labels);
  }

  /**
   * Adds a stack given by what {@link addFrame} returned, ROOT FIRST, with labels or what
   * {@link addLabels} returned.
   */
  addStack(
    stack: ArrayLike<FrameIndex>,
    weight: number,
    count = 1,
    labels: Labels | LabelSet = NO_LABELS,
  ): StackIndex {
    checkFinite(weight, 'weight');
    checkFinite(count, 'count');
    const labelSet = typeof labels === 'number' ? labels : this.#labels.add(labels);
    let hash = 0x811c9dc5 ^ labelSet;
    for (let i = 0; i < stack.length; i++) {
      if (!(stack[i] >= 0 && stack[i] < this.frames.length && Number.isInteger(stack[i]))) {
        throw new CallTreeError('invalid-stacks', `There is no frame ${stack[i]}`, {
          field: `stack[${i}]`,
        });
      }
      hash = Math.imul(hash ^ stack[i], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash >>>= 0;
    const slot = this.#find(stack, hash, labelSet);
    if (this.#slots[slot] !== 0) {
      const known = this.#slots[slot] - 1;
      this.#weight[known] += weight;
      this.#count[known] += count;
      return known;
    }
    this.#labels.assign(this.#length, labelSet);
    return this.#append(stack, hash, slot, weight, count);
  }

  /** Adds weight of stacks that the table leaves out; it shows as "(other)". */
  addOther(weight: number, count = 0): void {
    checkFinite(weight, 'otherWeight');
    checkFinite(count, 'otherCount');
    this.#otherWeight += weight;
    this.#otherCount += count;
  }

  /** A table of its own: adding further stacks afterwards does not change it. */
  build(): StackTable {
    const length = this.#length;
    return {
      frames: this.frames.build(),
      stackOffset: this.#offset.slice(0, length + 1),
      frameIndex: this.#frameIndex.slice(0, this.#offset[length]),
      weight: this.#weight.slice(0, length),
      count: this.#count.slice(0, length),
      unit: this.unit,
      otherWeight: this.#otherWeight,
      otherCount: this.#otherCount,
      ...this.#labels.build(length),
    };
  }

  #append(
    stack: ArrayLike<FrameIndex>,
    hash: number,
    slot: number,
    weight: number,
    count: number,
  ): StackIndex {
    const index = this.#length++;
    this.#offset = grown(this.#offset, index + 2);
    this.#weight = grown(this.#weight, index + 1);
    this.#count = grown(this.#count, index + 1);
    this.#hash = grown(this.#hash, index + 1);
    const from = this.#offset[index];
    this.#frameIndex = grown(this.#frameIndex, from + stack.length);
    this.#frameIndex.set(stack, from);
    this.#offset[index + 1] = from + stack.length;
    this.#weight[index] = weight;
    this.#count[index] = count;
    this.#hash[index] = hash;
    this.#slots[slot] = index + 1;
    if (this.#length * 2 > this.#slots.length) this.#rehash();
    return index;
  }

  /** The slot that holds this stack, or the free one where it belongs. */
  #find(stack: ArrayLike<FrameIndex>, hash: number, labelSet: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] - 1;
      if (this.#equals(known, stack, hash) && this.#labels.of(known) === labelSet) break;
    }
    return slot;
  }

  #equals(index: StackIndex, stack: ArrayLike<FrameIndex>, hash: number): boolean {
    if (this.#hash[index] !== hash) return false;
    const from = this.#offset[index];
    if (this.#offset[index + 1] - from !== stack.length) return false;
    for (let i = 0; i < stack.length; i++) {
      if (this.#frameIndex[from + i] !== stack[i]) return false;
    }
    return true;
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let index = 0; index < this.#length; index++) {
      let slot = this.#hash[index] & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = index + 1;
    }
  }
}

function checkFinite(value: number, field: string): void {
  if (!Number.isFinite(value)) {
    throw new CallTreeError('invalid-stacks', `${field} ${value} is not a finite number`, {
      field,
    });
  }
}
