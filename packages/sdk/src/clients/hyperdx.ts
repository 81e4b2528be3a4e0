import type { AnswerFormat } from '../sql/built-query.ts';
import type { ProfileClient } from './profile-client.ts';
import { readResultSet, type ResultSetLike } from './result-set.ts';

/** The part of HyperDX's ClickHouse client that is used. */
export interface HyperDXClientLike {
  query(request: {
    query: string;
    format: AnswerFormat;
    query_params: Record<string, unknown>;
    clickhouse_settings: Record<string, string | number | boolean>;
    abort_signal: AbortSignal;
    connectionId: string;
    queryId?: string;
  }): Promise<ResultSetLike>;
}

/**
 * Asks through HyperDX's own client. That object is new on every render of HyperDX, so the
 * connection is what identifies it: `key` is made of `connectionId`.
 */
export function fromHyperDX(
  client: HyperDXClientLike,
  { connectionId }: { readonly connectionId: string },
): ProfileClient {
  return {
    key: `hyperdx:${connectionId}`,
    byLine: true,
    async send({ query: { query, format, query_params }, settings, signal, queryId, inParts }) {
      const result = await client.query({
        query,
        format,
        query_params: { ...query_params },
        clickhouse_settings: { ...settings },
        abort_signal: signal,
        connectionId,
        queryId,
      });
      return readResultSet(result, { signal, inParts });
    },
  };
}
