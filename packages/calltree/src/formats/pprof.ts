import type { Label, Location, Mapping, Profile } from 'pprof-format';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import { OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { Labels, StackTable } from '../model/stacks.ts';
import { gunzip, gzip, isGzip } from './gzip.ts';
import { malformed } from './guards.ts';
import { LabelKeys } from './label-keys.ts';
import type { NamedStacks } from './named-stacks.ts';
import type { ReadProfileOptions } from './read-profile.ts';
import { unitOfFile } from './units.ts';

/**
 * Reads every sample type of a pprof profile, gzipped or not. Times become nanoseconds. The sample
 * type that counts (`samples/count`, or `alloc_objects/count` before `alloc_space/bytes`) gives the
 * others their sample counts. Throws `invalid-format`, naming the place.
 * Source: https://github.com/google/pprof/blob/main/proto/profile.proto
 */
export async function stackTablesFromPprof(
  bytes: Uint8Array,
  { onProgress }: ReadProfileOptions = {},
): Promise<NamedStacks[]> {
  const { Profile } = await import('pprof-format');
  const plain = isGzip(bytes) ? await gunzip(bytes) : bytes;
  let profile: Profile;
  try {
    profile = Profile.decode(plain);
  } catch (cause) {
    throw new CallTreeError('invalid-format', 'Neither text nor a pprof profile', { cause });
  }
  return new PprofReader(profile).read(onProgress);
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
    let counting = -1;
    const targets = types.map(({ name, unit: fileUnit }, i) => {
      // Where samples are counted as such, no other figure without a unit says how many there are.
      if (fileUnit === 'count' && types[counting]?.name !== 'samples') counting = i;
      const { unit, factor } = unitOfFile(fileUnit);
      return { name, factor, counting, builder: new StackTableBuilder({ unit }) };
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
      targets.forEach(({ builder, factor, counting: counts }, type) => {
        const weight = signed(value[type]) * factor;
        const count = counts === -1 ? Number(weight !== 0) : signed(value[counts]);
        if (weight === 0 && count === 0) return;
        if (isOther) {
          builder.addOther(weight, count);
          return;
        }
        const stack: FrameIndex[] = [];
        for (let i = locationId.length - 1; i >= 0; i--) {
          const id = exact(locationId[i]);
          let known = frames[type].get(id);
          if (!known) {
            known = this.#frames(builder, id, `${place}.location_id[${i}]`);
            frames[type].set(id, known);
          }
          for (const frame of known) stack.push(frame);
        }
        builder.addStack(stack, weight, count, labels);
      });
    });
    return targets.map(({ name, builder }) => ({ name, stacks: builder.build() }));
  }

  /** Whether a location is what {@link pprofFromStackTable} writes for what a table leaves out. */
  #isOther(id: Numeric): boolean {
    const lines = this.#locations.get(id)?.line ?? [];
    const fn = lines.length === 1 ? this.#functions.get(exact(lines[0].functionId)) : undefined;
    return this.#strings[Number(fn?.name)] === OTHER_LABEL && Number(fn?.filename) === 0;
  }

  /** The frames of a location, ROOT FIRST: its last line called those inlined before it. */
  #frames(builder: StackTableBuilder, id: Numeric, place: string): FrameIndex[] {
    const location = this.#locations.get(id);
    if (!location) throw malformed(place, `there is no location ${id}`);
    const mappingId = exact(location.mappingId);
    const mapping = this.#mappings.get(mappingId);
    if (mappingId !== 0 && !mapping) throw malformed(place, `there is no mapping ${mappingId}`);
    const binary = mapping ? this.#text(mapping.filename, `mapping ${mappingId}`) : '';
    const address = BigInt.asUintN(64, BigInt(location.address));
    const withoutSymbols = () => builder.addFrame({ mapping: binary, address });
    if (location.line.length === 0) return [withoutSymbols()];
    return location.line
      .map(({ functionId, line }) => {
        const id = exact(functionId);
        // A line may say that its function is not known.
        if (id === 0) return withoutSymbols();
        const fn = this.#functions.get(id);
        if (!fn) throw malformed(place, `there is no function ${functionId}`);
        return builder.addFrame({
          name:
            this.#text(fn.name, `function ${functionId}`) ||
            this.#text(fn.systemName, `function ${functionId}`),
          file: this.#text(fn.filename, `function ${functionId}`),
          mapping: binary,
          line: signed(line),
        });
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

export interface PprofOptions {
  /** What the weights are, in pprof's words, such as `cpu` or `inuse_space`. `weight` if not said. */
  readonly type?: string;
}

/**
 * Writes a gzipped pprof profile with two sample types: the number of samples, and the weights in
 * their unit. pprof holds whole numbers of 64 bits only, so weights are rounded, and larger ones
 * throw `invalid-stacks`. What the table leaves out becomes a function `(other)`, which is read as
 * such again; labels become texts. Frame kinds, addresses of frames with symbols, files of those
 * without, and the sampling rate are lost.
 */
export async function pprofFromStackTable(
  stacks: StackTable,
  options: PprofOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const pprof = await import('pprof-format');
  const strings = new pprof.StringTable();
  const text = (value: string) => strings.dedup(value);
  const { frames, stackOffset, frameIndex, weight, count } = stacks;

  const mappings = new Map<number, Mapping>();
  const functions = new Map<string, InstanceType<typeof pprof.Function>>();
  const functionOf = (name: string, file: string) => {
    // Numbers of texts: whatever the texts hold, two pairs of them are never one key.
    const key = `${text(name)} ${text(file)}`;
    let fn = functions.get(key);
    if (!fn) {
      const id = functions.size + 1;
      fn = new pprof.Function({
        id,
        name: text(name),
        systemName: text(name),
        filename: text(file),
      });
      functions.set(key, fn);
    }
    return fn.id;
  };
  const locations = Array.from({ length: frames.length }, (_, frame) => {
    const mappingText = frames.mapping[frame];
    let mapping = mappings.get(mappingText);
    if (mappingText !== 0 && !mapping) {
      mapping = new pprof.Mapping({
        id: mappings.size + 1,
        filename: text(frames.strings[mappingText]),
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
      });
      mappings.set(mappingText, mapping);
    }
    const name = frames.strings[frames.name[frame]];
    return new pprof.Location({
      id: frame + 1,
      mappingId: mapping?.id ?? 0,
      address: frames.address[frame],
      line:
        name === ''
          ? []
          : [
              new pprof.Line({
                functionId: functionOf(name, frames.strings[frames.file[frame]]),
                line: frames.line[frame],
              }),
            ],
    });
  });

  const labelsOf = (stack: number) =>
    (stacks.labels ?? [])
      .filter(({ value }) => value[stack] !== 0)
      .map(
        ({ key, values, value }) =>
          new pprof.Label({ key: text(key), str: text(values[value[stack]]) }),
      );
  const sample = Array.from(weight, (_, stack) => {
    const leafFirst = frameIndex.slice(stackOffset[stack], stackOffset[stack + 1]).reverse();
    return new pprof.Sample({
      locationId: Array.from(leafFirst, (frame) => frame + 1),
      value: [whole(count[stack]), whole(weight[stack])],
      label: labelsOf(stack),
    });
  });
  if (stacks.otherWeight !== 0 || stacks.otherCount !== 0) {
    const id = locations.length + 1;
    locations.push(
      new pprof.Location({
        id,
        line: [new pprof.Line({ functionId: functionOf(OTHER_LABEL, ''), line: 0 })],
      }),
    );
    sample.push(
      new pprof.Sample({
        locationId: [id],
        value: [whole(stacks.otherCount), whole(stacks.otherWeight)],
      }),
    );
  }
  const valueType = (type: string, unit: string) =>
    new pprof.ValueType({ type: text(type), unit: text(unit) });
  const weightType = options.type ?? 'weight';
  const profile = new pprof.Profile({
    sampleType: [valueType('samples', 'count'), valueType(weightType, stacks.unit)],
    sample,
    mapping: [...mappings.values()],
    location: locations,
    function: [...functions.values()],
    stringTable: strings,
  });
  return gzip(profile.encode());
}

/** Throws `invalid-stacks` for a number that does not fit into the 64 bits that pprof has for it. */
function whole(value: number): bigint {
  const rounded = BigInt(Math.round(value));
  if (BigInt.asIntN(64, rounded) === rounded) return rounded;
  throw new CallTreeError('invalid-stacks', `pprof cannot hold ${value}: it has 64 bits`);
}
