import type { Span, TracesData } from '../gen/opentelemetry/proto/trace/v1/trace_pb.ts';
import { attributeMap } from './attributes.ts';
import { dateTime64, hexId } from './values.ts';

/** A row of `otel_traces`: exactly the columns that the Collector's clickhouse exporter inserts. */
export interface TraceRow {
  readonly Timestamp: string;
  readonly TraceId: string;
  readonly SpanId: string;
  readonly ParentSpanId: string;
  readonly TraceState: string;
  readonly SpanName: string;
  readonly SpanKind: string;
  readonly ServiceName: string;
  readonly ResourceAttributes: Record<string, string>;
  readonly ScopeName: string;
  readonly ScopeVersion: string;
  readonly SpanAttributes: Record<string, string>;
  readonly Duration: string;
  readonly StatusCode: string;
  readonly StatusMessage: string;
  readonly 'Events.Timestamp': readonly string[];
  readonly 'Events.Name': readonly string[];
  readonly 'Events.Attributes': readonly Record<string, string>[];
  readonly 'Links.TraceId': readonly string[];
  readonly 'Links.SpanId': readonly string[];
  readonly 'Links.TraceState': readonly string[];
  readonly 'Links.Attributes': readonly Record<string, string>[];
}

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const STATUS_CODES = ['Unset', 'Ok', 'Error'];

/** One row for each span. */
export function* traceRows(data: TracesData): Generator<TraceRow> {
  for (const { resource, scopeSpans } of data.resourceSpans) {
    const ResourceAttributes = attributeMap(resource?.attributes ?? []);
    for (const { scope, spans } of scopeSpans) {
      const shared = {
        ServiceName: ResourceAttributes['service.name'] ?? '',
        ResourceAttributes,
        ScopeName: scope?.name ?? '',
        ScopeVersion: scope?.version ?? '',
      };
      for (const span of spans) yield { ...shared, ...spanColumns(span) };
    }
  }
}

type SharedColumn = 'ServiceName' | 'ResourceAttributes' | 'ScopeName' | 'ScopeVersion';

function spanColumns(span: Span): Omit<TraceRow, SharedColumn> {
  return {
    Timestamp: dateTime64(span.startTimeUnixNano),
    TraceId: hexId(span.traceId),
    SpanId: hexId(span.spanId),
    ParentSpanId: hexId(span.parentSpanId),
    TraceState: span.traceState,
    SpanName: span.name,
    SpanKind: KINDS[span.kind] ?? '',
    SpanAttributes: attributeMap(span.attributes),
    // Unsigned, as the exporter computes it: a clock set back in between wraps around there too.
    Duration: String(BigInt.asUintN(64, span.endTimeUnixNano - span.startTimeUnixNano)),
    StatusCode: STATUS_CODES[span.status?.code ?? 0] ?? '',
    StatusMessage: span.status?.message ?? '',
    'Events.Timestamp': span.events.map((event) => dateTime64(event.timeUnixNano)),
    'Events.Name': span.events.map((event) => event.name),
    'Events.Attributes': span.events.map((event) => attributeMap(event.attributes)),
    'Links.TraceId': span.links.map((link) => hexId(link.traceId)),
    'Links.SpanId': span.links.map((link) => hexId(link.spanId)),
    'Links.TraceState': span.links.map((link) => link.traceState),
    'Links.Attributes': span.links.map((link) => attributeMap(link.attributes)),
  };
}
