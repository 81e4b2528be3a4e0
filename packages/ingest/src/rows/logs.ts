import type { LogsData } from '../gen/opentelemetry/proto/logs/v1/logs_pb.ts';
import { attributeMap, valueText } from './attributes.ts';
import { dateTime64, hexId } from './values.ts';

/** A row of `otel_logs`: exactly the columns that the Collector's clickhouse exporter inserts. */
export interface LogRow {
  readonly Timestamp: string;
  readonly TraceId: string;
  readonly SpanId: string;
  readonly TraceFlags: number;
  readonly SeverityText: string;
  readonly SeverityNumber: number;
  readonly ServiceName: string;
  readonly Body: string;
  readonly ResourceSchemaUrl: string;
  readonly ResourceAttributes: Record<string, string>;
  readonly ScopeSchemaUrl: string;
  readonly ScopeName: string;
  readonly ScopeVersion: string;
  readonly ScopeAttributes: Record<string, string>;
  readonly LogAttributes: Record<string, string>;
  readonly EventName: string;
}

/** One row for each log record. */
export function* logRows(data: LogsData): Generator<LogRow> {
  for (const { resource, scopeLogs, schemaUrl: ResourceSchemaUrl } of data.resourceLogs) {
    const ResourceAttributes = attributeMap(resource?.attributes ?? []);
    for (const { scope, logRecords, schemaUrl: ScopeSchemaUrl } of scopeLogs) {
      const shared = {
        ServiceName: ResourceAttributes['service.name'] ?? '',
        ResourceSchemaUrl,
        ResourceAttributes,
        ScopeSchemaUrl,
        ScopeName: scope?.name ?? '',
        ScopeVersion: scope?.version ?? '',
        ScopeAttributes: attributeMap(scope?.attributes ?? []),
      };
      for (const record of logRecords) {
        yield {
          ...shared,
          // A log without a time of its own has the time at which it was first seen.
          Timestamp: dateTime64(record.timeUnixNano || record.observedTimeUnixNano),
          TraceId: hexId(record.traceId),
          SpanId: hexId(record.spanId),
          TraceFlags: record.flags & 0xff,
          SeverityText: record.severityText,
          SeverityNumber: record.severityNumber & 0xff,
          Body: valueText(record.body),
          LogAttributes: attributeMap(record.attributes),
          EventName: record.eventName,
        };
      }
    }
  }
}
