import type {
  Profile,
  ProfilesData,
  ProfilesDictionary,
  Sample,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';

/** A broken rule of the specification. */
export interface ProfilesProblem {
  /** Where, e.g. `dictionary.stack_table[3]` or `resource_profiles[0].scope_profiles[0].profiles[1].samples[7]`. */
  readonly path: string;
  readonly problem: string;
  /** It refers to what is not there, so the payload cannot be read; otherwise it only breaks a rule. */
  readonly unreadable: boolean;
}

/**
 * Checks what a protobuf decoder cannot: that every index is inside its table, that tables start
 * with the zero element, that ids have their lengths, and that a sample's values and times fit.
 *
 * Stops after `limit` problems, because one wrong table makes thousands. With `unreadableOnly` it
 * leaves out the rules that a reader can do without.
 */
export function checkProfiles(
  data: ProfilesData,
  { limit = 20, unreadableOnly = false }: { limit?: number; unreadableOnly?: boolean } = {},
): ProfilesProblem[] {
  const problems: ProfilesProblem[] = [];
  const tables = data.dictionary;
  if (tables === undefined) {
    const samples = data.resourceProfiles.some(({ scopeProfiles }) =>
      scopeProfiles.some(({ profiles }) => profiles.some((profile) => profile.samples.length > 0)),
    );
    return samples ? [{ path: 'dictionary', problem: 'it is missing', unreadable: true }] : [];
  }
  const report: Report = (path, problem, unreadable = false) => {
    if (unreadableOnly && !unreadable) return;
    if (problems.length < limit) problems.push({ path, problem, unreadable });
  };
  checkDictionary(tables, report);
  data.resourceProfiles.forEach((resource, r) =>
    resource.scopeProfiles.forEach((scope, s) =>
      scope.profiles.forEach((profile, p) =>
        checkProfile(
          tables,
          profile,
          `resource_profiles[${r}].scope_profiles[${s}].profiles[${p}]`,
          report,
        ),
      ),
    ),
  );
  return problems;
}

type Report = (path: string, problem: string, unreadable?: boolean) => void;

type TableName = keyof Omit<ProfilesDictionary, '$typeName' | '$unknown'>;

const TABLE_NAMES: Record<TableName, string> = {
  mappingTable: 'mapping_table',
  locationTable: 'location_table',
  functionTable: 'function_table',
  linkTable: 'link_table',
  stringTable: 'string_table',
  attributeTable: 'attribute_table',
  stackTable: 'stack_table',
};

function checkDictionary(tables: ProfilesDictionary, report: Report): void {
  for (const [table, name] of Object.entries(TABLE_NAMES) as [TableName, string][]) {
    if (tables[table].length === 0) report(`dictionary.${name}`, 'its zero element is missing');
  }
  if (tables.stringTable.length > 0 && tables.stringTable[0] !== '') {
    report('dictionary.string_table[0]', 'it must be empty');
  }
  const within = rangeCheck(tables, report);
  tables.mappingTable.forEach((mapping, index) => {
    const path = `dictionary.mapping_table[${index}]`;
    within('stringTable', mapping.filenameStrindex, path);
    for (const attribute of mapping.attributeIndices) within('attributeTable', attribute, path);
  });
  tables.functionTable.forEach((fn, index) => {
    const path = `dictionary.function_table[${index}]`;
    within('stringTable', fn.nameStrindex, path);
    within('stringTable', fn.systemNameStrindex, path);
    within('stringTable', fn.filenameStrindex, path);
  });
  tables.locationTable.forEach((location, index) => {
    const path = `dictionary.location_table[${index}]`;
    within('mappingTable', location.mappingIndex, path);
    for (const line of location.lines) within('functionTable', line.functionIndex, path);
    for (const attribute of location.attributeIndices) within('attributeTable', attribute, path);
  });
  tables.stackTable.forEach((stack, index) => {
    for (const location of stack.locationIndices) {
      within('locationTable', location, `dictionary.stack_table[${index}]`);
    }
  });
  tables.attributeTable.forEach((attribute, index) => {
    const path = `dictionary.attribute_table[${index}]`;
    within('stringTable', attribute.keyStrindex, path);
    within('stringTable', attribute.unitStrindex, path);
  });
  tables.linkTable.forEach((link, index) => {
    if (index === 0) return;
    if (link.traceId.length !== 16 || link.spanId.length !== 8) {
      report(
        `dictionary.link_table[${index}]`,
        `its ids have ${link.traceId.length} and ${link.spanId.length} bytes, not 16 and 8`,
      );
    }
  });
}

function checkProfile(
  tables: ProfilesDictionary,
  profile: Profile,
  path: string,
  report: Report,
): void {
  const within = rangeCheck(tables, report);
  for (const type of [profile.sampleType, profile.periodType]) {
    within('stringTable', type?.typeStrindex ?? 0, path);
    within('stringTable', type?.unitStrindex ?? 0, path);
  }
  for (const attribute of profile.attributeIndices) within('attributeTable', attribute, path);
  if (profile.profileId.length !== 0 && profile.profileId.length !== 16) {
    report(path, `its profile id has ${profile.profileId.length} bytes, not 16`);
  }
  const shape = profile.samples.length === 0 ? '' : shapeOf(profile.samples[0]);
  profile.samples.forEach((sample, index) => {
    const at = `${path}.samples[${index}]`;
    within('stackTable', sample.stackIndex, at);
    within('linkTable', sample.linkIndex, at);
    for (const attribute of sample.attributeIndices) within('attributeTable', attribute, at);
    const values = sample.values.length;
    const times = sample.timestampsUnixNano.length;
    if (values === 0 && times === 0) {
      report(at, 'it has neither values nor timestamps');
    } else if (times > 0 && values > 0 && values !== times) {
      report(at, `it has ${values} values but ${times} timestamps`);
    } else if (shapeOf(sample) !== shape) {
      report(at, `it has ${shapeOf(sample)}, but the first sample of its profile has ${shape}`);
    }
  });
}

function shapeOf(sample: Sample): string {
  if (sample.timestampsUnixNano.length === 0) return 'values only';
  return sample.values.length === 0 ? 'timestamps only' : 'values and timestamps';
}

function rangeCheck(tables: ProfilesDictionary, report: Report) {
  return (table: TableName, index: number, path: string): void => {
    const { length } = tables[table];
    // Index 0 means none, also where a producer left its zero element out.
    if (index < 0 || index >= Math.max(length, 1)) {
      report(path, `it refers to ${TABLE_NAMES[table]}[${index}], but there are ${length}`, true);
    }
  };
}
