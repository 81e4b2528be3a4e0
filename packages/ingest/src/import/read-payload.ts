import {
  decodeLogs,
  decodeLogsJson,
  decodeProfiles,
  decodeProfilesJson,
  decodeTraces,
  decodeTracesJson,
  encodeProfiles,
} from '../otlp/codec.ts';
import { checkProfiles } from '../otlp/check.ts';
import { MalformedDataError } from '../otlp/errors.ts';
import { pprofToOtlp, type PprofToOtlpOptions } from '../otlp/pprof.ts';
import type { LogsData } from '../gen/opentelemetry/proto/logs/v1/logs_pb.ts';
import type { ProfilesData } from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import type { TracesData } from '../gen/opentelemetry/proto/trace/v1/trace_pb.ts';
import { detectBinary, detectJson } from './detect.ts';
import type { RawPayload } from './framing.ts';

/** A message that was understood. */
export type Payload =
  | {
      readonly signal: 'profiles';
      readonly data: ProfilesData;
      /** Of pprof: the OTLP that the options made of it, but for a start that it does not have. */
      readonly asOtlp?: Uint8Array;
    }
  | { readonly signal: 'traces'; readonly data: TracesData }
  | { readonly signal: 'logs'; readonly data: LogsData };

/** What a person may say about files; `auto` finds out. */
export type ImportFormat = 'auto' | 'otlp' | 'pprof';

/** What pprof files need to be told, because they do not say it. */
export interface PprofDefaults extends PprofToOtlpOptions {
  /** The start of a profile that has none. */
  readonly missingTimeUnixNano: bigint;
}

/**
 * Understands one message.
 * @throws MalformedDataError when it is none of those that can be imported
 */
export function readPayload(raw: RawPayload, format: ImportFormat, pprof: PprofDefaults): Payload {
  if (format === 'pprof') return readPprof(raw.bytes, pprof);
  return raw.encoding === 'json'
    ? readJson(new TextDecoder().decode(raw.bytes))
    : readBinary(raw.bytes, format, pprof);
}

function readBinary(bytes: Uint8Array, format: ImportFormat, pprof: PprofDefaults): Payload {
  switch (detectBinary(bytes)) {
    case 'pprof':
      return format === 'otlp'
        ? { signal: 'profiles', data: checked(decodeProfiles(bytes)) }
        : readPprof(bytes, pprof);
    case 'otlp-traces':
      return { signal: 'traces', data: checkedTraces(decodeTraces(bytes)) };
    case 'otlp-logs':
      return { signal: 'logs', data: decodeLogs(bytes) };
    default:
      return { signal: 'profiles', data: checked(decodeUnknown(bytes)) };
  }
}

/** Bytes of which not even the first field can be read are more likely no profiles at all. */
function decodeUnknown(bytes: Uint8Array): ProfilesData {
  try {
    return decodeProfiles(bytes);
  } catch (error) {
    if (!(error instanceof MalformedDataError) || error.path !== '') throw error;
    const { format, offset, reason } = error;
    throw new MalformedDataError(format, {
      offset,
      reason: `this is neither OTLP nor pprof (${reason})`,
    });
  }
}

function readPprof(bytes: Uint8Array, { missingTimeUnixNano, ...options }: PprofDefaults): Payload {
  const data = pprofToOtlp(bytes, options);
  const asOtlp = encodeProfiles(data);
  for (const { scopeProfiles } of data.resourceProfiles) {
    for (const { profiles } of scopeProfiles) {
      for (const profile of profiles) profile.timeUnixNano ||= missingTimeUnixNano;
    }
  }
  return { signal: 'profiles', data, asOtlp };
}

function readJson(text: string): Payload {
  switch (detectJson(text)) {
    case 'otlp-traces':
      return { signal: 'traces', data: checkedTraces(decodeTracesJson(text)) };
    case 'otlp-logs':
      return { signal: 'logs', data: decodeLogsJson(text) };
    case 'otlp-profiles':
      return { signal: 'profiles', data: checked(decodeProfilesJson(text)) };
    case 'otlp-metrics':
      throw new MalformedDataError('otlp-profiles', {
        reason: 'this is metrics, which are not imported',
      });
    default:
      // Not OTLP at all, or not even JSON: decoding says which.
      decodeProfilesJson(text);
      throw new MalformedDataError('otlp-profiles', {
        reason: 'it has neither resourceProfiles nor resourceSpans nor resourceLogs',
      });
  }
}

/** Decoding trusts indices; a row made from a wrong one would be made up. */
function checked(data: ProfilesData): ProfilesData {
  const [problem] = checkProfiles(data, { limit: 1, unreadableOnly: true });
  if (problem !== undefined) {
    throw new MalformedDataError('otlp-profiles', { path: problem.path, reason: problem.problem });
  }
  return data;
}

/** Metrics decode as spans without a single fault, but their names are no trace ids. */
function checkedTraces(data: TracesData): TracesData {
  for (const { scopeSpans } of data.resourceSpans) {
    for (const { spans } of scopeSpans) {
      const wrong = spans.find(
        ({ traceId, spanId }) => traceId.length !== 16 || spanId.length !== 8,
      );
      if (wrong !== undefined) {
        throw new MalformedDataError('otlp-traces', {
          path: 'resource_spans.scope_spans.spans',
          reason: `a span's ids have ${wrong.traceId.length} and ${wrong.spanId.length} bytes, not 16 and 8`,
        });
      }
    }
  }
  return data;
}
