import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { foldedFromStackTable } from './folded.ts';
import { gzip } from './gzip.ts';
import { pprofFromStackTable } from './pprof.ts';
import { readProfile } from './read-profile.ts';
import { randomStacks } from '../testing/random-stacks.ts';

/** Two threads of a service on the CPU, and what it allocated; `hash` is inlined into `handle`. */
const dictionary = {
  stringTable: [
    ...['', 'samples', 'count', 'cpu', 'nanoseconds', 'main', 'handle', 'hash'],
    ...['shop.ts', '/lib/libc.so', 'thread.name', 'worker', 'profile.frame.type', 'v8js'],
    ...['alloc_space', 'bytes', 'service.name'],
  ],
  mappingTable: [{}, { filenameStrindex: 9 }],
  functionTable: [
    {},
    { nameStrindex: 5, filenameStrindex: 8 },
    { systemNameStrindex: 6, filenameStrindex: 8 },
    { nameStrindex: 7 },
  ],
  locationTable: [
    {},
    { lines: [{ functionIndex: 1, line: '7' }], attributeIndices: [2] },
    { lines: [{ functionIndex: 3, line: '21' }, { functionIndex: 2 }], attributeIndices: [2] },
    { mappingIndex: 1, address: '18446744073709551615' },
  ],
  stackTable: [{}, { locationIndices: [2, 1] }, { locationIndices: [3] }],
  attributeTable: [
    {},
    { keyStrindex: 10, value: { stringValueStrindex: 11 } },
    { keyStrindex: 12, value: { stringValue: 'v8js' } },
    { keyStrindex: 10, value: { intValue: '-3' } },
  ],
};
const onCpu = {
  sampleType: { typeStrindex: 1, unitStrindex: 2 },
  periodType: { typeStrindex: 3, unitStrindex: 4 },
  period: '10000000',
};
const payload = {
  resourceProfiles: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeProfiles: [
        {
          profiles: [
            {
              ...onCpu,
              samples: [
                { stackIndex: 1, attributeIndices: [1], timestampsUnixNano: ['5', '6', '7'] },
                { stackIndex: 1, attributeIndices: [3], values: ['2'] },
                { stackIndex: 2, values: ['1', '1'], timestampsUnixNano: ['5', '6'] },
                { values: ['4'] },
              ],
            },
            {
              sampleType: { typeStrindex: 14, unitStrindex: 15 },
              samples: [{ stackIndex: 2, values: ['-4096'] }],
            },
          ],
        },
      ],
    },
  ],
  dictionary,
};

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Field numbers of the messages above, by the names that they have in JSON. */
const FIELDS: Readonly<Record<string, number>> = {
  ...{ resourceProfiles: 1, dictionary: 2, resource: 1, attributes: 1, scopeProfiles: 2 },
  ...{ profiles: 2, sampleType: 1, samples: 2, periodType: 5, period: 6, typeStrindex: 1 },
  ...{ unitStrindex: 2, stackIndex: 1, timestampsUnixNano: 5 },
  ...{ mappingTable: 1, locationTable: 2, functionTable: 3, stringTable: 5, attributeTable: 6 },
  ...{ stackTable: 7, locationIndices: 1, mappingIndex: 1, address: 2, lines: 3, line: 2 },
  ...{ functionIndex: 1, nameStrindex: 1, systemNameStrindex: 2, key: 1, value: 2, keyStrindex: 1 },
  ...{ stringValue: 1, intValue: 3, stringValueStrindex: 8 },
};

type Version = 'v1.8' | 'v1.9' | 'v1.10';

function fieldOf(name: string, message: object, version: Version): number {
  // Two names have two numbers each.
  if (name === 'filenameStrindex')
    return 'nameStrindex' in message || 'systemNameStrindex' in message ? 3 : 4;
  if (name === 'attributeIndices' && ('lines' in message || 'address' in message)) return 4;
  const isOlder = version !== 'v1.10';
  if (name === 'attributeIndices') {
    if ('samples' in message) return version === 'v1.8' ? 12 : 11;
    return isOlder ? 3 : 2;
  }
  if (name === 'linkIndex') return isOlder ? 4 : 3;
  if (name === 'values') return isOlder ? 2 : 4;
  if (name === 'profileId') return version === 'v1.8' ? 8 : 7;
  return FIELDS[name];
}

/** The same payload in protobuf. Numbers of lists are packed, or not, which readers have to take. */
function inProtobuf(message: object, packed: boolean, version: Version = 'v1.10'): Uint8Array {
  const writer = new BinaryWriter();
  const number = (name: string, value: unknown): void => {
    if (name === 'timestampsUnixNano') writer.fixed64(value as string);
    else if (name === 'address') writer.uint64(value as string);
    else writer.int64(value as string);
  };
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    const field = fieldOf(name, message, version);
    const isText = ['stringTable', 'key', 'stringValue', 'profileId'].includes(name);
    const isNumber = (one: unknown) => typeof one !== 'object' && !isText;
    const wireType = name === 'timestampsUnixNano' ? WireType.Bit64 : WireType.Varint;
    if (Array.isArray(value) && packed && value.length > 0 && isNumber(value[0])) {
      writer.tag(field, WireType.LengthDelimited).fork();
      for (const one of value) number(name, one);
      writer.join();
      continue;
    }
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isText) writer.tag(field, WireType.LengthDelimited).string(one as string);
      else if (isNumber(one)) number(name, (writer.tag(field, wireType), one));
      else
        writer
          .tag(field, WireType.LengthDelimited)
          .bytes(inProtobuf(one as object, packed, version));
    }
  }
  return writer.finish();
}

/** The same payload in JSON, with two lists named as they were. */
function inV18(value: unknown): unknown {
  const text = JSON.stringify(value);
  return JSON.parse(text.replaceAll('"samples":', '"sample":').replaceAll('"lines":', '"line":'));
}

describe.each([
  ['JSON', async () => bytes(payload)],
  ['protobuf', async () => inProtobuf(payload, true)],
  ['protobuf whose lists are not packed', async () => inProtobuf(payload, false)],
  ['gzipped protobuf', async () => gzip(inProtobuf(payload, true))],
  ['protobuf of v1.9', async () => inProtobuf(payload, true, 'v1.9')],
  ['protobuf of v1.8', async () => inProtobuf(payload, true, 'v1.8')],
  ['JSON of v1.8', async () => bytes(inV18(payload))],
])('OTLP in %s', (_, make) => {
  it('is read with weights, frames and labels', async () => {
    const [cpu, allocated, ...others] = await readProfile(await make());
    expect(others).toEqual([]);
    expect(cpu.name).toBe('cpu');
    expect(cpu.stacks.unit).toBe('nanoseconds');
    expect(foldedFromStackTable(cpu.stacks).split('\n').sort()).toEqual([
      '',
      '40000000',
      'libc.so+0xffffffffffffffff 20000000',
      'main;handle;hash 50000000',
    ]);
    expect(cpu.stacks.weight).toEqual(Float64Array.of(30e6, 20e6, 20e6, 40e6));
    expect(cpu.stacks.count).toEqual(Float64Array.of(3, 2, 2, 4));
    const { labels = [], frames } = cpu.stacks;
    const threads = labels.find(({ key }) => key === 'thread.name');
    expect(Array.from(threads?.value ?? [], (value) => threads?.values[value])).toEqual([
      'worker',
      '-3',
      '',
      '',
    ]);
    expect(labels.find(({ key }) => key === 'service.name')?.values).toEqual(['', 'shop']);
    const texts = (column: Uint32Array) => Array.from(column, (index) => frames.strings[index]);
    expect(texts(frames.file)).toEqual(expect.arrayContaining(['shop.ts']));
    expect(Array.from(frames.line)).toEqual(expect.arrayContaining([7, 21]));

    expect(allocated).toMatchObject({ name: 'alloc_space', stacks: { unit: 'bytes' } });
    expect(allocated.stacks.weight).toEqual(Float64Array.of(-4096));
    expect(allocated.stacks.count).toEqual(Float64Array.of(1));
  });
});

describe('samples behind a value', () => {
  it('are as many as it has periods, to the nearest, and one at least', async () => {
    const cpuTime = { typeStrindex: 3, unitStrindex: 4 };
    const values = ['1', '14999999', '15000000', '30000000'];
    const samples = values.map((value, i) => ({
      stackIndex: 1 + (i % 2),
      attributeIndices: i < 2 ? [1] : [],
      values: [value],
    }));
    const profile = { ...onCpu, sampleType: cpuTime, periodType: cpuTime, samples };
    const [cpu] = await readProfile(
      bytes({ dictionary, resourceProfiles: [{ scopeProfiles: [{ profiles: [profile] }] }] }),
    );
    expect(cpu.stacks.weight).toEqual(Float64Array.from(values, Number));
    expect(cpu.stacks.count).toEqual(Float64Array.of(1, 1, 2, 3));
  });
});

describe('a payload in protobuf that does not say which version it is in', () => {
  const of = (samples: readonly object[], rest: object = {}) => ({
    resourceProfiles: [{ scopeProfiles: [{ profiles: [{ ...onCpu, ...rest, samples }] }] }],
    dictionary,
  });
  const read = async (file: Uint8Array) => {
    const [{ stacks }] = await readProfile(file);
    const threads = stacks.labels?.find(({ key }) => key === 'thread.name');
    return {
      weight: [...stacks.weight],
      threads: Array.from(threads?.value ?? [], (value) => threads?.values[value]),
    };
  };
  const times = ['5', '6', '7'];
  const values = [{ stackIndex: 1, values: ['40'] }];
  const valuesAndTimes = [{ stackIndex: 1, values: ['1', '1', '1'], timestampsUnixNano: times }];
  const valuesAndLink = [{ stackIndex: 1, values: ['3'], linkIndex: 1, timestampsUnixNano: ['5'] }];
  const labelled = [{ stackIndex: 1, attributeIndices: [1], timestampsUnixNano: ['5'] }];
  const labelledTwice = [{ stackIndex: 1, attributeIndices: [1, 2], timestampsUnixNano: ['5'] }];
  const labelledInLink = [{ stackIndex: 1, attributeIndices: [1], linkIndex: 1 }];

  it.each<[string, Version, readonly object[], number, readonly string[]]>([
    ['values alone', 'v1.9', values, 40, []],
    ['values alone', 'v1.10', values, 40, []],
    ['a value for each time', 'v1.9', valuesAndTimes, 3, []],
    ['a value for each time', 'v1.10', valuesAndTimes, 3, []],
    ['values and a link', 'v1.9', valuesAndLink, 3, []],
    ['values and a link', 'v1.10', valuesAndLink, 3, []],
    ['an attribute and a time', 'v1.9', labelled, 1, ['worker']],
    ['an attribute and a time', 'v1.10', labelled, 1, ['worker']],
    ['two attributes and a time', 'v1.9', labelledTwice, 1, ['worker']],
    ['two attributes and a time', 'v1.10', labelledTwice, 1, ['worker']],
    ['an attribute and a link', 'v1.9', labelledInLink, 0, ['worker']],
    ['an attribute and a link', 'v1.10', labelledInLink, 0, ['worker']],
  ])('is read by the types of its fields: %s of %s', async (_, version, samples, sum, threads) => {
    expect(await read(inProtobuf(of(samples), true, version))).toEqual({
      weight: [sum * 10e6],
      threads,
    });
  });

  it('has one version in all its samples: one of them tells', async () => {
    const file = inProtobuf(of([...labelled, ...values]), true, 'v1.9');
    expect(await read(file)).toEqual({ weight: [10e6, 400e6], threads: ['worker', ''] });
    const ofProfile = { profileId: 'sixteen letters.', attributeIndices: [1] };
    for (const version of ['v1.8', 'v1.9', 'v1.10'] as const) {
      const profile = inProtobuf(of(valuesAndLink, ofProfile), true, version);
      expect(await read(profile)).toEqual({ weight: [30e6], threads: ['worker'] });
    }
  });

  it('is refused if it is older than its table of stacks', async () => {
    const message = (field: number, content: Uint8Array) =>
      new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(content).finish();
    // A sample of two locations from the first on, and the type of the period where it was.
    const sample = message(2, Uint8Array.of(0x10, 2, 0x1a, 1, 40));
    const periodType = message(6, Uint8Array.of(8, 1));
    for (const profile of [sample, periodType]) {
      const profiles = message(1, message(2, message(2, profile)));
      const file = Uint8Array.from([...profiles, ...message(2, new Uint8Array(0))]);
      await expect(readProfile(file)).rejects.toMatchObject({
        kind: 'invalid-format',
        message: 'payload: this is OTLP v1.7 or older; v1.8 or newer is needed',
      });
    }
    await expect(readProfile(bytes(of([], { sampleType: [] })))).rejects.toMatchObject({
      message: expect.stringContaining('OTLP v1.7 or older'),
    });
  });
});

it('adds up what a Collector wrote payload by payload', async () => {
  const lines = new TextEncoder().encode(
    `${JSON.stringify(payload)}\n${JSON.stringify(payload)}\n`,
  );
  const [once] = await readProfile(bytes(payload));
  const [twice] = await readProfile(lines);
  expect(twice.stacks.weight).toEqual(once.stacks.weight.map((weight) => 2 * weight));
  expect(twice.stacks.frames).toEqual(once.stacks.frames);
});

/** Each behind its length in 4 bytes, the highest first. */
function framed(...payloads: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(
    payloads.flatMap((one) => {
      const { length } = one;
      return [length >>> 24, length >>> 16, length >>> 8, length, ...one];
    }),
  );
}

describe('what a Collector wrote in protobuf, payload by payload', () => {
  const one = inProtobuf(payload, true);

  it('adds up, whether zipped or not', async () => {
    const [once] = await readProfile(one);
    const file = framed(new Uint8Array(0), one, new Uint8Array(0), one);
    for (const bytes of [file, await gzip(file)]) {
      const [twice] = await readProfile(bytes);
      expect(twice.stacks.weight).toEqual(once.stacks.weight.map((weight) => 2 * weight));
      expect(twice.stacks.frames).toEqual(once.stacks.frames);
    }
  });

  it('is refused where it is cut off or damaged, and the place named', async () => {
    const file = framed(one, one);
    for (const length of [file.length - 1, one.length + 4 + 5, one.length + 4 + 3]) {
      await expect(readProfile(file.subarray(0, length))).rejects.toMatchObject({
        kind: 'invalid-format',
        field: `byte ${one.length + 4}`,
      });
    }
    for (const first of [file.subarray(0, one.length - 9), one.subarray(0, one.length - 9)]) {
      await expect(readProfile(first)).rejects.toMatchObject({
        kind: 'invalid-format',
        message: `byte ${first.length}: the file ends inside payload 1`,
      });
    }
    await expect(readProfile(framed(one, Uint8Array.of(0x12, 9)))).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'payload 2',
    });
  });
});

it('refuses so many keys of labels that their columns would fill the memory', async () => {
  const attributes = Array.from({ length: 300 }, (_, i) => ({
    key: `key ${i}`,
    value: { stringValue: 'x' },
  }));
  const [one] = payload.resourceProfiles;
  const file = { ...payload, resourceProfiles: [{ ...one, resource: { attributes } }] };
  await expect(readProfile(bytes(file))).rejects.toMatchObject({
    kind: 'invalid-format',
    field: 'resourceProfiles[0].scopeProfiles[0].profiles[0].samples[0]',
  });
});

it('does not take pprof for OTLP', async () => {
  for (const seed of [1, 2, 3]) {
    const stacks = randomStacks(seed, { labels: true });
    const profiles = await readProfile(await pprofFromStackTable(stacks));
    expect(profiles.map(({ name }) => name)).toEqual(['weight', 'samples']);
  }
});

describe('a payload of a few bytes that stand for very many', () => {
  const of = (profiles: readonly object[], tables: object = {}) => ({
    resourceProfiles: [{ scopeProfiles: [{ profiles }] }],
    dictionary: { ...dictionary, ...tables },
  });

  it('is refused for a stack deeper than there are', async () => {
    const deep = (lines: number, locations: number) =>
      readProfile(
        bytes(
          of([{ samples: [{ stackIndex: 1, values: ['1'] }] }], {
            locationTable: [{}, { lines: Array(lines).fill({ functionIndex: 1 }) }],
            stackTable: [{}, { locationIndices: Array(locations).fill(1) }],
          }),
        ),
      );
    expect((await deep(256, 256))[0].stacks.frameIndex).toHaveLength(65_536);
    await expect(deep(256, 257)).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'dictionary.stackTable[1]',
    });
    await expect(deep(65_537, 1)).rejects.toMatchObject({ field: 'dictionary.locationTable[1]' });
  });

  it('is refused for kinds whose tables would fill the memory', async () => {
    const stringTable = Array.from({ length: 5000 }, (_, i) => (i === 0 ? '' : `type ${i}`));
    const kinds = (count: number) =>
      readProfile(
        bytes(
          of(
            Array.from({ length: count }, (_, i) => ({ sampleType: { typeStrindex: i } })),
            { stringTable },
          ),
        ),
      );
    expect(await kinds(4096)).toHaveLength(4096);
    await expect(kinds(4097)).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'resourceProfiles[0].scopeProfiles[0].profiles[4096]',
    });
  });

  it('is refused for messages that do not fit into the memory', async () => {
    const samples = new Uint8Array(2 * 9_000_000).map((_, i) => (i % 2 === 0 ? 0x12 : 0));
    const inside = (field: number, message: Uint8Array) =>
      new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(message).finish();
    const profiles = inside(1, inside(2, inside(2, samples)));
    const file = new Uint8Array([...inside(2, new Uint8Array(0)), ...profiles]);
    await expect(readProfile(file)).rejects.toMatchObject({
      kind: 'invalid-format',
      field: 'samples',
    });
  });
});

describe('a damaged payload', () => {
  const withTables = (tables: object) => ({ ...payload, dictionary: { ...dictionary, ...tables } });
  it.each([
    [
      'a location that is not there',
      { stackTable: [{}, { locationIndices: [9] }, {}] },
      'stackTable[1]',
    ],
    [
      'a text that is not there',
      { functionTable: [{}, { nameStrindex: 99 }, {}, {}] },
      'locationTable[1]',
    ],
    ['a stack below none', { stackTable: [{}] }, 'samples[0].stackIndex'],
    [
      'a line that is no number',
      { locationTable: [{}, { lines: [{ line: 'x' }] }, {}, {}] },
      'lines.line',
    ],
    [
      'a line that says itself what number it is',
      { locationTable: [{}, { lines: [{ line: { toString: 1 } }] }, {}, {}] },
      'lines.line',
    ],
    [
      'an index that is a list',
      { stackTable: [{}, { locationIndices: [[{ toString: 1 }]] }, {}] },
      'stackTable[1]',
    ],
    ['a table that is none', { stackTable: {} }, 'dictionary.stackTable'],
    [
      'an address that is no number',
      { locationTable: [{}, { address: '1.5' }, {}, {}] },
      'address',
    ],
  ])('with %s is refused, and the place named', async (_, tables, field) => {
    await expect(readProfile(bytes(withTables(tables)))).rejects.toMatchObject({
      kind: 'invalid-format',
      field: expect.stringContaining(field),
    });
  });

  it('that is cut off anywhere is refused, or has less in it', async () => {
    const whole = inProtobuf(payload, true);
    let refused = 0;
    for (let length = 0; length < whole.length; length++) {
      await readProfile(whole.subarray(0, length)).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'CallTreeError' });
        refused++;
      });
    }
    expect(refused).toBeGreaterThan(whole.length / 2);
  });

  it('without a dictionary is refused', async () => {
    await expect(readProfile(bytes({ resourceProfiles: [] }))).rejects.toMatchObject({
      field: 'dictionary',
    });
  });
});
