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
import { describe, expect, it } from 'vitest';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { gzip } from './gzip.ts';
import { stackTablesFromPprof } from './pprof.ts';

function heapProfile(change: (profile: Profile) => void = () => undefined): Uint8Array {
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const type = (name: string, unit: string) =>
    new ValueType({ type: text(name), unit: text(unit) });
  const profile = new Profile({
    stringTable: strings,
    sampleType: [type('alloc_objects', 'count'), type('alloc_space', 'bytes')],
    function: ['main', 'inlined', 'caller'].map(
      (name, i) => new PprofFunction({ id: i + 1, name: text(name), filename: text(`${name}.go`) }),
    ),
    mapping: [new Mapping({ id: 1, filename: text('/bin/shop') })],
    location: [
      new Location({ id: 10, mappingId: 1, line: [new Line({ functionId: 1, line: 3 })] }),
      // `inlined` was inlined into `caller`.
      new Location({
        id: 20,
        line: [new Line({ functionId: 2, line: 5 }), new Line({ functionId: 3, line: 8 })],
      }),
      new Location({ id: 30, mappingId: 1, address: 0x1234 }),
    ],
    sample: [
      new Sample({ locationId: [20, 10], value: [3, 300] }),
      new Sample({ locationId: [30, 10], value: [-1, -100] }),
      new Sample({ locationId: [10], value: [0, 0] }),
    ],
  });
  change(profile);
  return profile.encode();
}

describe('stackTablesFromPprof', () => {
  it('reads every sample type, inlined functions, missing symbols and negative values', async () => {
    const [space, objects] = await stackTablesFromPprof(heapProfile());
    expect([objects.name, objects.stacks.unit]).toEqual(['alloc_objects', 'count']);
    expect([space.name, space.stacks.unit]).toEqual(['alloc_space', 'bytes']);
    const { stacks } = space;
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      'main;caller;inlined 300',
      'main;shop+0x1234 -100',
    ]);
    expect([...stacks.count]).toEqual([3, -1]);
  });

  it('has weights in the base unit of theirs', async () => {
    const profile = heapProfile(({ stringTable, sampleType }) => {
      sampleType[0].unit = stringTable.dedup('milliseconds');
      sampleType[1].unit = stringTable.dedup('kilobytes');
    });
    const [space, time] = await stackTablesFromPprof(profile);
    expect(space.stacks).toMatchObject({
      unit: 'bytes',
      weight: Float64Array.of(300 * 1024, -100 * 1024),
    });
    expect(time.stacks).toMatchObject({
      unit: 'nanoseconds',
      weight: Float64Array.of(3e6, -1e6),
    });
  });

  it('takes sample counts from what counts samples, else from the count before', async () => {
    const counts = async (...types: readonly (readonly [name: string, unit: string])[]) => {
      const tables = await stackTablesFromPprof(
        heapProfile((profile) => {
          const text = (value: string) => profile.stringTable.dedup(value);
          profile.sampleType = types.map(
            ([name, unit]) => new ValueType({ type: text(name), unit: text(unit) }),
          );
          profile.sample = [new Sample({ locationId: [10], value: types.map((_, i) => 10 + i) })];
          profile.defaultSampleType = text(types[0][0]);
        }),
      );
      return tables.map(({ stacks }) => stacks.count[0]);
    };
    const waits = [['contentions', 'count'] as const, ['delay', 'nanoseconds'] as const];
    expect(await counts(['samples', 'count'], ['cpu', 'nanoseconds'], ...waits)).toEqual([
      ...[10, 10, 10, 10],
    ]);
    expect(await counts(['allocs', 'count'], ['space', 'bytes'], ...waits)).toEqual([
      ...[10, 10, 12, 12],
    ]);
    expect(await counts(['space', 'bytes'], ...waits)).toEqual([1, 11, 11]);
  });

  it('has the sample type first that the file is about: the one it names, else the last', async () => {
    const order = async (named: string) => {
      const tables = await stackTablesFromPprof(
        heapProfile((profile) => {
          const text = (value: string) => profile.stringTable.dedup(value);
          const unit = text('bytes');
          profile.sampleType.push(new ValueType({ type: text('inuse_space'), unit }));
          for (const sample of profile.sample) sample.value.push(1);
          profile.defaultSampleType = text(named);
        }),
      );
      return tables.map(({ name }) => name);
    };
    for (const none of ['', 'no such type']) {
      expect(await order(none)).toEqual(['inuse_space', 'alloc_objects', 'alloc_space']);
    }
    expect(await order('alloc_space')).toEqual(['alloc_space', 'alloc_objects', 'inuse_space']);
  });

  it('tells ids of 64 bits apart, as they are where ids are addresses', async () => {
    const high = 0xffffffff81000000n;
    const [{ stacks }] = await stackTablesFromPprof(
      heapProfile((profile) => {
        for (const [i, one] of profile.location.entries()) one.id = high + BigInt(16 * i);
        for (const one of profile.function) one.id = high + BigInt(one.id);
        for (const { line } of profile.location) {
          for (const one of line) one.functionId = high + BigInt(one.functionId);
        }
        profile.mapping[0].id = high;
        profile.mapping.push(
          new Mapping({ id: high + 1n, filename: profile.stringTable.dedup('/lib/libc.so') }),
        );
        profile.location[0].mappingId = high;
        profile.location[2].mappingId = high + 1n;
        profile.sample[0].locationId = [high + 16n, high];
        profile.sample[1].locationId = [high + 32n, high];
        profile.sample[2].locationId = [high];
      }),
    );
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      'main;caller;inlined 300',
      'main;libc.so+0x1234 -100',
    ]);
  });

  it('reads a line of an unknown function as a frame without symbols', async () => {
    const [{ stacks }] = await stackTablesFromPprof(
      heapProfile((profile) => {
        profile.location[2].line = [new Line({ functionId: 0, line: 9 })];
      }),
    );
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      'main;caller;inlined 300',
      'main;shop+0x1234 -100',
    ]);
  });

  it('tells functions without a name apart by their addresses', async () => {
    const [{ stacks }] = await stackTablesFromPprof(
      heapProfile((profile) => {
        profile.function.push(new PprofFunction({ id: 4, filename: 2 }));
        profile.location[2].line = [new Line({ functionId: 4, line: 9 })];
        profile.location.push(
          new Location({
            id: 40,
            mappingId: 1,
            address: 0x5678,
            line: [new Line({ functionId: 4, line: 9 })],
          }),
        );
        profile.sample[0].locationId = [40, 10];
      }),
    );
    expect(foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame))).toEqual([
      'main;shop+0x1234 -100',
      'main;shop+0x5678 300',
    ]);
    expect(buildCallTree(stacks).total).toHaveLength(4);
  });

  it('reads labels: texts, numbers with their unit, and several values of one', async () => {
    const label = (profile: Profile, key: string, more: object) =>
      new Label({ key: profile.stringTable.dedup(key), ...more });
    const [{ stacks }] = await stackTablesFromPprof(
      heapProfile((profile) => {
        const text = (value: string) => profile.stringTable.dedup(value);
        profile.sample[0].label = [
          label(profile, 'thread', { str: text('main') }),
          label(profile, 'bytes', { num: 4096, numUnit: text('bytes') }),
          label(profile, 'tag', { str: text('a') }),
          label(profile, 'tag', { str: text('b') }),
        ];
      }),
    );
    const labels = stacks.labels?.map(({ key, values, value }) => [
      key,
      ...Array.from(value, (one) => values[one]),
    ]);
    expect(labels).toEqual([
      ['bytes', '4096 bytes', ''],
      ['tag', 'a, b', ''],
      ['thread', 'main', ''],
    ]);
  });

  it('counts a sample only where it weighs, when no type counts them', async () => {
    const tables = await stackTablesFromPprof(
      heapProfile((profile) => {
        const text = (value: string) => profile.stringTable.dedup(value);
        profile.sampleType = ['cpu', 'wall'].map(
          (name) => new ValueType({ type: text(name), unit: text('nanoseconds') }),
        );
        profile.sample[0].value = [10, 10];
        profile.sample[1].value = [0, 990];
        profile.sample[2].value = [0, 500];
      }),
    );
    expect(tables.map(({ stacks }) => [...stacks.count])).toEqual([[1, 1, 1], [1]]);
  });

  it('refuses so many keys of labels that their columns would fill the memory', async () => {
    const withKeys = (count: number) =>
      stackTablesFromPprof(
        heapProfile((profile) => {
          profile.sample[1].label = Array.from(
            { length: count },
            (_, i) => new Label({ key: profile.stringTable.dedup(`key ${i}`), num: 1 }),
          );
        }),
      );
    expect((await withKeys(256))[1].stacks.labels).toHaveLength(256);
    await expect(withKeys(257)).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'sample[1].label[256]',
    });
  });

  it('takes stacks as deep as there are, and refuses what only a few bytes make deeper', async () => {
    const deep = (lines: number, locations: number) =>
      stackTablesFromPprof(
        heapProfile((profile) => {
          profile.location[1].line = Array.from(
            { length: lines },
            () => profile.location[1].line[0],
          );
          profile.sample[0].locationId = Array<number>(locations).fill(20);
        }),
      );
    expect((await deep(256, 256))[0].stacks.stackOffset[1]).toBe(65_536);
    await expect(deep(256, 257)).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'sample[0]',
    });
    await expect(deep(65_537, 1)).rejects.toMatchObject({ field: 'sample[0].location_id[0]' });
  });

  it('refuses so many sample types that their tables would fill the memory', async () => {
    const ofTypes = (count: number) =>
      stackTablesFromPprof(
        heapProfile((profile) => {
          profile.sampleType = Array.from({ length: count }, () => profile.sampleType[0]);
          profile.sample = [];
        }),
      );
    expect(await ofTypes(4096)).toHaveLength(4096);
    await expect(ofTypes(4097)).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'sample_type[4096]',
    });
  });

  it.each([
    ['sample', 0x12],
    ['string_table', 0x32],
  ])('refuses millions of fields %s before it decodes them', async (field, tag) => {
    const many = new Uint8Array(2 * 6_200_000).map((_, i) => (i % 2 === 0 ? tag : 0));
    await expect(stackTablesFromPprof(many)).rejects.toMatchObject({
      kind: 'invalid-format',
      field,
    });
  });

  it('reads gzipped data too', async () => {
    const [space] = await stackTablesFromPprof(await gzip(heapProfile()));
    expect(space.stacks.weight).toHaveLength(2);
  });

  it.each<[string, (profile: Profile) => void, string]>([
    ['no sample type', (profile) => (profile.sampleType = []), 'sample_type'],
    ['too few values', (profile) => (profile.sample[0].value = [1]), 'sample[0].value'],
    ['no such location', (profile) => (profile.location = []), 'sample[0].location_id[1]'],
    ['no such function', (profile) => (profile.function = []), 'sample[0].location_id[1]'],
    ['no such mapping', (profile) => (profile.mapping = []), 'sample[0].location_id[1]'],
    ['no such text', (profile) => (profile.function[0].name = 999), 'function 1'],
    [
      'a label of no such text',
      (profile) => (profile.sample[0].label = [new Label({ key: 999, str: 1 })]),
      'sample[0].label[0]',
    ],
  ])('refuses %s, naming the place', async (_, change, field) => {
    await expect(stackTablesFromPprof(heapProfile(change))).rejects.toMatchObject({
      kind: 'invalid-format',
      field,
    });
  });

  it('refuses what is no pprof, and gzip that is damaged', async () => {
    const refusal = { kind: 'invalid-format' };
    await expect(stackTablesFromPprof(Uint8Array.of(7, 7, 7))).rejects.toMatchObject(refusal);
    const cut = (await gzip(heapProfile())).slice(0, 40);
    await expect(stackTablesFromPprof(cut)).rejects.toMatchObject(refusal);
  });
});
