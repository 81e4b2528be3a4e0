import { BinaryReader } from '@bufbuild/protobuf/wire';

import { LogsDataSchema } from '../gen/opentelemetry/proto/logs/v1/logs_pb.ts';
import { TracesDataSchema } from '../gen/opentelemetry/proto/trace/v1/trace_pb.ts';
import type { DataFormat } from '../otlp/errors.ts';
import { findFault } from '../otlp/scan.ts';

/** What a message is; `otlp-metrics` is told apart only to be refused by name. */
export type DetectedFormat = DataFormat | 'otlp-metrics';

/**
 * Protobuf does not say what it holds, so the outermost fields must:
 *
 *     pprof              1 sample types, 2 samples, … 6 strings (always there)
 *     OTLP profiles      1 resources, 2 dictionary
 *     OTLP traces, logs  1 resources, in which the records differ
 *
 * Something unreadable is taken for profiles, whose decoder then says what is wrong and where.
 */
export function detectBinary(bytes: Uint8Array): DetectedFormat {
  const fields = outermostFields(bytes);
  if (fields.has(6)) return 'pprof';
  if (fields.size !== 1 || !fields.has(1)) return 'otlp-profiles';
  if (findFault(LogsDataSchema, bytes) === undefined) return 'otlp-logs';
  if (findFault(TracesDataSchema, bytes) === undefined) return 'otlp-traces';
  return 'otlp-profiles';
}

/** By the one outermost name that each OTLP/JSON message must have. */
export function detectJson(text: string): DetectedFormat | undefined {
  for (const [pattern, format] of JSON_NAMES) {
    if (pattern.test(text)) return format;
  }
  return undefined;
}

const JSON_NAMES: readonly [RegExp, DetectedFormat][] = [
  [/"(?:resourceProfiles|resource_profiles)"\s*:/, 'otlp-profiles'],
  [/"(?:resourceSpans|resource_spans)"\s*:/, 'otlp-traces'],
  [/"(?:resourceLogs|resource_logs)"\s*:/, 'otlp-logs'],
  [/"(?:resourceMetrics|resource_metrics)"\s*:/, 'otlp-metrics'],
];

/** The field numbers of the outermost message, up to where it stops being readable. */
function outermostFields(bytes: Uint8Array): Set<number> {
  const fields = new Set<number>();
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      reader.skip(wireType, field);
      fields.add(field);
    }
  } catch {
    // What was readable says enough.
  }
  return fields;
}
