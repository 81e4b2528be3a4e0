import { randomBytes } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import {
  DictionaryBuilder,
  encodeProfiles,
  encodeTraces,
  keyValues,
  ProfilesDataSchema,
  TracesDataSchema,
} from '@hyperflame/ingest/otlp';
import type { SharedStack } from './stack.ts';

export type OtlpPath = '/v1development/profiles' | '/v1/traces';

export function postOtlp(
  { otlpUrl }: SharedStack,
  path: OtlpPath,
  body: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const headers = { 'content-type': 'application/x-protobuf' };
  return fetch(otlpUrl + path, { method: 'POST', headers, body });
}

/** A span with one stack in it, as another service would send it. Root first. */
export async function sendSpan(
  stack: SharedStack,
  { name, functions }: { name: string; functions: readonly string[] },
): Promise<{ traceId: string; spanId: string }> {
  const traceId = randomBytes(16);
  const spanId = randomBytes(8);
  const start = BigInt(Date.now()) * 1_000_000n;
  const resource = { attributes: keyValues({ 'service.name': 'visitor' }) };

  const span = {
    traceId,
    spanId,
    name,
    startTimeUnixNano: start,
    endTimeUnixNano: start + 50_000_000n,
  };
  const traces = create(TracesDataSchema, {
    resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }],
  });

  const dictionary = new DictionaryBuilder();
  const locations = functions.map((fn) =>
    dictionary.locationIndex({
      lines: [{ functionIndex: dictionary.functionIndex({ name: fn }) }],
    }),
  );
  const profile = {
    sampleType: dictionary.valueType('cpu', 'nanoseconds'),
    periodType: dictionary.valueType('cpu', 'nanoseconds'),
    period: 10_000_000n,
    timeUnixNano: start,
    durationNano: 50_000_000n,
    samples: [
      {
        stackIndex: dictionary.stackIndex(locations.reverse()),
        linkIndex: dictionary.linkIndex({
          traceId: traceId.toString('hex'),
          spanId: spanId.toString('hex'),
        }),
        values: [50_000_000n],
      },
    ],
  };
  const profiles = create(ProfilesDataSchema, {
    resourceProfiles: [{ resource, scopeProfiles: [{ profiles: [profile] }] }],
    dictionary: dictionary.build(),
  });

  const answers = await Promise.all([
    postOtlp(stack, '/v1/traces', encodeTraces(traces)),
    postOtlp(stack, '/v1development/profiles', encodeProfiles(profiles)),
  ]);
  for (const answer of answers) {
    if (!answer.ok) throw new Error(`The Collector answered ${answer.status}.`);
  }
  return { traceId: traceId.toString('hex'), spanId: spanId.toString('hex') };
}
