import type { AnyValue } from '../../gen/opentelemetry/proto/common/v1/common_pb.ts';
import type { ProfilesData } from '../../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import type { SpanLink } from '../dictionary.ts';

/** A profile with every index replaced by what it stands for, for tests to compare. */
export interface ReadableProfile {
  resource: Record<string, unknown>;
  scope: string;
  type: string;
  period: string;
  start: bigint;
  duration: bigint;
  samples: ReadableSample[];
}

export interface ReadableSample {
  stack: {
    address: bigint;
    mapping: string;
    attributes: Record<string, unknown>;
    lines: string[];
  }[];
  attributes: Record<string, unknown>;
  link: SpanLink | undefined;
  values: bigint[];
  timestamps: bigint[];
}

/** Written apart from the code under test: it only follows indices. */
export function readBack(data: ProfilesData): ReadableProfile[] {
  const tables = data.dictionary!;
  const string = (index: number) => tables.stringTable[index];
  const attributes = (indices: number[]) => {
    const record = Object.create(null) as Record<string, unknown>;
    for (const index of indices) {
      const [key, value] = anyValueOf(data, index);
      record[key] = value;
    }
    return record;
  };
  const stack = (index: number) =>
    tables.stackTable[index].locationIndices.map((at) => {
      const location = tables.locationTable[at];
      return {
        address: location.address,
        mapping: string(tables.mappingTable[location.mappingIndex].filenameStrindex),
        attributes: { ...attributes(location.attributeIndices) },
        lines: location.lines.map((line) => {
          const fn = tables.functionTable[line.functionIndex];
          return (
            `${string(fn.nameStrindex)} (${string(fn.systemNameStrindex)}) ` +
            `${string(fn.filenameStrindex)}:${line.line}:${line.column} from ${fn.startLine}`
          );
        }),
      };
    });
  const link = (index: number) => {
    if (index === 0) return undefined;
    const { traceId, spanId } = tables.linkTable[index];
    return {
      traceId: Buffer.from(traceId).toString('hex'),
      spanId: Buffer.from(spanId).toString('hex'),
    };
  };

  return data.resourceProfiles.flatMap(({ resource, scopeProfiles }) =>
    scopeProfiles.flatMap(({ scope, profiles }) =>
      profiles.map((profile) => ({
        resource: Object.fromEntries(
          (resource?.attributes ?? []).map((each) => [each.key, plain(each.value)]),
        ),
        scope: `${scope?.name} ${scope?.version}`,
        type: `${string(profile.sampleType!.typeStrindex)}/${string(profile.sampleType!.unitStrindex)}`,
        period:
          profile.periodType === undefined
            ? ''
            : `${profile.period} ${string(profile.periodType.typeStrindex)}/${string(profile.periodType.unitStrindex)}`,
        start: profile.timeUnixNano,
        duration: profile.durationNano,
        samples: profile.samples.map((sample) => ({
          stack: stack(sample.stackIndex),
          attributes: attributes(sample.attributeIndices),
          link: link(sample.linkIndex),
          values: sample.values,
          timestamps: sample.timestampsUnixNano,
        })),
      })),
    ),
  );
}

export function anyValueOf(data: ProfilesData, attributeIndex: number): [string, unknown] {
  const { attributeTable, stringTable } = data.dictionary!;
  const { keyStrindex, value } = attributeTable[attributeIndex];
  return [stringTable[keyStrindex], plain(value)];
}

function plain(value: AnyValue | undefined): unknown {
  if (value === undefined) return undefined;
  return value.value.case === 'arrayValue'
    ? value.value.value.values.map(plain)
    : value.value.value;
}
