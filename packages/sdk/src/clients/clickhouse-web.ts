import type { AnswerFormat } from '../sql/built-query.ts';
import type { ProfileClient } from './profile-client.ts';
import { readBytes, readResultSet, type ByteStream, type ResultSetLike } from './result-set.ts';

/**
 * The part of `@clickhouse/client-web` (or `@clickhouse/client`, which has the same shape) that is
 * used.
 */
export interface ClickHouseWebLike {
  query(request: {
    query: string;
    format: AnswerFormat;
    query_params: Record<string, unknown>;
    clickhouse_settings: Record<string, string | number | boolean>;
    abort_signal: AbortSignal;
    query_id?: string;
  }): Promise<ResultSetLike>;
  /**
   * The answer as bytes. A result set can be read as it comes too, but then the client makes an object
   * of each row, on the page's thread.
   */
  exec?(request: {
    query: string;
    query_params: Record<string, unknown>;
    clickhouse_settings: Record<string, string | number | boolean>;
    abort_signal: AbortSignal;
    query_id?: string;
  }): Promise<ByteStream>;
}

/** Clients that were given no name get a number. */
const numbers = new WeakMap<ClickHouseWebLike, number>();
let lastNumber = 0;

/**
 * Asks through `@clickhouse/client-web`.
 *
 * Make the client once, not on every render, or give `key`: a name for the connection, under which
 * caches keep its answers. Without one, each client object is a connection of its own.
 */
export function fromClickHouseWeb(
  client: ClickHouseWebLike,
  { key }: { readonly key?: string } = {},
): ProfileClient {
  if (key === undefined && !numbers.has(client)) numbers.set(client, ++lastNumber);
  return {
    key: `clickhouse:${key ?? numbers.get(client)}`,
    byLine: client.exec === undefined,
    async send({ query: { query, format, query_params }, settings, signal, queryId, inParts }) {
      const request = {
        query_params: { ...query_params },
        clickhouse_settings: { ...settings },
        abort_signal: signal,
        query_id: queryId,
      };
      if (inParts && client.exec) {
        return readBytes(
          await client.exec({ ...request, query: `${query}\nFORMAT ${format}` }),
          signal,
        );
      }
      const result = await client.query({ ...request, query, format });
      return readResultSet(result, { signal, inParts });
    },
  };
}
