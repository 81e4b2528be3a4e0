import type {
  ProfilesData,
  ProfilesDictionary,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import { attributeMap, valueText } from './attributes.ts';
import { dateTime64, hexId } from './values.ts';

/** A row of the landing table: exactly the columns that the Collector's clickhouse exporter inserts. */
export interface ProfileRow {
  readonly Timestamp: string;
  readonly ProfileId: string;
  readonly SampleType: string;
  readonly SampleUnit: string;
  readonly ServiceName: string;
  readonly ResourceAttributes: Record<string, string>;
  readonly ScopeName: string;
  readonly ScopeVersion: string;
  readonly ProfileAttributes: Record<string, string>;
  readonly SampleAttributes: Record<string, string>;
  readonly StackHash: string;
  readonly Addresses: readonly string[];
  readonly FunctionNames: readonly string[];
  readonly FileNames: readonly string[];
  readonly LineNumbers: readonly number[];
  readonly MappingFileNames: readonly string[];
  readonly Values: readonly string[];
  readonly TimestampsUnixNano: readonly string[];
  readonly DurationNano: string;
  readonly Period: string;
  readonly PeriodType: string;
  readonly PeriodUnit: string;
  readonly TraceId: string;
  readonly SpanId: string;
}

/**
 * One row for each sample, stacks leaf first and inlined lines as frames of their own.
 *
 * Every index must be inside its table (`checkProfiles`), except that index 0 means "none" even where
 * a producer left the zero element out.
 */
export function* profileRows(data: ProfilesData): Generator<ProfileRow> {
  const tables = data.dictionary;
  if (tables === undefined) return;
  const strings = tables.stringTable;
  const text = (index = 0) => strings[index] ?? '';
  const stacks = new Map<number, StackColumns>();
  const stackOf = (index: number): StackColumns => {
    let stack = stacks.get(index);
    if (stack === undefined) stacks.set(index, (stack = stackColumns(tables, index)));
    return stack;
  };

  for (const { resource, scopeProfiles } of data.resourceProfiles) {
    const ResourceAttributes = attributeMap(resource?.attributes ?? [], strings);
    for (const { scope, profiles } of scopeProfiles) {
      for (const profile of profiles) {
        const shared = {
          Timestamp: dateTime64(profile.timeUnixNano),
          ProfileId: hexId(profile.profileId),
          SampleType: text(profile.sampleType?.typeStrindex),
          SampleUnit: text(profile.sampleType?.unitStrindex),
          ServiceName: ResourceAttributes['service.name'] ?? '',
          ResourceAttributes,
          ScopeName: scope?.name ?? '',
          ScopeVersion: scope?.version ?? '',
          ProfileAttributes: indexedAttributes(tables, profile.attributeIndices),
          DurationNano: String(profile.durationNano),
          Period: String(profile.period),
          PeriodType: text(profile.periodType?.typeStrindex),
          PeriodUnit: text(profile.periodType?.unitStrindex),
        };
        for (const sample of profile.samples) {
          const link = sample.linkIndex === 0 ? undefined : tables.linkTable[sample.linkIndex];
          yield {
            ...shared,
            ...stackOf(sample.stackIndex),
            SampleAttributes: indexedAttributes(tables, sample.attributeIndices),
            Values: sample.values.map(String),
            TimestampsUnixNano: sample.timestampsUnixNano.map(String),
            TraceId: link === undefined ? '' : hexId(link.traceId),
            SpanId: link === undefined ? '' : hexId(link.spanId),
          };
        }
      }
    }
  }
}

type StackColumns = Pick<
  ProfileRow,
  'StackHash' | 'Addresses' | 'FunctionNames' | 'FileNames' | 'LineNumbers' | 'MappingFileNames'
>;

function stackColumns(tables: ProfilesDictionary, stackIndex: number): StackColumns {
  const text = (index = 0) => tables.stringTable[index] ?? '';
  const addresses: string[] = [];
  const functionNames: string[] = [];
  const fileNames: string[] = [];
  const lineNumbers: number[] = [];
  const mappingFileNames: string[] = [];
  for (const locationIndex of tables.stackTable[stackIndex]?.locationIndices ?? []) {
    const location = tables.locationTable[locationIndex];
    if (location === undefined) continue;
    const mapping = text(tables.mappingTable[location.mappingIndex]?.filenameStrindex);
    const push = (name: string, file: string, line: bigint) => {
      addresses.push(String(location.address));
      functionNames.push(name);
      fileNames.push(file);
      lineNumbers.push(Number(BigInt.asIntN(32, line)));
      mappingFileNames.push(mapping);
    };
    if (location.lines.length === 0) push('', '', 0n);
    for (const line of location.lines) {
      const fn = tables.functionTable[line.functionIndex];
      push(text(fn?.nameStrindex), text(fn?.filenameStrindex), line.line);
    }
  }
  return {
    // The schema identifies stacks by their frames; nothing reads the exporter's own hash.
    StackHash: '0',
    Addresses: addresses,
    FunctionNames: functionNames,
    FileNames: fileNames,
    LineNumbers: lineNumbers,
    MappingFileNames: mappingFileNames,
  };
}

function indexedAttributes(
  { attributeTable, stringTable }: ProfilesDictionary,
  indices: readonly number[],
): Record<string, string> {
  const map = Object.create(null) as Record<string, string>;
  for (const index of indices) {
    const attribute = attributeTable[index];
    map[stringTable[attribute?.keyStrindex ?? 0] ?? ''] = valueText(attribute?.value, stringTable);
  }
  return map;
}
