import type { ProfileClient } from './profile-client.ts';
import { readResultSet, type ResultSetLike } from './result-set.ts';

/**
 * The part of `@clickhouse/client-web` (or `@clickhouse/client`, which has the same shape) that is
 * used.
 */
export interface ClickHouseWebLike {
  query(request: {
    query: string;
    format: 'JSONCompactEachRow' | 'JSONEachRow';
    query_params: Record<string, unknown>;
    clickhouse_settings: Record<string, string | number | boolean>;
    abort_signal: AbortSignal;
    query_id?: string;
  }): Promise<ResultSetLike>;
}

/**
 * Asks through `@clickhouse/client-web`.
 *
 * @param key tells connections apart in caches; give one when a page has several.
 */
export function fromClickHouseWeb(
  client: ClickHouseWebLike,
  { key = 'clickhouse' }: { readonly key?: string } = {},
): ProfileClient {
  return {
    key,
    async send({ query: { query, format, query_params }, settings, signal, queryId }) {
      return readResultSet(
        await client.query({
          query,
          format,
          query_params: { ...query_params },
          clickhouse_settings: { ...settings },
          abort_signal: signal,
          query_id: queryId,
        }),
      );
    },
  };
}
