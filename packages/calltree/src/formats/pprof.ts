import type { Mapping } from 'pprof-format';
import { OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';
import { gunzip, gzip, isGzip } from './gzip.ts';
import type { NamedStacks } from './named-stacks.ts';
import type { ReadProfileOptions } from './read-profile.ts';

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
  const { readPprof } = await import('./pprof-reader.ts');
  return readPprof(isGzip(bytes) ? await gunzip(bytes) : bytes, onProgress);
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
