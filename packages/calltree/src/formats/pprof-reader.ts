import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Profile, type Label, type Location, type Mapping } from 'pprof-format';
import { OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError, isCallTreeError } from '../model/errors.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { Labels } from '../model/stacks.ts';
import { BoundedStacks, Budget, checkDepth } from './budget.ts';
import { malformed } from './guards.ts';
import { LabelKeys } from './label-keys.ts';
import { Memory } from './memory.ts';
import type { NamedStacks } from './named-stacks.ts';
import { baseUnit } from '../model/base-unit.ts';

/** Reads every sample type of a pprof profile that is not zipped, the one that it is about first. */
export function readPprof(bytes: Uint8Array, onProgress?: (share: number) => void): NamedStacks[] {
  refuseDamagedJson(bytes);
  let profile: Profile;
  try {
    weigh(bytes, new BinaryReader(bytes), bytes.length, PROFILE, new Memory());
    profile = Profile.decode(bytes);
  } catch (cause) {
    if (isCallTreeError(cause)) throw cause;
    throw new CallTreeError('invalid-format', 'Neither text nor a pprof profile', { cause });
  }
  return new PprofReader(profile).read(onProgress);
}

/** What is no text is taken for pprof, but no pprof begins as JSON does. */
function refuseDamagedJson(bytes: Uint8Array): void {
  if (!/^[ \t\r\n]*\{/.test(String.fromCharCode(...bytes.subarray(0, 64)))) return;
  const at = firstNoText(bytes);
  if (at < bytes.length) throw malformed(`byte ${at}`, 'this is no UTF-8');
}

/** Where bytes stop being text. */
function firstNoText(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let at = 0;
  // What is no text becomes U+FFFD, but a file may have that too.
  for (const text of lenient.split('\ufffd')) {
    at += new TextEncoder().encode(text).length;
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) break;
    at += 3;
  }
  return at;
}

/** What a field of a message holds: messages, which may hold such fields, or texts, or numbers. */
interface Field {
  readonly name: string;
  readonly holds?: Fields | 'texts' | 'numbers';
}
type Fields = Readonly<Record<number, Field>>;

/** The fields of a profile that there may be very many of. */
const PROFILE: Fields = {
  1: { name: 'sample_type' },
  2: {
    name: 'sample',
    holds: {
      1: { name: 'sample.location_id', holds: 'numbers' },
      2: { name: 'sample.value', holds: 'numbers' },
      3: { name: 'sample.label' },
    },
  },
  3: { name: 'mapping' },
  4: { name: 'location', holds: { 4: { name: 'location.line' } } },
  5: { name: 'function' },
  6: { name: 'string_table', holds: 'texts' },
  13: { name: 'comment', holds: 'numbers' },
};

/** Bytes that parts of a profile take once they are decoded. */
const PER_MESSAGE = 176;
const PER_TEXT = 300;
const PER_NUMBER = 8;

/** Goes through a message without decoding it, for what it is decoded into may not fit anywhere. */
function weigh(
  bytes: Uint8Array,
  reader: BinaryReader,
  end: number,
  fields: Fields,
  memory: Memory,
): void {
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const { name, holds } = (fields[number] as Field | undefined) ?? { name: 'profile' };
    if (wireType !== WireType.LengthDelimited) {
      reader.skip(wireType, number);
      memory.take(PER_NUMBER, name);
      continue;
    }
    const length = reader.uint32();
    const to = reader.pos + length;
    if (to > end) throw new RangeError('A message is longer than it says');
    if (holds === 'numbers') {
      let numbers = 0;
      for (let at = reader.pos; at < to; at++) if (bytes[at] < 0x80) numbers++;
      memory.take(numbers * PER_NUMBER, name);
    } else if (holds === 'texts') {
      memory.take(PER_TEXT + 2 * length, name);
    } else {
      memory.take(PER_MESSAGE, name);
      if (holds) weigh(bytes, reader, to, holds, memory);
    }
    reader.pos = to;
  }
}

/** After so many it is told how far the reading is. */
const SAMPLES_AT_ONCE = 20_000;

/** 64-bit numbers come as numbers while they are small. */
type Numeric = number | bigint;

class PprofReader {
  readonly #profile: Profile;
  readonly #strings: readonly string[];
  readonly #locations: ReadonlyMap<Numeric, Location>;
  readonly #functions;
  readonly #mappings: ReadonlyMap<Numeric, Mapping>;
  readonly #labelKeys = new LabelKeys();

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#strings = profile.stringTable.strings;
    this.#locations = new Map(profile.location.map((one) => [exact(one.id), one]));
    this.#functions = new Map(profile.function.map((one) => [exact(one.id), one]));
    this.#mappings = new Map(profile.mapping.map((one) => [exact(one.id), one]));
  }

  read(onProgress?: (share: number) => void): NamedStacks[] {
    const { sampleType, sample } = this.#profile;
    if (sampleType.length === 0) throw malformed('sample_type', 'a profile has at least one');
    const types = sampleType.map((type, i) => ({
      name: this.#text(type.type, `sample_type[${i}].type`),
      unit: this.#text(type.unit, `sample_type[${i}].unit`),
    }));
    const budget = new Budget();
    let counting = -1;
    const targets = types.map(({ name, unit: fileUnit }, i) => {
      // Where samples are counted as such, no other figure without a unit says how many there are.
      if (fileUnit === 'count' && types[counting]?.name !== 'samples') counting = i;
      const { unit, factor } = baseUnit(fileUnit);
      const stacks = new BoundedStacks(unit, budget, `sample_type[${i}]`, this.#labelKeys);
      return { name, factor, counting, stacks };
    });
    // Each table has frames of its own, so each location becomes a frame in each of them once.
    const frames = targets.map(() => new Map<Numeric, readonly FrameIndex[]>());

    sample.forEach(({ locationId, value, label }, number) => {
      if (number % SAMPLES_AT_ONCE === 0) onProgress?.(number / sample.length);
      const place = `sample[${number}]`;
      if (value.length !== types.length) {
        throw malformed(
          `${place}.value`,
          `${value.length} values for ${types.length} sample types`,
        );
      }
      const labels = this.#labels(label, place);
      const isOther = !labels && locationId.length === 1 && this.#isOther(exact(locationId[0]));
      targets.forEach(({ stacks, factor, counting: counts }, type) => {
        const weight = signed(value[type]) * factor;
        const count = counts === -1 ? Number(weight !== 0) : signed(value[counts]);
        if (weight === 0 && count === 0) return;
        if (isOther) {
          stacks.addOther(weight, count, place);
          return;
        }
        const stack: FrameIndex[] = [];
        for (let i = locationId.length - 1; i >= 0; i--) {
          const id = exact(locationId[i]);
          let known = frames[type].get(id);
          if (!known) {
            known = this.#frames(stacks, id, `${place}.location_id[${i}]`);
            frames[type].set(id, known);
          }
          for (const frame of known) stack.push(frame);
          checkDepth(stack.length, place);
        }
        stacks.addStack(stack, place, weight, count, labels && stacks.addLabels(labels, place));
      });
    });
    const tables = targets.map(({ name, stacks }) => ({ name, stacks: stacks.build() }));
    const first = this.#defaultOf(types.map(({ name }) => name));
    return [tables[first], ...tables.filter((_, type) => type !== first)];
  }

  /** The sample type that a person wants to see: the one that the file names, else the last. */
  #defaultOf(names: readonly string[]): number {
    const { defaultSampleType } = this.#profile;
    const named = names.indexOf(this.#text(defaultSampleType, 'default_sample_type'));
    return Number(defaultSampleType) !== 0 && named !== -1 ? named : names.length - 1;
  }

  /** Whether a location is what {@link pprofFromStackTable} writes for what a table leaves out. */
  #isOther(id: Numeric): boolean {
    const lines = this.#locations.get(id)?.line ?? [];
    const fn = lines.length === 1 ? this.#functions.get(exact(lines[0].functionId)) : undefined;
    return this.#strings[Number(fn?.name)] === OTHER_LABEL && Number(fn?.filename) === 0;
  }

  /** The frames of a location, ROOT FIRST: its last line called those inlined before it. */
  #frames(stacks: BoundedStacks, id: Numeric, place: string): FrameIndex[] {
    const location = this.#locations.get(id);
    if (!location) throw malformed(place, `there is no location ${id}`);
    const mappingId = exact(location.mappingId);
    const mapping = this.#mappings.get(mappingId);
    if (mappingId !== 0 && !mapping) throw malformed(place, `there is no mapping ${mappingId}`);
    const binary = mapping ? this.#text(mapping.filename, `mapping ${mappingId}`) : '';
    const address = BigInt.asUintN(64, BigInt(location.address));
    const withoutSymbols = () => stacks.addFrame({ mapping: binary, address }, place);
    checkDepth(location.line.length, place);
    if (location.line.length === 0) return [withoutSymbols()];
    return location.line
      .map(({ functionId, line }) => {
        const id = exact(functionId);
        // A line may say that its function is not known.
        if (id === 0) return withoutSymbols();
        const fn = this.#functions.get(id);
        if (!fn) throw malformed(place, `there is no function ${functionId}`);
        const at = `function ${functionId}`;
        const name = this.#text(fn.name, at) || this.#text(fn.systemName, at);
        return stacks.addFrame(
          {
            name,
            file: this.#text(fn.filename, at),
            mapping: binary,
            line: signed(line),
            address: name === '' ? address : 0n,
          },
          place,
        );
      })
      .reverse();
  }

  /** Numbers are texts with their unit: `4096 bytes`. Of a label given twice, both values stay. */
  #labels(given: readonly Label[], place: string): Labels | undefined {
    if (given.length === 0) return undefined;
    const labels = new Map<string, string>();
    given.forEach(({ key, str, num, numUnit }, i) => {
      const at = `${place}.label[${i}]`;
      const number = [BigInt.asIntN(64, BigInt(num)), this.#text(numUnit, at)].join(' ').trim();
      const name = this.#text(key, at);
      const text = Number(str) !== 0 ? this.#text(str, at) : number;
      this.#labelKeys.add(name, at);
      const before = labels.get(name);
      labels.set(name, before === undefined ? text : `${before}, ${text}`);
    });
    return Object.fromEntries(labels);
  }

  #text(index: Numeric, place: string): string {
    const text = this.#strings[Number(index)];
    if (text === undefined) throw malformed(place, `there is no text ${index}`);
    return text;
  }
}

/** An id as a number where that holds it: above 2^53, numbers of several ids would be one. */
function exact(id: Numeric): Numeric {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}

/** Protobuf keeps a negative number as the 64-bit one above it. */
function signed(value: Numeric): number {
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : value;
}
