import { CallTreeError } from '../model/errors.ts';
import {
  FRAME_KINDS,
  type FrameIndex,
  type FrameKind,
  type FrameTable,
  type StringIndex,
} from '../model/frames.ts';
import { grown } from './grow.ts';

/** A frame as a person or a parser writes it. */
export interface FrameInput {
  /** Function name; leave it out for a frame without symbols. */
  readonly name?: string;
  readonly file?: string;
  /** Binary, shared object or module. */
  readonly mapping?: string;
  /** 1-based; 0 or nothing when unknown. */
  readonly line?: number;
  readonly kind?: FrameKind;
  /** Address inside the mapping. */
  readonly address?: bigint | number;
}

const KIND_INDEX: ReadonlyMap<string, number> = new Map(
  FRAME_KINDS.map((kind, index) => [kind, index]),
);

/** Collects distinct frames and texts: the same frame gets the same index again. */
export class FrameTableBuilder {
  readonly #strings: string[] = [''];
  readonly #stringIndex = new Map<string, StringIndex>([['', 0]]);
  readonly #frameIndex = new Map<string, FrameIndex>();
  #length = 0;
  #name = new Uint32Array(64);
  #file = new Uint32Array(64);
  #mapping = new Uint32Array(64);
  #line = new Uint32Array(64);
  #kind = new Uint8Array(64);
  #address = new BigUint64Array(64);

  get length(): number {
    return this.#length;
  }

  /** Index of the frame, which is added if it is new. A text alone is a function name. */
  add(input: FrameInput | string): FrameIndex {
    const frame = typeof input === 'string' ? { name: input } : input;
    const name = this.#intern(frame.name);
    const file = this.#intern(frame.file);
    const mapping = this.#intern(frame.mapping);
    const line = checkedLine(frame.line);
    const kind = (frame.kind && KIND_INDEX.get(frame.kind)) ?? 0;
    const address = checkedAddress(frame.address);

    const identity = `${name},${file},${mapping},${line},${kind},${address}`;
    const known = this.#frameIndex.get(identity);
    if (known !== undefined) return known;

    const index = this.#length++;
    this.#reserve(this.#length);
    this.#name[index] = name;
    this.#file[index] = file;
    this.#mapping[index] = mapping;
    this.#line[index] = line;
    this.#kind[index] = kind;
    this.#address[index] = address;
    this.#frameIndex.set(identity, index);
    return index;
  }

  /** The texts from a position on, in the order in which they were first used. */
  stringsFrom(position: StringIndex): string[] {
    return this.#strings.slice(position);
  }

  /** A table of its own: adding further frames afterwards does not change it. */
  build(): FrameTable {
    const { length } = this;
    return {
      length,
      strings: this.#strings.slice(),
      name: this.#name.slice(0, length),
      file: this.#file.slice(0, length),
      mapping: this.#mapping.slice(0, length),
      line: this.#line.slice(0, length),
      kind: this.#kind.slice(0, length),
      address: this.#address.slice(0, length),
    };
  }

  #intern(text: string | undefined): StringIndex {
    if (!text) return 0;
    let index = this.#stringIndex.get(text);
    if (index === undefined) {
      index = this.#strings.push(text) - 1;
      this.#stringIndex.set(text, index);
    }
    return index;
  }

  #reserve(length: number): void {
    this.#name = grown(this.#name, length);
    this.#file = grown(this.#file, length);
    this.#mapping = grown(this.#mapping, length);
    this.#line = grown(this.#line, length);
    this.#kind = grown(this.#kind, length);
    this.#address = grown(this.#address, length);
  }
}

function checkedLine(line: number | undefined): number {
  if (line === undefined) return 0;
  // Producers write -1 or 0 for "no line"; neither is a place in a file.
  if (Number.isNaN(line))
    throw new CallTreeError('invalid-stacks', 'A line is not a number', { field: 'line' });
  return line > 0 && line <= 0xffffffff ? Math.trunc(line) : 0;
}

function checkedAddress(address: bigint | number | undefined): bigint {
  if (address === undefined) return 0n;
  if (typeof address === 'bigint') return BigInt.asUintN(64, address);
  if (!Number.isSafeInteger(address)) {
    throw new CallTreeError(
      'invalid-stacks',
      `Address ${address} is not a whole number below 2^53; give it as a bigint`,
      { field: 'address' },
    );
  }
  return BigInt.asUintN(64, BigInt(address));
}
