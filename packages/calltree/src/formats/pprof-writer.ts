import {
  Function as PprofFunction,
  Label,
  Line,
  Location,
  Mapping,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { OTHER_LABEL } from '../frames/label.ts';
import { CallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';
import { gzip } from './gzip.ts';
import type { PprofOptions } from './pprof.ts';

/** What `pprofFromStackTable` does; it brings its library with it. */
export async function writePprof(
  stacks: StackTable,
  options: PprofOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const { frames, stackOffset, frameIndex, weight, count } = stacks;

  const mappings = new Map<number, Mapping>();
  const functions = new Map<string, PprofFunction>();
  const functionOf = (name: string, file: string) => {
    // Numbers of texts: whatever the texts hold, two pairs of them are never one key.
    const key = `${text(name)} ${text(file)}`;
    let fn = functions.get(key);
    if (!fn) {
      const id = functions.size + 1;
      fn = new PprofFunction({
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
      mapping = new Mapping({
        id: mappings.size + 1,
        filename: text(frames.strings[mappingText]),
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
      });
      mappings.set(mappingText, mapping);
    }
    const name = frames.strings[frames.name[frame]];
    return new Location({
      id: frame + 1,
      mappingId: mapping?.id ?? 0,
      address: frames.address[frame],
      line:
        name === ''
          ? []
          : [
              new Line({
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
        ({ key, values, value }) => new Label({ key: text(key), str: text(values[value[stack]]) }),
      );
  const sample = Array.from(weight, (_, stack) => {
    const leafFirst = frameIndex.slice(stackOffset[stack], stackOffset[stack + 1]).reverse();
    return new Sample({
      locationId: Array.from(leafFirst, (frame) => frame + 1),
      value: [whole(count[stack]), whole(weight[stack])],
      label: labelsOf(stack),
    });
  });
  if (stacks.otherWeight !== 0 || stacks.otherCount !== 0) {
    const id = locations.length + 1;
    locations.push(
      new Location({
        id,
        line: [new Line({ functionId: functionOf(OTHER_LABEL, ''), line: 0 })],
      }),
    );
    sample.push(
      new Sample({
        locationId: [id],
        value: [whole(stacks.otherCount), whole(stacks.otherWeight)],
      }),
    );
  }
  const valueType = (type: string, unit: string) =>
    new ValueType({ type: text(type), unit: text(unit) });
  const weightType = options.type ?? 'weight';
  const profile = new Profile({
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
