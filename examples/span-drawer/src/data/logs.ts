import { useQuery } from '@tanstack/react-query';
import { rows, useConnection, type Connection } from './clickhouse.ts';
import { firstRows, type FirstRows } from './firstRows.ts';
import type { Attributes } from './spans.ts';

export interface LogRow {
  readonly timeMillis: number;
  readonly severity: string;
  readonly body: string;
  readonly attributes: Attributes;
}

export interface LogFilter {
  readonly traceId: string;
  /** Empty: those of the whole trace. */
  readonly spanId: string;
}

/** Later logs are not shown, and the tab says so. */
export const LOG_LIMIT = 500;

export async function fetchLogs(
  connection: Connection,
  filter: LogFilter,
  signal: AbortSignal,
): Promise<FirstRows<LogRow>> {
  const found = await rows<LogRow>(
    connection,
    `SELECT toFloat64(toUnixTimestamp64Micro(Timestamp)) / 1000 AS timeMillis,
       SeverityText AS severity, Body AS body, LogAttributes AS attributes
     FROM otel_logs
     WHERE TraceId = {traceId:String} AND ({spanId:String} = '' OR SpanId = {spanId:String})
     ORDER BY Timestamp
     LIMIT {limit:UInt32}`,
    { ...filter, limit: LOG_LIMIT + 1 },
    signal,
  );
  return firstRows(found, LOG_LIMIT);
}

/** A span's are asked for by themselves: among its trace's, they can come after the last one shown. */
export function useLogs(filter: LogFilter) {
  const connection = useConnection();
  return useQuery({
    queryKey: ['logs', connection.id, filter],
    queryFn: ({ signal }) => fetchLogs(connection, filter, signal),
    staleTime: 30_000,
  });
}
