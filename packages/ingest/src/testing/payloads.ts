import { create } from '@bufbuild/protobuf';

import { keyValues, type Attributes } from '../otlp/attributes.ts';
import { DictionaryBuilder } from '../otlp/dictionary.ts';
import {
  LogsDataSchema,
  ProfilesDataSchema,
  TracesDataSchema,
  anyValue,
  type LogsData,
  type ProfilesData,
  type TracesData,
} from '../otlp/index.ts';

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';
/** 2026-09-01T00:00:00.123456789Z */
export const START = 1_788_220_800_123_456_789n;

const RESOURCE: Attributes = {
  'service.name': 'shop',
  'process.pid': 4711,
  'k8s.pod.name': 'shop-1',
  ratio: 0.25,
  list: ['a', 1, true],
};

/** All three shapes of samples, linked and not, with and without symbols, inlined and odd names. */
export function someProfiles(service = 'shop'): ProfilesData {
  const tables = new DictionaryBuilder();
  const mappingIndex = tables.mappingIndex({
    filename: '/usr/bin/shop',
    attributes: { 'process.executable.build_id.gnu': 'c0ffee' },
  });
  const fn = (name: string, filename = '') => tables.functionIndex({ name, filename });
  const inlined = tables.locationIndex({
    mappingIndex,
    address: 0x401000n,
    lines: [
      {
        functionIndex: tables.functionIndex({
          name: 'memcpy',
          // Many a profiler says it twice.
          systemName: 'memcpy',
          filename: 'string.h',
        }),
        line: 7n,
      },
      {
        functionIndex: tables.functionIndex({
          name: 'printf',
          systemName: '_IO_printf',
          filename: 'stdio.c',
        }),
        line: 30n,
        column: 5n,
      },
    ],
    attributeIndices: tables.attributeIndices({ 'profile.frame.type': 'native' }),
  });
  const noSymbols = tables.locationIndex({ mappingIndex, address: 2n ** 64n - 2n });
  const odd = tables.locationIndex({
    lines: [{ functionIndex: fn(`<img src=x onerror="alert('1')"> \\ {x:String} 🔥`) }],
  });
  const stackIndex = tables.stackIndex([inlined, noSymbols, odd]);
  const other = tables.stackIndex([odd, odd]);
  const linkIndex = tables.linkIndex({ traceId: TRACE_ID, spanId: SPAN_ID });
  const thread = tables.attributeIndices({ 'thread.name': 'main', 'thread.id': 1 });
  const window = { timeUnixNano: START, durationNano: 5_000_000_000n };

  return create(ProfilesDataSchema, {
    resourceProfiles: [
      {
        resource: { attributes: keyValues({ ...RESOURCE, 'service.name': service }) },
        scopeProfiles: [
          {
            scope: { name: 'profiler', version: '1.2.3' },
            profiles: [
              {
                ...window,
                sampleType: tables.valueType('samples', 'count'),
                periodType: tables.valueType('cpu', 'nanoseconds'),
                period: 50_000_000n,
                profileId: new Uint8Array(16).fill(0xab),
                attributeIndices: tables.attributeIndices({ kernel: '6.12' }),
                samples: [
                  {
                    stackIndex,
                    attributeIndices: thread,
                    timestampsUnixNano: [START, START + 50_000_000n],
                  },
                  { stackIndex: other, linkIndex, timestampsUnixNano: [START + 1n] },
                ],
              },
              {
                ...window,
                sampleType: tables.valueType('off_cpu', 'nanoseconds'),
                samples: [
                  {
                    stackIndex,
                    linkIndex,
                    timestampsUnixNano: [START, START + 9n],
                    values: [5n, 2n ** 40n],
                  },
                ],
              },
              {
                ...window,
                sampleType: tables.valueType('cpu', 'nanoseconds'),
                periodType: tables.valueType('cpu', 'nanoseconds'),
                period: 10_000_000n,
                samples: [{ stackIndex: other, values: [30_000_000n] }],
              },
            ],
          },
        ],
      },
    ],
    dictionary: tables.build(),
  });
}

/** How many rows `someProfiles` makes: one for each sample. */
export const SOME_PROFILES_ROWS = 4;

export function someTraces(): TracesData {
  const id = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  return create(TracesDataSchema, {
    resourceSpans: [
      {
        resource: { attributes: keyValues(RESOURCE) },
        scopeSpans: [
          {
            scope: { name: 'http', version: '2' },
            spans: [
              {
                traceId: id(TRACE_ID),
                spanId: id(SPAN_ID),
                traceState: 'a=b',
                name: 'GET /cart',
                kind: 2,
                startTimeUnixNano: START,
                endTimeUnixNano: START + 1_500_000n,
                attributes: keyValues({ 'http.request.method': 'GET' }),
                status: { code: 2, message: 'too slow' },
                events: [
                  { timeUnixNano: START + 3n, name: 'retry', attributes: keyValues({ n: 1 }) },
                ],
                links: [
                  { traceId: id(TRACE_ID), spanId: id(SPAN_ID), attributes: keyValues({ l: 'x' }) },
                ],
              },
              {
                traceId: id(TRACE_ID),
                spanId: id('00f067aa0ba902b7'),
                parentSpanId: id(SPAN_ID),
                name: 'SELECT',
                startTimeUnixNano: START + 10n,
                endTimeUnixNano: START + 20n,
              },
            ],
          },
        ],
      },
    ],
  });
}

export function someLogs(): LogsData {
  return create(LogsDataSchema, {
    resourceLogs: [
      {
        resource: { attributes: keyValues(RESOURCE) },
        schemaUrl: 'https://example.com/resource',
        scopeLogs: [
          {
            scope: { name: 'logger', attributes: keyValues({ s: 'y' }) },
            schemaUrl: 'https://example.com/scope',
            logRecords: [
              {
                timeUnixNano: START,
                severityNumber: 17,
                severityText: 'ERROR',
                body: anyValue('no stock "left"'),
                attributes: keyValues({ sku: 'A-1' }),
                traceId: new Uint8Array(Buffer.from(TRACE_ID, 'hex')),
                spanId: new Uint8Array(Buffer.from(SPAN_ID, 'hex')),
                flags: 1,
                eventName: 'stock.empty',
              },
              { observedTimeUnixNano: START + 5n, body: anyValue(['a', 2]) },
            ],
          },
        ],
      },
    ],
  });
}
