import { fileURLToPath } from 'node:url';

import { create } from '@bufbuild/protobuf';
import protobufjs from 'protobufjs';
import { describe, expect, it } from 'vitest';

import { keyValues } from './attributes.ts';
import {
  decodeProfiles,
  decodeProfilesJson,
  decodeTraces,
  decodeTracesJson,
  encodeProfiles,
  encodeProfilesJson,
  encodeTraces,
} from './codec.ts';
import { DictionaryBuilder } from './dictionary.ts';
import { ProfilesDataSchema, TracesDataSchema, type ProfilesData } from './index.ts';
import { readBack } from './testing/read-back.ts';

/** Two samples: three hits with times, and one linked off-CPU wait of 2⁶² ns. */
function profiles(): ProfilesData {
  const tables = new DictionaryBuilder();
  const name = '<img src=x onerror=alert(1)> ünïcode 🔥';
  const stackIndex = tables.stackIndex([
    tables.locationIndex({
      address: 2n ** 64n - 1n,
      mappingIndex: tables.mappingIndex({ filename: 'libc.so' }),
      lines: [{ functionIndex: tables.functionIndex({ name }), line: 3n }],
    }),
  ]);
  const linkIndex = tables.linkIndex({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
  });
  const timeUnixNano = 1_788_220_800_123_456_789n;
  return create(ProfilesDataSchema, {
    resourceProfiles: [
      {
        resource: { attributes: keyValues({ 'service.name': 'shop', share: 0.25, up: true }) },
        scopeProfiles: [
          {
            scope: { name: 'test', version: '1' },
            profiles: [
              {
                sampleType: tables.valueType('samples', 'count'),
                periodType: tables.valueType('cpu', 'nanoseconds'),
                period: 50_000_000n,
                timeUnixNano,
                durationNano: 5_000_000_000n,
                profileId: new Uint8Array(16).fill(0xab),
                samples: [
                  {
                    stackIndex,
                    timestampsUnixNano: [timeUnixNano, timeUnixNano + 1n, timeUnixNano + 2n],
                  },
                ],
              },
              {
                sampleType: tables.valueType('off_cpu', 'nanoseconds'),
                timeUnixNano,
                samples: [
                  {
                    stackIndex,
                    linkIndex,
                    values: [2n ** 62n],
                    timestampsUnixNano: [timeUnixNano],
                  },
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

describe('profiles as bytes', () => {
  it('come back as they went', () => {
    const data = profiles();
    expect(readBack(decodeProfiles(encodeProfiles(data)))).toEqual(readBack(data));
  });

  it('are read the same by a second decoder', async () => {
    const root = new protobufjs.Root();
    root.resolvePath = (_origin, target) =>
      fileURLToPath(new URL(`../../proto/${target}`, import.meta.url));
    await root.load('opentelemetry/proto/profiles/v1development/profiles.proto');
    const type = root.lookupType('opentelemetry.proto.profiles.v1development.ProfilesData');

    const data = profiles();
    const other = type.toObject(type.decode(encodeProfiles(data)), {
      longs: BigInt,
      defaults: true,
    }) as unknown as ProfilesData;

    expect(other.dictionary!.stringTable).toEqual(data.dictionary!.stringTable);
    expect(BigInt(other.dictionary!.locationTable[1].address)).toBe(2n ** 64n - 1n);
    const [onCpu, offCpu] = other.resourceProfiles[0].scopeProfiles[0].profiles;
    expect(onCpu.samples[0].timestampsUnixNano.map(BigInt)).toEqual(
      data.resourceProfiles[0].scopeProfiles[0].profiles[0].samples[0].timestampsUnixNano,
    );
    expect(BigInt(offCpu.samples[0].values[0])).toBe(2n ** 62n);
    // And the other way round: what it writes, we read.
    const written = type.encode(type.decode(encodeProfiles(data))).finish();
    expect(readBack(decodeProfiles(written))).toEqual(readBack(data));
  });

  it('that end too early are refused, with the byte and the field', () => {
    const bytes = encodeProfiles(profiles());
    for (const length of [1, 2, 40, bytes.length - 1]) {
      expect(() => decodeProfiles(bytes.subarray(0, length)), `${length} bytes`).toThrow(
        /^OTLP profiles: byte \d+/,
      );
    }
    expect(() => decodeProfiles(bytes.subarray(0, 40))).toThrow(
      'OTLP profiles: byte 0 (resource_profiles): the field is 196 bytes long, but only 37 are left',
    );
  });

  it('that lack just the last byte of a field are refused, with that field', () => {
    // Field 2 (dictionary), of two bytes, of which there is one.
    expect(() => decodeProfiles(Uint8Array.of(0x12, 0x02, 0x12))).toThrow(
      'OTLP profiles: byte 0 (dictionary): the field is 2 bytes long, but only 1 are left',
    );
  });

  it('that are no protobuf are refused', () => {
    const html = new TextEncoder().encode('<html><body>502 Bad Gateway</body></html>');
    expect(() => decodeProfiles(html)).toThrow('OTLP profiles: byte ');
    expect(() => decodeProfiles(Uint8Array.of(0xff, 0xff, 0xff))).toThrow('OTLP profiles: byte 0');
  });

  it('with a field of the wrong wire type are refused, where a lenient decoder reads nonsense', () => {
    // Field 2 (dictionary) as the number 5.
    expect(() => decodeProfiles(Uint8Array.of(0x10, 0x05))).toThrow(
      'OTLP profiles: byte 0 (dictionary): field 2 has wire type 0, which it cannot have',
    );
  });

  const message = (field: number, ...content: readonly number[]) => [
    ...[(field << 3) | 2, content.length],
    ...content,
  ];
  const ofSamples = (...samples: readonly (readonly number[])[]) => {
    const profile = samples.flatMap((sample) => message(2, ...sample));
    // A dictionary with three attributes.
    const attributes = [...message(6), ...message(6), ...message(6)];
    return Uint8Array.from([
      ...message(1, ...message(2, ...message(2, ...profile))),
      ...message(2, ...attributes),
    ]);
  };
  const time = [1, 0, 0, 0, 0, 0, 0, 0];

  it.each([
    ['v1.8, with the bytes of an id', Uint8Array.of(10, 6, 18, 4, 18, 2, 66, 0)],
    ['v1.9, with attributes of samples', ofSamples([...message(2, 40), ...message(3, 1)])],
    [
      'v1.9, with values and a link',
      ofSamples([...message(2, 1), 0x20, 1, ...message(5, ...time)]),
    ],
    ['v1.9, with values alone', ofSamples(message(2, 1), message(2, 2))],
    [
      'v1.9, with values and times',
      ofSamples(
        [...message(2, 2), ...message(5, ...time)],
        [...message(2, 1, 1), ...message(5, ...time, ...time)],
      ),
    ],
    [
      'v1.9, with values that are no attributes',
      ofSamples([...message(2, 9), ...message(5, ...time)]),
    ],
  ])('of OTLP %s are refused by that name', (_, bytes) => {
    expect(() => decodeProfiles(bytes)).toThrow(
      /^OTLP profiles: .*resource_profiles.*this is OTLP v1.9 or older/,
    );
  });

  it.each([
    ['attributes and a time', [message(2, 1), message(5, ...time)]],
    ['attributes and times', [message(2, 1), message(5, ...time, ...time)]],
    ['attributes and values', [message(2, 1), message(4, 40)]],
    ['attributes and a link', [message(2, 1), [0x18, 0], message(5, ...time)]],
  ])('of OTLP v1.10 with %s are read', (_, fields) => {
    const data = decodeProfiles(ofSamples(fields.flat()));
    expect(
      data.resourceProfiles[0].scopeProfiles[0].profiles[0].samples[0].attributeIndices,
    ).toEqual([1]);
  });

  it('with text that is not UTF-8 are refused', () => {
    // dictionary { string_table: "\xff" }
    expect(() => decodeProfiles(Uint8Array.of(0x12, 0x03, 0x2a, 0x01, 0xff))).toThrow(
      'OTLP profiles: byte 2 (dictionary.string_table): the text is not valid UTF-8',
    );
  });

  it('with unknown fields are read, because a newer producer may add some', () => {
    // Field 99, a number.
    const bytes = new Uint8Array([...encodeProfiles(profiles()), 0x98, 0x06, 0x01]);
    expect(readBack(decodeProfiles(bytes))).toEqual(readBack(profiles()));
  });
});

describe('profiles as OTLP/JSON', () => {
  it('come back as they went', () => {
    const data = profiles();
    expect(readBack(decodeProfilesJson(encodeProfilesJson(data)))).toEqual(readBack(data));
  });

  it('have hexadecimal ids', () => {
    const json = JSON.parse(encodeProfilesJson(profiles())) as {
      dictionary: { linkTable: { traceId: string; spanId: string }[] };
      resourceProfiles: { scopeProfiles: { profiles: { profileId: string }[] }[] }[];
    };
    expect(json.dictionary.linkTable[1]).toEqual({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    });
    expect(json.resourceProfiles[0].scopeProfiles[0].profiles[0].profileId).toBe('ab'.repeat(16));
  });

  it('keep all digits of bare 64-bit numbers', () => {
    const data = decodeTracesJson(
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":1788220800123456789,' +
        '"attributes":[{"key":"x","value":{"doubleValue":1e300}}]}]}]}]}',
    );
    const [span] = data.resourceSpans[0].scopeSpans[0].spans;
    expect(span.startTimeUnixNano).toBe(1_788_220_800_123_456_789n);
    expect(span.attributes[0].value!.value).toEqual({ case: 'doubleValue', value: 1e300 });
  });

  it('of OTLP v1.8, which has other names, are refused', () => {
    const text = '{"resourceProfiles":[{"scopeProfiles":[{"profiles":[{"sample":[]}]}]}]}';
    expect(() => decodeProfilesJson(text)).toThrow('this is OTLP v1.8 or older');
    const named = create(ProfilesDataSchema, { dictionary: { stringTable: ['', '"sample":[]'] } });
    expect(decodeProfilesJson(encodeProfilesJson(named)).dictionary?.stringTable).toHaveLength(2);
  });

  it('that are no JSON, or have ids that are not hexadecimal, are refused', () => {
    expect(() => decodeProfilesJson('{"resourceProfiles":[')).toThrow(/^OTLP profiles: /);
    expect(() => decodeProfilesJson('{"dictionary":{"linkTable":[{"traceId":"xyz"}]}}')).toThrow(
      'OTLP profiles: traceId is not hexadecimal',
    );
  });
});

describe('traces as bytes', () => {
  it('come back as they went', () => {
    const data = create(TracesDataSchema, {
      resourceSpans: [
        {
          resource: { attributes: keyValues({ 'service.name': 'shop' }) },
          scopeSpans: [
            {
              spans: [
                {
                  name: 'GET /cart',
                  kind: 2,
                  spanId: new Uint8Array(8).fill(1),
                  flags: 257,
                  status: { code: 2 },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(decodeTraces(encodeTraces(data))).toEqual(data);
  });
});
