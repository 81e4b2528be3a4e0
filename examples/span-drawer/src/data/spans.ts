import { useQuery } from '@tanstack/react-query';
import { rows, useConnection, type Connection } from './clickhouse.ts';
import { firstRows, type FirstRows } from './firstRows.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface SpanEvent {
  readonly name: string;
  readonly timeNano: bigint;
  readonly attributes: Attributes;
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: string;
  readonly service: string;
  /** Since 1970. */
  readonly startNano: bigint;
  readonly durationNano: number;
  readonly status: 'Ok' | 'Error' | 'Unset';
  readonly statusMessage: string;
  readonly attributes: Attributes;
  readonly resource: Attributes;
  readonly events: readonly SpanEvent[];
}

/** A longer trace is cut here, and the drawers say so. */
export const SPAN_LIMIT = 2000;

/** JSON has no 64-bit integers, so times arrive as text. */
interface Row extends Omit<Span, 'startNano' | 'events'> {
  readonly start: string;
  readonly eventNames: readonly string[];
  readonly eventTimes: readonly string[];
  readonly eventAttributes: readonly Attributes[];
}

export async function fetchSpans(
  connection: Connection,
  traceId: string,
  signal: AbortSignal,
): Promise<FirstRows<Span>> {
  const found = await rows<Row>(
    connection,
    `SELECT TraceId AS traceId, SpanId AS spanId, ParentSpanId AS parentSpanId, SpanName AS name,
       SpanKind AS kind, ServiceName AS service,
       toString(toUnixTimestamp64Nano(Timestamp)) AS start, toFloat64(Duration) AS durationNano,
       StatusCode AS status, StatusMessage AS statusMessage, SpanAttributes AS attributes,
       ResourceAttributes AS resource, \`Events.Name\` AS eventNames,
       arrayMap(t -> toString(toUnixTimestamp64Nano(t)), \`Events.Timestamp\`) AS eventTimes,
       \`Events.Attributes\` AS eventAttributes
     FROM otel_traces
     WHERE TraceId = {traceId:String}
     ORDER BY Timestamp
     LIMIT 1 BY SpanId -- a sender that tries again can have stored a span twice
     LIMIT {limit:UInt32}`,
    { traceId, limit: SPAN_LIMIT + 1 },
    signal,
  );
  const spans = found.map(({ start, eventNames, eventTimes, eventAttributes, ...span }) => ({
    ...span,
    startNano: BigInt(start),
    events: eventNames.map((name, at) => ({
      name,
      timeNano: BigInt(eventTimes[at]),
      attributes: eventAttributes[at],
    })),
  }));
  return firstRows(spans, SPAN_LIMIT);
}

/** Services send their spans apart, seconds after they ended; longer than this hardly any sender waits. */
const LATE_MILLIS = 30_000;
const REFRESH_MILLIS = 5000;

/** Whether further spans of a trace may be on their way at a time, in milliseconds since 1970. */
export function mayGrow(spans: readonly Span[], now: number): boolean {
  const endMillis = (span: Span) => Number(span.startNano / 1_000_000n) + span.durationNano / 1e6;
  return spans.some((span) => endMillis(span) > now - LATE_MILLIS);
}

/** Asks again as long as the trace is so recent that it may not be whole. */
export function useSpans(traceId: string) {
  const connection = useConnection();
  return useQuery({
    queryKey: ['spans', connection.id, traceId],
    queryFn: ({ signal }) => fetchSpans(connection, traceId, signal),
    staleTime: 30_000,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && mayGrow(data.rows, Date.now()) ? REFRESH_MILLIS : false,
  });
}
