import {
  StackTableBuilder,
  type FrameIndex,
  type NamedStacks,
  type StackTable,
} from '@hyperflame/calltree';
import type { Profile, ProfilesData, ProfilesDictionary } from '@hyperflame/ingest/otlp';
// Only this file: what else the package has is for servers.
import { decodeProfiles, decodeProfilesJson } from '../../packages/ingest/src/otlp/codec.ts';

/** Reads a payload of OTLP profiles, in protobuf or JSON. Throws what the decoder throws. */
export function otlpStacks(file: Uint8Array): NamedStacks[] {
  const isJson = file[0] === 0x7b;
  const data = isJson ? decodeProfilesJson(new TextDecoder().decode(file)) : decodeProfiles(file);
  return stacksOfPayload(data);
}

/** One table for each type of profile: several resources may send the same one. */
function stacksOfPayload({ dictionary, resourceProfiles }: ProfilesData): NamedStacks[] {
  if (!dictionary) return [];
  const text = (index: number) => dictionary.stringTable[index] ?? '';
  const builders = new Map<string, StackTableBuilder>();
  for (const { scopeProfiles } of resourceProfiles) {
    for (const { profiles } of scopeProfiles) {
      for (const profile of profiles) {
        const { sampleType } = profile;
        const name = text(sampleType?.typeStrindex ?? 0);
        const unit = text(sampleType?.unitStrindex ?? 0) || 'count';
        const builder = builders.get(`${name}:${unit}`) ?? new StackTableBuilder({ unit });
        builders.set(`${name}:${unit}`, builder);
        addSamples(builder, profile, dictionary);
      }
    }
  }
  return Array.from(builders, ([name, builder]): { name: string; stacks: StackTable } => ({
    name,
    stacks: builder.build(),
  }));
}

function addSamples(
  builder: StackTableBuilder,
  profile: Profile,
  dictionary: ProfilesDictionary,
): void {
  const stacks = new Map<number, FrameIndex[]>();
  for (const { stackIndex, values, timestampsUnixNano } of profile.samples) {
    let stack = stacks.get(stackIndex);
    if (!stack) stacks.set(stackIndex, (stack = framesOf(builder, stackIndex, dictionary)));
    const count = Math.max(1, timestampsUnixNano.length);
    const weight = values.reduce((sum, value) => sum + Number(value), 0);
    builder.addStack(stack, values.length > 0 ? weight : count, count);
  }
}

/** ROOT FIRST; OTLP has the leaf first, and of inlined functions the innermost first. */
function framesOf(
  builder: StackTableBuilder,
  stackIndex: number,
  dictionary: ProfilesDictionary,
): FrameIndex[] {
  const { stackTable, locationTable, functionTable, mappingTable, stringTable } = dictionary;
  const text = (index: number | undefined) => stringTable[index ?? 0] ?? '';
  const leafFirst = (stackTable[stackIndex]?.locationIndices ?? []).flatMap((index) => {
    const location = locationTable[index];
    if (!location) return [];
    const { address, lines } = location;
    const mapping = text(mappingTable[location.mappingIndex]?.filenameStrindex);
    if (lines.length === 0) return [builder.addFrame({ mapping, address })];
    return lines.map(({ functionIndex, line }) => {
      const { nameStrindex, filenameStrindex } = functionTable[functionIndex] ?? {};
      return builder.addFrame({
        name: text(nameStrindex),
        file: text(filenameStrindex),
        line: Number(line),
        mapping,
      });
    });
  });
  return leafFirst.reverse();
}
