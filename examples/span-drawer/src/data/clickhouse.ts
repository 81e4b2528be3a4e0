import { createClient, type ClickHouseClient } from '@clickhouse/client-web';
import { createContext, useContext } from 'react';
import type { PageConfig } from '../page-config.ts';

/** The client that the whole page shares, and what makes its answers different from another's. */
export interface Connection {
  readonly client: ClickHouseClient;
  /** Goes into every query key; the client itself must not. */
  readonly id: string;
  readonly config: PageConfig;
}

export function connect(config: PageConfig): Connection {
  const { clickhouseUrl, user, password, database } = config;
  return {
    client: createClient({ url: clickhouseUrl, username: user, password, database }),
    id: `${user}@${clickhouseUrl}/${database}`,
    config,
  };
}

export const ConnectionContext = createContext<Connection | undefined>(undefined);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === undefined) throw new Error('This component needs a connection around it.');
  return connection;
}

/** Rows of a query. Values reach ClickHouse as bound parameters only. */
export async function rows<Row>(
  { client }: Connection,
  query: string,
  params: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Row[]> {
  const result = await client.query({
    query,
    query_params: params,
    format: 'JSONEachRow',
    abort_signal: signal,
    clickhouse_settings: {
      max_execution_time: 30,
      cancel_http_readonly_queries_on_client_close: 1,
    },
  });
  return result.json<Row>();
}

/** What went wrong, in words for a person: the server's own where it has answered. */
export function reasonOf(error: unknown, { config }: Connection): string {
  if (!(error instanceof Error)) return String(error);
  // A browser says no more than this about a server that cannot be reached.
  if (error instanceof TypeError) return `ClickHouse did not answer at ${config.clickhouseUrl}.`;
  return error.message;
}
