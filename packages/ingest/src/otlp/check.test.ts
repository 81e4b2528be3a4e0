import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';

import { checkProfiles } from './check.ts';
import { DictionaryBuilder } from './dictionary.ts';
import { ProfilesDataSchema, type ProfilesData, type ProfilesDictionary } from './index.ts';

function valid(): ProfilesData {
  const tables = new DictionaryBuilder();
  const stackIndex = tables.stackIndex([tables.locationIndex({ address: 1n })]);
  const linkIndex = tables.linkIndex({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
  return create(ProfilesDataSchema, {
    resourceProfiles: [
      {
        scopeProfiles: [
          {
            profiles: [
              {
                sampleType: tables.valueType('cpu', 'nanoseconds'),
                samples: [
                  { stackIndex, linkIndex, values: [1n] },
                  { stackIndex, values: [2n] },
                ],
              },
            ],
          },
        ],
      },
    ],
    dictionary: tables.build(),
  });
}

const profileOf = (data: ProfilesData) => data.resourceProfiles[0].scopeProfiles[0].profiles[0];

describe('checkProfiles', () => {
  it('finds nothing wrong with a valid payload', () => {
    expect(checkProfiles(valid())).toEqual([]);
  });

  const faults: [string, (data: ProfilesData) => void, string][] = [
    [
      'a missing dictionary',
      (data) => {
        data.dictionary = undefined;
      },
      'dictionary: it is missing',
    ],
    [
      'a table without its zero element',
      (data) => {
        data.dictionary!.attributeTable = [];
      },
      'dictionary.attribute_table: its zero element is missing',
    ],
    [
      'a first string that is not empty',
      (data) => {
        data.dictionary!.stringTable[0] = 'x';
      },
      'dictionary.string_table[0]: it must be empty',
    ],
    [
      'an index past the end',
      (data) => {
        profileOf(data).samples[1].stackIndex = 9;
      },
      'resource_profiles[0].scope_profiles[0].profiles[0].samples[1]: it refers to stack_table[9], but there are 2',
    ],
    [
      'an index just past the end',
      (data) => {
        profileOf(data).samples[1].stackIndex = 2;
      },
      'resource_profiles[0].scope_profiles[0].profiles[0].samples[1]: it refers to stack_table[2], but there are 2',
    ],
    [
      'a negative index',
      (data) => {
        data.dictionary!.locationTable[1].mappingIndex = -1;
      },
      'dictionary.location_table[1]: it refers to mapping_table[-1], but there are 1',
    ],
    [
      'a short id',
      (data) => {
        data.dictionary!.linkTable[1].spanId = new Uint8Array(4);
      },
      'dictionary.link_table[1]: its ids have 16 and 4 bytes, not 16 and 8',
    ],
    [
      'values that do not fit the timestamps',
      (data) => {
        profileOf(data).samples[0].timestampsUnixNano = [1n, 2n];
        profileOf(data).samples.pop();
      },
      'resource_profiles[0].scope_profiles[0].profiles[0].samples[0]: it has 1 values but 2 timestamps',
    ],
    [
      'two shapes in one profile',
      (data) => {
        Object.assign(profileOf(data).samples[1], { values: [], timestampsUnixNano: [1n] });
      },
      'resource_profiles[0].scope_profiles[0].profiles[0].samples[1]: it has timestamps only, but the first sample of its profile has values only',
    ],
    [
      'a sample that says nothing',
      (data) => {
        profileOf(data).samples.length = 1;
        profileOf(data).samples[0].values = [];
      },
      'resource_profiles[0].scope_profiles[0].profiles[0].samples[0]: it has neither values nor timestamps',
    ],
  ];

  it.each(faults)('reports %s', (_name, damage, expected) => {
    const data = valid();
    damage(data);
    expect(checkProfiles(data).map(({ path, problem }) => `${path}: ${problem}`)).toEqual([
      expected,
    ]);
  });

  it.each<[string, (dictionary: ProfilesDictionary) => object, string]>([
    ['mapping_table[1]', (of) => of.mappingTable[1], 'filenameStrindex'],
    ['mapping_table[1]', (of) => of.mappingTable[1].attributeIndices, '0'],
    ['function_table[1]', (of) => of.functionTable[1], 'nameStrindex'],
    ['function_table[1]', (of) => of.functionTable[1], 'systemNameStrindex'],
    ['function_table[1]', (of) => of.functionTable[1], 'filenameStrindex'],
    ['location_table[1]', (of) => of.locationTable[1], 'mappingIndex'],
    ['location_table[1]', (of) => of.locationTable[1].lines[0], 'functionIndex'],
    ['location_table[1]', (of) => of.locationTable[1].attributeIndices, '0'],
    ['stack_table[1]', (of) => of.stackTable[1].locationIndices, '0'],
    ['attribute_table[1]', (of) => of.attributeTable[1], 'keyStrindex'],
    ['attribute_table[1]', (of) => of.attributeTable[1], 'unitStrindex'],
  ])('reports what is past the end of a table: %s', (path, holder, field) => {
    const tables = new DictionaryBuilder();
    const attributes = { 'process.executable.build_id.gnu': 'abc' };
    const mappingIndex = tables.mappingIndex({ filename: '/bin/shop', attributes });
    const lines = [{ functionIndex: tables.functionIndex({ name: 'main' }) }];
    const attributeIndices = tables.attributeIndices({ 'profile.frame.type': 'native' });
    tables.stackIndex([tables.locationIndex({ mappingIndex, lines, attributeIndices })]);
    const dictionary = tables.build();
    const problems = () => checkProfiles(create(ProfilesDataSchema, { dictionary }));
    expect(problems()).toEqual([]);
    Reflect.set(holder(dictionary), field, 99);
    expect(problems()).toMatchObject([{ path: `dictionary.${path}`, unreadable: true }]);
  });

  it('tells what cannot be read from what only breaks a rule', () => {
    const data = valid();
    data.dictionary!.stringTable[0] = 'x';
    profileOf(data).samples[1].stackIndex = 9;
    expect(checkProfiles(data).map(({ unreadable }) => unreadable)).toEqual([false, true]);
    expect(checkProfiles(data, { unreadableOnly: true })).toHaveLength(1);
  });

  it('stops at its limit', () => {
    const data = valid();
    profileOf(data).samples = Array.from({ length: 100 }, () => ({
      ...profileOf(data).samples[0],
      stackIndex: 9,
    }));
    expect(checkProfiles(data, { limit: 3 })).toHaveLength(3);
  });
});
