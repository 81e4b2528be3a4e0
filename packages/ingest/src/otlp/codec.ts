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
 * Reads a `ProfilesData` or an `ExportProfilesServiceRequest`.
 * @throws MalformedDataError naming the byte and the field
 */
export function decodeProfiles(bytes: Uint8Array): ProfilesData {
  try {
    return decode(ProfilesDataSchema, bytes, 'otlp-profiles');
  } catch (error) {
    throw error instanceof MalformedDataError && isBeforeV110(error)
      ? new MalformedDataError('otlp-profiles', {
          offset: error.offset,
          path: error.path,
          reason:
            'this is OTLP v1.9 or older, where profiles and samples number their fields differently; ' +
            'v1.10 or newer is needed',
        })
      : error;
  }
}

/**
 * v1.10 renumbered `Profile` and `Sample`. Field 8 of `Profile`, until then the bytes of its id, has
 * been a number since, so every older payload that has an id, even an empty one, stops there.
 */
function isBeforeV110(error: MalformedDataError): boolean {
  return error.path === 'resource_profiles.scope_profiles.profiles.dropped_attributes_count';
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

/** Reads OTLP/JSON profiles. @throws MalformedDataError */
export function decodeProfilesJson(text: string): ProfilesData {
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
