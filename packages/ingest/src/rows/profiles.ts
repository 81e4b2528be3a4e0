import type {
  Function as FunctionEntry,
  ProfilesData,
  ProfilesDictionary,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import { attributeMap, sortedMap, valueText } from './attributes.ts';
import { dateTime64, hexId } from './values.ts';

/**
 * A row of the landing table: the columns that the Collector's clickhouse exporter inserts, and those
 * of frames that it drops.
 */
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
  /** Of each frame, like the three below; empty where no frame of the stack has one. */
  readonly SystemNames: readonly string[];
  readonly ColumnNumbers: readonly number[];
  readonly BuildIds: readonly string[];
  readonly Kinds: readonly string[];
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
  | 'StackHash'
  | 'Addresses'
  | 'FunctionNames'
  | 'FileNames'
  | 'LineNumbers'
  | 'MappingFileNames'
  | 'SystemNames'
  | 'ColumnNumbers'
  | 'BuildIds'
  | 'Kinds'
>;

/** What a mapping may be identified by, the best first. */
const BUILD_IDS = ['gnu', 'go', 'htlhash'].map((kind) => `process.executable.build_id.${kind}`);

function stackColumns(tables: ProfilesDictionary, stackIndex: number): StackColumns {
  const text = (index = 0) => tables.stringTable[index] ?? '';
  const attributes = (indices: readonly number[] = []) => indexedAttributes(tables, indices);
  const Addresses: string[] = [];
  const FunctionNames: string[] = [];
  const FileNames: string[] = [];
  const LineNumbers: number[] = [];
  const MappingFileNames: string[] = [];
  const SystemNames: string[] = [];
  const ColumnNumbers: number[] = [];
  const BuildIds: string[] = [];
  const Kinds: string[] = [];
  for (const locationIndex of tables.stackTable[stackIndex]?.locationIndices ?? []) {
    const location = tables.locationTable[locationIndex];
    if (location === undefined) continue;
    const mapping = tables.mappingTable[location.mappingIndex];
    const ids = attributes(mapping?.attributeIndices);
    const kind = attributes(location.attributeIndices)['profile.frame.type'] ?? '';
    const push = (fn: FunctionEntry | undefined, line: bigint, column: bigint) => {
      const name = text(fn?.nameStrindex);
      const systemName = text(fn?.systemNameStrindex);
      Addresses.push(String(location.address));
      FunctionNames.push(name);
      FileNames.push(text(fn?.filenameStrindex));
      LineNumbers.push(Number(BigInt.asIntN(32, line)));
      MappingFileNames.push(text(mapping?.filenameStrindex));
      SystemNames.push(systemName === name ? '' : systemName);
      ColumnNumbers.push(Number(BigInt.asUintN(32, column)));
      BuildIds.push(BUILD_IDS.map((key) => ids[key]).find((id) => id) ?? '');
      Kinds.push(kind);
    };
    if (location.lines.length === 0) push(undefined, 0n, 0n);
    for (const { functionIndex, line, column } of location.lines) {
      push(tables.functionTable[functionIndex], line, column);
    }
  }
  return {
    // The schema identifies stacks by their frames; nothing reads the exporter's own hash.
    StackHash: '0',
    Addresses,
    FunctionNames,
    FileNames,
    LineNumbers,
    MappingFileNames,
    SystemNames: whereAny(SystemNames),
    ColumnNumbers: whereAny(ColumnNumbers),
    BuildIds: whereAny(BuildIds),
    Kinds: whereAny(Kinds),
  };
}

/** Nothing at all instead of a list of nothings. */
function whereAny<Value extends string | number>(values: readonly Value[]): readonly Value[] {
  return values.some(Boolean) ? values : [];
}

function indexedAttributes(
  { attributeTable, stringTable }: ProfilesDictionary,
  indices: readonly number[],
): Record<string, string> {
  return sortedMap(
    indices.map((index) => {
      const attribute = attributeTable[index];
      const key = stringTable[attribute?.keyStrindex ?? 0] ?? '';
      return [key, valueText(attribute?.value, stringTable)];
    }),
  );
}
