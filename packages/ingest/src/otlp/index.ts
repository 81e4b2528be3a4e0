/**
 * OTLP Profiles in TypeScript: the messages, their bytes, and pprof → OTLP.
 *
 *     const data = pprofToOtlp(time.stop(), {
 *       resource: { 'service.name': 'shop' },
 *       frameType: 'v8js',
 *       link: (labels) => spanOf(labels),
 *     });
 *     await fetch('http://localhost:4318/v1development/profiles', {
 *       method: 'POST',
 *       headers: { 'content-type': 'application/x-protobuf' },
 *       body: encodeProfiles(data),
 *     });
 *
 * @packageDocumentation
 */
export type { AttributeValue, Attributes } from './attributes.ts';
export { anyValue, keyValues } from './attributes.ts';
export { checkProfiles, type ProfilesProblem } from './check.ts';
export {
  decodeLogs,
  decodeLogsJson,
  decodePprof,
  decodeProfiles,
  decodeProfilesJson,
  decodeProfilesResponse,
  decodeTraces,
  decodeTracesJson,
  encodeLogs,
  encodeProfiles,
  encodeProfilesJson,
  encodeTraces,
} from './codec.ts';
export {
  DictionaryBuilder,
  type FunctionEntry,
  type LineEntry,
  type LocationEntry,
  type MappingEntry,
  type SpanLink,
} from './dictionary.ts';
export { MalformedDataError, type DataFormat } from './errors.ts';
export { pprofToOtlp, type PprofSource, type PprofToOtlpOptions } from './pprof.ts';
export type { PprofFrame } from './pprof-frames.ts';
export type { PprofLabels } from './pprof-labels.ts';
export * from '../gen/opentelemetry/proto/common/v1/common_pb.ts';
export * from '../gen/opentelemetry/proto/logs/v1/logs_pb.ts';
export * from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';
export * from '../gen/opentelemetry/proto/resource/v1/resource_pb.ts';
export * from '../gen/opentelemetry/proto/trace/v1/trace_pb.ts';
export type { ExportProfilesServiceResponse } from '../gen/opentelemetry/proto/collector/profiles/v1development/profiles_service_pb.ts';
