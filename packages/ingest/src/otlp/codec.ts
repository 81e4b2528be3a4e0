import {
  fromBinary,
  fromJsonString,
  toBinary,
  toJson,
  type DescMessage,
  type MessageShape,
} from '@bufbuild/protobuf';

import { LogsDataSchema, type LogsData } from '../gen/opentelemetry/proto/logs/v1/logs_pb.ts';
import {
  ProfilesDataSchema,
  type ProfilesData,
} from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
import { TracesDataSchema, type TracesData } from '../gen/opentelemetry/proto/trace/v1/trace_pb.ts';
import {
  ExportProfilesServiceResponseSchema,
  type ExportProfilesServiceResponse,
} from '../gen/opentelemetry/proto/collector/profiles/v1development/profiles_service_pb.ts';
import {
  ProfileSchema as PprofSchema,
  type Profile as Pprof,
} from '../gen/perftools/profiles/profile_pb.ts';
import { MalformedDataError, type DataFormat } from './errors.ts';
import { otlpJson, protobufJson } from './json-ids.ts';
import { isOlderThanV110 } from './older.ts';
import { findFault } from './scan.ts';

/** The bytes of a `ProfilesData`, which are also those of an `ExportProfilesServiceRequest`. */
export function encodeProfiles(data: ProfilesData): Uint8Array<ArrayBuffer> {
  return toBinary(ProfilesDataSchema, data);
}

/** The bytes of a `TracesData`, which are also those of an `ExportTraceServiceRequest`. */
export function encodeTraces(data: TracesData): Uint8Array<ArrayBuffer> {
  return toBinary(TracesDataSchema, data);
}

/** The bytes of a `LogsData`, which are also those of an `ExportLogsServiceRequest`. */
export function encodeLogs(data: LogsData): Uint8Array<ArrayBuffer> {
  return toBinary(LogsDataSchema, data);
}

/**
 * Reads a `ProfilesData` or an `ExportProfilesServiceRequest`, of OTLP v1.10 or newer.
 * @throws MalformedDataError naming the byte and the field
 */
export function decodeProfiles(bytes: Uint8Array): ProfilesData {
  let data: ProfilesData;
  try {
    data = decode(ProfilesDataSchema, bytes, 'otlp-profiles');
  } catch (error) {
    throw error instanceof MalformedDataError && isBeforeV110(error)
      ? beforeV110(error.offset, error.path)
      : error;
  }
  if (isOlderThanV110(bytes, data)) throw beforeV110(undefined, PROFILES);
  return data;
}

const PROFILES = 'resource_profiles.scope_profiles.profiles';

/**
 * v1.10 renumbered `Sample`: where its link is now, there was a list, so that every older payload stops
 * there whose samples have attributes. In `Profile`, field 8 was the bytes of its id up to v1.8, and has been a
 * number since; fields 5 and 6 were the other way round up to v1.7.
 */
function isBeforeV110({ path, reason }: MalformedDataError): boolean {
  return CHANGED.some((field) => path === `${PROFILES}.${field}`) && reason.includes('wire type');
}

const CHANGED = ['samples.link_index', 'dropped_attributes_count', 'period_type', 'period'];

function beforeV110(offset: number | undefined, path: string): MalformedDataError {
  return new MalformedDataError('otlp-profiles', {
    offset,
    path,
    reason:
      'this is OTLP v1.9 or older, where profiles and samples number their fields differently; ' +
      'v1.10 or newer is needed',
  });
}

/**
 * Reads a `TracesData` or an `ExportTraceServiceRequest`.
 * @throws MalformedDataError naming the byte and the field
 */
export function decodeTraces(bytes: Uint8Array): TracesData {
  return decode(TracesDataSchema, bytes, 'otlp-traces');
}

/**
 * Reads a `LogsData` or an `ExportLogsServiceRequest`.
 * @throws MalformedDataError naming the byte and the field
 */
export function decodeLogs(bytes: Uint8Array): LogsData {
  return decode(LogsDataSchema, bytes, 'otlp-logs');
}

/**
 * Reads a receiver's answer to profiles. An empty body is a full success.
 * @throws MalformedDataError
 */
export function decodeProfilesResponse(bytes: Uint8Array): ExportProfilesServiceResponse {
  return decode(ExportProfilesServiceResponseSchema, bytes, 'otlp-profiles');
}

/**
 * Reads an uncompressed pprof `Profile`.
 * @throws MalformedDataError naming the byte and the field
 */
export function decodePprof(bytes: Uint8Array): Pprof {
  return decode(PprofSchema, bytes, 'pprof');
}

/** Reads OTLP/JSON profiles, of v1.9 or newer. @throws MalformedDataError */
export function decodeProfilesJson(text: string): ProfilesData {
  // Names that are not known are passed over. No key in OTLP is chosen by a user, so this is one of its own.
  if (/"sample"\s*:/.test(text)) {
    throw new MalformedDataError('otlp-profiles', {
      path: 'resourceProfiles.scopeProfiles.profiles.sample',
      reason: 'this is OTLP v1.8 or older, which has other names; v1.9 or newer is needed',
    });
  }
  return decodeJson(ProfilesDataSchema, text, 'otlp-profiles');
}

/** Reads OTLP/JSON traces. @throws MalformedDataError */
export function decodeTracesJson(text: string): TracesData {
  return decodeJson(TracesDataSchema, text, 'otlp-traces');
}

/** Reads OTLP/JSON logs. @throws MalformedDataError */
export function decodeLogsJson(text: string): LogsData {
  return decodeJson(LogsDataSchema, text, 'otlp-logs');
}

/** Profiles as OTLP/JSON text: camelCase names, ids in hex, 64-bit numbers as strings. */
export function encodeProfilesJson(data: ProfilesData): string {
  return otlpJson(toJson(ProfilesDataSchema, data));
}

function decode<D extends DescMessage>(
  desc: D,
  bytes: Uint8Array,
  format: DataFormat,
): MessageShape<D> {
  const fault = findFault(desc, bytes);
  if (fault !== undefined) throw new MalformedDataError(format, fault);
  try {
    return fromBinary(desc, bytes);
  } catch (error) {
    throw new MalformedDataError(format, { reason: messageOf(error) });
  }
}

function decodeJson<D extends DescMessage>(
  desc: D,
  text: string,
  format: DataFormat,
): MessageShape<D> {
  try {
    return fromJsonString(desc, protobufJson(text), { ignoreUnknownFields: true });
  } catch (error) {
    throw new MalformedDataError(format, { reason: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
