import { gzipSync } from 'node:zlib';

import * as datadog from '@datadog/pprof';
import {
  Function,
  Line,
  Location,
  Mapping,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { describe, expect, it } from 'vitest';

import { checkProfiles } from './check.ts';
import { decodeProfiles, encodeProfiles } from './codec.ts';
import type { ProfilesData } from './index.ts';
import { pprofToOtlp } from './pprof.ts';
import { anyValueOf, readBack } from './testing/read-back.ts';

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

interface LabelInput {
  key: string;
  str?: string;
  num?: number;
  unit?: string;
}

/** main → work (inlined: inner, outer), in /bin/shop; labels and values as given. */
function pprof(samples: { values: (number | bigint)[]; labels?: LabelInput[] }[], types = TYPES) {
  const strings = new StringTable();
  return new Profile({
    sampleType: types.map(
      ([type, unit]) => new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) }),
    ),
    sample: samples.map(
      ({ values, labels = [] }) =>
        new Sample({
          locationId: [7, 9],
          value: values,
          label: labels.map(({ key, str = '', num = 0, unit = '' }) => ({
            key: strings.dedup(key),
            str: strings.dedup(str),
            num,
            numUnit: strings.dedup(unit),
          })),
        }),
    ),
    mapping: [
      new Mapping({
        id: 3,
        memoryStart: 0x400000,
        memoryLimit: 0x500000,
        fileOffset: 0x1000,
        filename: strings.dedup('/bin/shop'),
        buildId: strings.dedup('c0ffee'),
      }),
    ],
    location: [
      new Location({
        id: 7,
        mappingId: 3,
        address: 0x401234,
        line: [
          new Line({ functionId: 100, line: 12, column: 5 }),
          new Line({ functionId: 101, line: 30 }),
        ],
      }),
      new Location({ id: 9, mappingId: 3, address: 0x404321 }),
    ],
    function: [
      new Function({
        id: 100,
        name: strings.dedup('inner'),
        systemName: strings.dedup('_Z5inner'),
        filename: strings.dedup('work.cc'),
        startLine: 10,
      }),
      new Function({ id: 101, name: strings.dedup('outer'), filename: strings.dedup('work.cc') }),
    ],
    timeNanos: 1_788_220_800_123_456_789n,
    durationNanos: 10_000_000_000,
    periodType: new ValueType({ type: strings.dedup('cpu'), unit: strings.dedup('nanoseconds') }),
    period: 10_000_000,
    stringTable: strings,
  });
}

const TYPES = [
  ['samples', 'count'],
  ['cpu', 'nanoseconds'],
];

describe('pprofToOtlp', () => {
  it('makes one profile for each sample type, its stacks leaf first, inlined lines together', () => {
    const data = pprofToOtlp(pprof([{ values: [2, 20_000_000] }]), {
      resource: { 'service.name': 'shop', 'process.pid': 4711 },
      scopeName: 'test',
      scopeVersion: '1.2',
    });

    expect(readBack(data)).toEqual([
      {
        resource: { 'service.name': 'shop', 'process.pid': 4711n },
        scope: 'test 1.2',
        type: 'samples/count',
        period: '10000000 cpu/nanoseconds',
        start: 1_788_220_800_123_456_789n,
        duration: 10_000_000_000n,
        samples: [
          {
            stack: [
              {
                address: 0x401234n,
                mapping: '/bin/shop',
                attributes: {},
                lines: ['inner (_Z5inner) work.cc:12:5 from 10', 'outer () work.cc:30:0 from 0'],
              },
              { address: 0x404321n, mapping: '/bin/shop', attributes: {}, lines: [] },
            ],
            attributes: {},
            link: undefined,
            values: [2n],
            timestamps: [],
          },
        ],
      },
      expect.objectContaining({
        type: 'cpu/nanoseconds',
        samples: [expect.objectContaining({ values: [20_000_000n] })],
      }),
    ]);
    const mapping = data.dictionary!.mappingTable[1];
    expect(mapping).toMatchObject({
      memoryStart: 0x400000n,
      memoryLimit: 0x500000n,
      fileOffset: 0x1000n,
    });
    expect(mapping.attributeIndices.map((index) => anyValueOf(data, index))).toEqual([
      ['process.executable.build_id.gnu', 'c0ffee'],
    ]);
  });

  it('adds up samples that OTLP cannot tell apart, and keeps others apart', () => {
    const data = pprofToOtlp(
      pprof([
        { values: [1, 5], labels: [{ key: 'endpoint', str: '/cart' }] },
        { values: [2, 7], labels: [{ key: 'endpoint', str: '/cart' }] },
        { values: [4, 9], labels: [{ key: 'endpoint', str: '/search' }] },
      ]),
    );
    const [samples] = readBack(data);
    expect(samples.samples.map(({ attributes, values }) => [attributes, values])).toEqual([
      [{ endpoint: '/cart' }, [3n]],
      [{ endpoint: '/search' }, [4n]],
    ]);
  });

  it('adds up samples whose labels come in another order', () => {
    const [endpoint, tenant] = [
      { key: 'endpoint', str: '/cart' },
      { key: 'tenant', str: 'a' },
    ];
    const data = pprofToOtlp(
      pprof([
        { values: [1, 5], labels: [endpoint, tenant] },
        { values: [2, 7], labels: [tenant, endpoint] },
      ]),
    );
    expect(readBack(data)[0].samples.map(({ values }) => values)).toEqual([[3n]]);
  });

  it('leaves out values of zero, and sample types of which nothing is left', () => {
    const data = pprofToOtlp(pprof([{ values: [3, 0] }]));
    expect(readBack(data).map((profile) => profile.type)).toEqual(['samples/count']);
  });

  it('keeps negative values, as a difference of two heaps has', () => {
    const data = pprofToOtlp(pprof([{ values: [-3, -(2n ** 40n)] }]));
    expect(readBack(data).map(({ samples }) => samples[0].values)).toEqual([[-3n], [-(2n ** 40n)]]);
  });

  it('carries labels as attributes with their units, a repeated one as an array', () => {
    const data = pprofToOtlp(
      pprof([
        {
          values: [1, 1],
          labels: [
            { key: 'bytes', num: 512, unit: 'bytes' },
            { key: 'tag', str: 'a' },
            { key: 'tag', str: 'b' },
            { key: '__proto__', str: 'plain text' },
          ],
        },
      ]),
    );
    const attributes = readBack(data)[0].samples[0].attributes;
    expect(Object.entries(attributes)).toEqual([
      ['bytes', 512n],
      ['tag', ['a', 'b']],
      ['__proto__', 'plain text'],
    ]);
    const { attributeTable, stringTable } = data.dictionary!;
    const bytes = attributeTable.find((entry) => stringTable[entry.keyStrindex] === 'bytes');
    expect(stringTable[bytes!.unitStrindex]).toBe('bytes');
  });

  it('links samples to the span that their labels name, and only those', () => {
    const data = pprofToOtlp(
      pprof([
        { values: [1, 1], labels: [{ key: 'span id', str: SPAN.spanId }] },
        { values: [2, 2] },
      ]),
      {
        attributes: () => ({}),
        link: (labels) => (labels['span id'] === undefined ? undefined : SPAN),
      },
    );
    expect(readBack(data)[0].samples.map(({ link, values }) => [link, values])).toEqual([
      [SPAN, [1n]],
      [undefined, [2n]],
    ]);
  });

  it('refuses a link that is not hexadecimal, because a receiver would drop the payload', () => {
    expect(() =>
      pprofToOtlp(pprof([{ values: [1, 1] }]), {
        link: () => ({ traceId: 'not-an-id', spanId: SPAN.spanId }),
      }),
    ).toThrow('a trace id has 32 hexadecimal digits, not "not-an-id"');
  });

  it('puts samples with a time into a profile of their own, value beside time', () => {
    const at = (num: number) => [{ key: 'at', num }];
    const data = pprofToOtlp(
      pprof([
        { values: [1, 10], labels: at(100) },
        { values: [1, 30], labels: at(300) },
        { values: [5, 50] },
      ]),
      {
        sampleTypes: ({ type }) => type === 'cpu',
        attributes: () => ({}),
        timestamp: ({ at: time }) => (time === undefined ? undefined : BigInt(time)),
      },
    );
    expect(
      readBack(data).map(({ type, samples }) => [
        type,
        samples.map(({ values, timestamps }) => [values, timestamps]),
      ]),
    ).toEqual([
      ['cpu/nanoseconds', [[[50n], []]]],
      [
        'cpu/nanoseconds',
        [
          [
            [10n, 30n],
            [100n, 300n],
          ],
        ],
      ],
    ]);
  });

  it('chooses frame types frame by frame', () => {
    const data = pprofToOtlp(pprof([{ values: [1, 1] }]), {
      frameType: ({ name, mapping, address }) =>
        name === 'inner' ? 'go' : `${mapping} ${address.toString(16)}`,
    });
    expect(readBack(data)[0].samples[0].stack.map((location) => location.attributes)).toEqual([
      { 'profile.frame.type': 'go' },
      { 'profile.frame.type': '/bin/shop 404321' },
    ]);
  });

  it('reads bytes, gzipped or not, the same as a profile object', () => {
    const profile = pprof([{ values: [2, 20] }]);
    const expected = encodeProfiles(pprofToOtlp(profile));
    expect(encodeProfiles(pprofToOtlp(profile.encode()))).toEqual(expected);
    expect(encodeProfiles(pprofToOtlp(gzipSync(profile.encode())))).toEqual(expected);
  });

  it('refuses a reference to what is not defined, naming it', () => {
    const profile = pprof([{ values: [1, 1] }]);
    profile.location.pop();
    expect(() => pprofToOtlp(profile)).toThrow(
      'pprof: (sample[0]): it refers to location 9, which is not defined',
    );
    const short = pprof([{ values: [1] }]);
    expect(() => pprofToOtlp(short)).toThrow(
      'pprof: (sample[0]): it has 1 values, but the profile has 2 sample types',
    );
  });

  it('carries a stack 10 000 frames deep', () => {
    const profile = pprof([{ values: [1, 1] }]);
    profile.sample[0].locationId = Array.from({ length: 10_000 }, () => 9);
    const data = decodeProfiles(encodeProfiles(pprofToOtlp(profile)));
    expect(readBack(data)[0].samples[0].stack).toHaveLength(10_000);
  });

  it('converts a real profile of this process: same totals, spans kept, a valid payload', () => {
    const profile = profileOfTwoSpans();
    const data = pprofToOtlp(profile, {
      resource: { 'service.name': 'test' },
      frameType: 'v8js',
      attributes: () => ({}),
      link: ({ spanId }) =>
        typeof spanId === 'string' ? { traceId: SPAN.traceId, spanId } : undefined,
    });

    expect(checkProfiles(data)).toEqual([]);
    expect(totals(data)).toEqual(pprofTotals(profile));
    for (const [name, spanId] of [
      ['spinLeft', LEFT],
      ['spinRight', RIGHT],
    ]) {
      const linked = readBack(data)
        .flatMap((each) => each.samples)
        .filter((sample) => sample.link?.spanId === spanId);
      const names = linked.map((sample) =>
        sample.stack.flatMap((location) => location.lines).join('\n'),
      );
      expect(names.length).toBeGreaterThan(0);
      expect(names.some((stack) => stack.includes(name))).toBe(true);
    }
  });
});

const LEFT = '1111111111111111';
const RIGHT = '2222222222222222';

function profileOfTwoSpans(): Profile {
  datadog.time.start({
    intervalMicros: 1000,
    durationMillis: 10_000,
    withContexts: true,
    collectCpuTime: true,
  });
  for (let turn = 0; turn < 10; turn++) {
    datadog.time.setContext({ spanId: LEFT });
    spinLeft();
    datadog.time.setContext({ spanId: RIGHT });
    spinRight();
  }
  return datadog.time.stop(
    false,
    ({ context }) => (context?.context ?? {}) as Record<string, string>,
  );
}

function spinLeft(): number {
  return spin(20);
}

function spinRight(): number {
  return spin(20);
}

function spin(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let sum = 0;
  while (performance.now() < end) sum += Math.sqrt(sum + 1);
  return sum;
}

function totals(data: ProfilesData): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { type, samples } of readBack(data)) {
    for (const { values } of samples) {
      for (const value of values) sums[type] = (sums[type] ?? 0n) + value;
    }
  }
  return sums;
}

function pprofTotals(profile: Profile): Record<string, bigint> {
  const strings = profile.stringTable.strings;
  return Object.fromEntries(
    profile.sampleType.map(({ type, unit }, index) => [
      `${strings[Number(type)]}/${strings[Number(unit)]}`,
      profile.sample.reduce((sum, sample) => sum + BigInt(sample.value[index]), 0n),
    ]),
  );
}
