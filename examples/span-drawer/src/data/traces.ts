import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { rows, useConnection, type Connection } from './clickhouse.ts';
import { firstRows, type FirstRows } from './firstRows.ts';

/** The root span of a trace, which names it. */
export interface TraceRow {
  readonly traceId: string;
  readonly spanId: string;
  readonly endpoint: string;
  readonly service: string;
  readonly startMillis: number;
  readonly durationNano: number;
  readonly status: 'Ok' | 'Error' | 'Unset';
  /** As text; empty for what is no HTTP request. */
  readonly httpStatus: string;
}

export const SORTS = ['newest', 'slowest', 'fastest'] as const;
export type Sort = (typeof SORTS)[number];

const ORDER: Record<Sort, string> = {
  newest: 'Timestamp DESC',
  slowest: 'Duration DESC, Timestamp DESC',
  fastest: 'Duration ASC, Timestamp DESC',
};

export interface TraceFilter {
  /** Part of an endpoint's name, or a whole trace id. Empty: all. */
  readonly search: string;
  /** One endpoint exactly. Empty: all. */
  readonly endpoint: string;
  readonly sort: Sort;
  readonly minutes: number;
}

/** More rows than these are not listed; a narrower question finds the others. */
export const TRACE_LIMIT = 200;

const MATCHES = `
  ParentSpanId = ''
  AND Timestamp >= now64(9) - toIntervalMinute({minutes:UInt32})
  AND ({search:String} = '' OR TraceId = {search:String}
    OR positionCaseInsensitiveUTF8(SpanName, {search:String}) > 0)`;

export async function fetchTraces(
  connection: Connection,
  filter: TraceFilter,
  signal: AbortSignal,
): Promise<FirstRows<TraceRow>> {
  const { sort, ...params } = filter;
  const found = await rows<TraceRow>(
    connection,
    `SELECT TraceId AS traceId, SpanId AS spanId, SpanName AS endpoint, ServiceName AS service,
       toFloat64(toUnixTimestamp64Milli(Timestamp)) AS startMillis,
       toFloat64(Duration) AS durationNano,
       StatusCode AS status, SpanAttributes['http.response.status_code'] AS httpStatus
     FROM otel_traces
     WHERE ${MATCHES} AND ({endpoint:String} = '' OR SpanName = {endpoint:String})
     ORDER BY ${ORDER[sort]}
     LIMIT {limit:UInt32}`,
    { ...params, limit: TRACE_LIMIT + 1 },
    signal,
  );
  return firstRows(found, TRACE_LIMIT);
}

export interface EndpointRow {
  readonly endpoint: string;
  readonly traces: number;
  readonly p95Nano: number;
}

/** Endpoints that match the search, busiest first. */
export function fetchEndpoints(connection: Connection, filter: TraceFilter, signal: AbortSignal) {
  const { search, minutes } = filter;
  return rows<EndpointRow>(
    connection,
    `SELECT SpanName AS endpoint, toFloat64(count()) AS traces,
       toFloat64(quantile(0.95)(Duration)) AS p95Nano
     FROM otel_traces
     WHERE ${MATCHES}
     GROUP BY SpanName
     ORDER BY traces DESC, endpoint
     LIMIT 50`,
    { search, minutes },
    signal,
  );
}

export interface TraceSize {
  readonly traceId: string;
  readonly spans: number;
}

export function fetchTraceSizes(
  connection: Connection,
  traceIds: readonly string[],
  signal: AbortSignal,
) {
  return rows<TraceSize>(
    connection,
    `SELECT TraceId AS traceId, toFloat64(uniqExact(SpanId)) AS spans
     FROM otel_traces
     WHERE TraceId IN {traceIds:Array(String)}
     GROUP BY TraceId`,
    { traceIds },
    signal,
  );
}

const REFRESH_MILLIS = 5000;

/** @param live ask again every few seconds */
export function useTraces(filter: TraceFilter, live: boolean) {
  const connection = useConnection();
  return useQuery({
    queryKey: ['traces', connection.id, filter],
    queryFn: ({ signal }) => fetchTraces(connection, filter, signal),
    refetchInterval: live ? REFRESH_MILLIS : false,
    placeholderData: keepPreviousData,
  });
}

export function useEndpoints(filter: TraceFilter, live: boolean) {
  const connection = useConnection();
  const { search, minutes } = filter;
  return useQuery({
    queryKey: ['endpoints', connection.id, search, minutes],
    queryFn: ({ signal }) => fetchEndpoints(connection, filter, signal),
    refetchInterval: live ? REFRESH_MILLIS : false,
    placeholderData: keepPreviousData,
  });
}

/** Spans of each trace. Asked apart from the list, so the list never waits for it. */
export function useTraceSizes(traceIds: readonly string[]) {
  const connection = useConnection();
  return useQuery({
    queryKey: ['trace-sizes', connection.id, traceIds],
    queryFn: ({ signal }) => fetchTraceSizes(connection, traceIds, signal),
    enabled: traceIds.length > 0,
    placeholderData: keepPreviousData,
    select: (sizes) => new Map(sizes.map(({ traceId, spans }) => [traceId, spans])),
  });
}
