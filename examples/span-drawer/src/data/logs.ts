import { useQuery } from '@tanstack/react-query';
import { rows, useConnection, type Connection } from './clickhouse.ts';
import type { Attributes } from './spans.ts';

export interface LogRow {
  readonly spanId: string;
  readonly timeMillis: number;
  readonly severity: string;
  readonly body: string;
  readonly attributes: Attributes;
}

const LOG_LIMIT = 500;

export function fetchLogs(connection: Connection, traceId: string, signal: AbortSignal) {
  return rows<LogRow>(
    connection,
    `SELECT SpanId AS spanId, toFloat64(toUnixTimestamp64Micro(Timestamp)) / 1000 AS timeMillis,
       SeverityText AS severity, Body AS body, LogAttributes AS attributes
     FROM otel_logs
     WHERE TraceId = {traceId:String}
     ORDER BY Timestamp
     LIMIT {limit:UInt32}`,
    { traceId, limit: LOG_LIMIT },
    signal,
  );
}

/** Logs of the whole trace; a span's are picked from them. */
export function useLogs(traceId: string) {
  const connection = useConnection();
  return useQuery({
    queryKey: ['logs', connection.id, traceId],
    queryFn: ({ signal }) => fetchLogs(connection, traceId, signal),
    staleTime: 30_000,
  });
}
