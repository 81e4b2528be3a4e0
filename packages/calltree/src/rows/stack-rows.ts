import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { CallTreeError, isCallTreeError } from '../model/errors.ts';
import { FRAME_KINDS, type FrameIndex, type FrameKind } from '../model/frames.ts';
import type { LabelSet } from '../build/label-sets.ts';
import type { Labels, StackTable, Unit } from '../model/stacks.ts';

/** A 64-bit number as it arrives: text where such numbers are quoted, as they should be. */
export type RowNumber = number | string;

/** Which kind of row it is: the first column. */
const HEAD = 0;
const FRAME = 1;
const STACK = 2;
const UNKNOWN_STACK = 3;
const GROUP = 4;

/** The first row: what all stacks in question add up to, and texts that are the sender's own. */
export interface RowsHead {
  readonly weight: RowNumber;
  readonly samples: number;
  readonly texts: readonly string[];
}

/** What has been read so far. */
export interface RowsRead {
  readonly head: RowsHead | undefined;
  /** Rows of stacks, those whose frames are not known included. */
  readonly stacks: number;
  readonly unknownStacks: number;
  /** Of the stacks whose frames are known. */
  readonly weight: number;
  readonly samples: number;
  /** False when a weight is beyond 2^53 and therefore rounded. */
  readonly exact: boolean;
}

/** What the rows come to when all of them are read, as the sender of the head means it. */
export interface RowsTotal {
  readonly unit: Unit;
  readonly weight: number;
  readonly samples: number;
  /** Which part of the samples the figures are estimated from, where they are. */
  readonly samplingRate?: number;
  /** Rows of stacks, to tell how far the reading is and whether some are missing. */
  readonly stacks: number;
}

/** Reads rows one by one; the form they have is described at `StackRowsReader`. */
export class StackRows {
  readonly #builder = new StackTableBuilder();
  /** By the position in which they were sent; two that look the same are one frame. */
  readonly #frames: FrameIndex[] = [];
  readonly #path: FrameIndex[] = [];
  /** Group `g` is frame `~g`: below 0. */
  readonly #groups: Group[] = [];
  #rows = 0;
  #head: RowsHead | undefined;
  #stacks = 0;
  #unknownStacks = 0;
  #weight = 0;
  #samples = 0;
  #exact = true;

  get read(): RowsRead {
    return {
      head: this.#head,
      stacks: this.#stacks,
      unknownStacks: this.#unknownStacks,
      weight: this.#weight,
      samples: this.#samples,
      exact: this.#exact,
    };
  }

  /** The texts of frames from a position on: what somebody lacks who has those before it. */
  stringsFrom(position: number): string[] {
    return this.#builder.frames.stringsFrom(position);
  }

  /** Throws `invalid-rows` with the row's number. */
  add(row: unknown): void {
    const number = ++this.#rows;
    if (!isRow(row)) throw invalidRow(number, 'it is no row of frames or stacks');
    const [part, numbers, weight, samples, texts] = row;
    if (this.#head === undefined) {
      if (part !== HEAD) throw invalidRow(number, 'the head is missing');
      this.#head = { weight, samples, texts };
      return;
    }
    try {
      if (part === FRAME) this.#addFrame(texts, numbers[0]);
      else if (part === STACK) this.#addStack(numbers, Number(weight), samples, number);
      else if (part === UNKNOWN_STACK) this.#addUnknown();
      else if (part === GROUP) this.#addGroup(texts, Number(weight), samples);
      else throw invalidRow(number, 'it is of an unknown kind');
    } catch (error) {
      if (isCallTreeError(error) && error.kind === 'invalid-rows') throw error;
      throw invalidRow(number, error instanceof Error ? error.message : String(error), error);
    }
  }

  /** The stacks so far, and all that is missing from the total as weight of "(other)". */
  table({ unit, weight, samples, samplingRate }: Omit<RowsTotal, 'stacks'>): StackTable {
    return {
      ...this.#builder.build(),
      unit,
      otherWeight: weight - this.#weight,
      otherCount: samples - this.#samples,
      ...(samplingRate !== undefined && { samplingRate }),
      ...(this.#groups.length > 0 && {
        otherByLabels: this.#groups
          .filter((group) => group.weight !== 0 || group.count !== 0)
          .map((group) => ({ labels: group.labels, weight: group.weight, count: group.count })),
      }),
    };
  }

  #addGroup(texts: readonly string[], weight: number, count: number): void {
    const labels = Object.fromEntries(
      texts.flatMap((key, i) => (i % 2 === 0 ? [[key, texts[i + 1] ?? '']] : [])),
    ) as Labels;
    const set = this.#builder.addLabels(labels);
    this.#frames.push(~(this.#groups.push({ labels, set, weight, count }) - 1));
  }

  #addFrame([name, file, mapping, kind, address]: readonly string[], line?: number): void {
    const frame = {
      name,
      file,
      mapping,
      line,
      kind: frameKind(kind),
      address: address ? BigInt(address) : 0n,
    };
    this.#frames.push(this.#builder.addFrame(frame));
  }

  #addStack(numbers: readonly number[], weight: number, samples: number, row: number): void {
    const path = this.#path;
    const shared = numbers[0];
    if (!(shared >= 0 && shared <= path.length && Number.isInteger(shared)))
      throw invalidRow(row, 'it shares more frames than there are');
    let depth = shared;
    for (let n = 1; n < numbers.length; n++) {
      const frame = this.#frames[numbers[n] - 1];
      if (frame === undefined) throw invalidRow(row, 'it has a frame that was not sent');
      path[depth++] = frame;
    }
    path.length = depth;
    const group = path[0] < 0 ? this.#groups[~path[0]] : undefined;
    this.#builder.addStack(group ? path.slice(1) : path, weight, samples, group?.set);
    if (group) {
      group.weight -= weight;
      group.count -= samples;
    }
    if (!Number.isSafeInteger(weight)) this.#exact = false;
    this.#stacks++;
    this.#weight += weight;
    this.#samples += samples;
  }

  /** The stack after it shares no frames with it. */
  #addUnknown(): void {
    this.#path.length = 0;
    this.#stacks++;
    this.#unknownStacks++;
  }
}

/** Stacks with the same labels. */
interface Group {
  readonly labels: Labels;
  readonly set: LabelSet;
  /** Of all its stacks but those that have been read. */
  weight: number;
  count: number;
}

type Row = readonly [number, readonly number[], RowNumber, number, readonly string[]];

function isRow(row: unknown): row is Row {
  return (
    Array.isArray(row) &&
    Array.isArray(row[1]) &&
    Array.isArray(row[4]) &&
    (row[4] as unknown[]).every((text) => typeof text === 'string')
  );
}

/** The kind, or `unknown`: a frame may have none, and a newer producer may send new ones. */
export function frameKind(kind: string): FrameKind {
  return (FRAME_KINDS as readonly string[]).includes(kind) ? (kind as FrameKind) : 'unknown';
}

/** @param row counted from 1 */
export function invalidRow(row: number, what: string, cause?: unknown): CallTreeError {
  return new CallTreeError('invalid-rows', `Row ${row} can't be read: ${what}`, {
    field: `row[${row}]`,
    cause,
  });
}
