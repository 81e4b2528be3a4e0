import { createClient } from '@clickhouse/client-web';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import type { HyperDXClientLike } from '../clients/hyperdx.ts';

/** Which ClickHouse a connection id stands for, as HyperDX's own server knows it. */
export type Connections = Readonly<Record<string, Connection>>;

interface Connection {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** For a line that is slow: the pause before each part of an answer. */
  readonly pauseMs?: number;
  /** For one that loses what comes after so many bytes, and does not say so. */
  readonly endsAfter?: number;
}

/**
 * The way from HyperDX's page to ClickHouse: its server passes queries on, with the credentials of
 * the connection that the page named, and hangs up on ClickHouse when the page hangs up.
 */
export async function startHyperDXProxy(connections: Connections) {
  const server = createServer((incoming, outgoing) => {
    const connection = connections[String(incoming.headers['x-hyperdx-connection-id'])];
    if (!connection) {
      outgoing.writeHead(404).end('Connection not found');
      return;
    }
    const target = new URL(connection.url);
    target.search = new URL(incoming.url ?? '/', 'http://page').search;
    const passedOn = request(
      target,
      {
        method: incoming.method,
        headers: {
          'accept-encoding': incoming.headers['accept-encoding'],
          'x-clickhouse-user': connection.user,
          'x-clickhouse-key': connection.password,
        },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        const { pauseMs = 0, endsAfter = Infinity } = connection;
        let bytes = 0;
        const line = new Transform({
          transform(part: Buffer, _, done) {
            const rest = Math.max(0, endsAfter - bytes);
            bytes += part.length;
            setTimeout(() => done(null, part.subarray(0, rest)), pauseMs);
          },
        });
        // Whoever hangs up ends the others.
        pipeline(answer, line, outgoing, () => undefined);
      },
    );
    passedOn.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passedOn.destroy());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** What HyperDX throws: the server's reason, and the client's own error as the cause. */
class ClickHouseQueryError extends Error {
  override readonly name = 'ClickHouseQueryError';
}

/**
 * A client with the one verb and the habits of HyperDX's: it looks up the server's settings before
 * the first query, makes a `@clickhouse/client-web` for each query, always has 64-bit numbers
 * quoted, and knows no binary formats. HyperDX makes a new one at every render.
 */
export function hyperDXClient(proxyUrl: string): HyperDXClientLike {
  let settingsLookedUp: Promise<unknown> | undefined;

  const ask = (
    { query, format, query_params, abort_signal, connectionId, queryId }: Query,
    clickhouse_settings: Record<string, string | number | boolean>,
  ) =>
    createClient({
      url: proxyUrl,
      pathname: '/clickhouse-proxy',
      http_headers: { 'x-hyperdx-connection-id': connectionId },
      keep_alive: { enabled: false },
    }).query({
      query,
      format,
      query_params,
      abort_signal,
      clickhouse_settings,
      query_id: queryId,
    });

  return {
    async query(asked) {
      settingsLookedUp ??= ask(
        {
          query: 'SELECT name FROM system.settings',
          format: 'JSON',
          connectionId: asked.connectionId,
        },
        {},
      ).then((answer) => answer.json());
      await settingsLookedUp;
      try {
        return await ask(asked, {
          date_time_output_format: 'iso',
          wait_end_of_query: 0,
          cancel_http_readonly_queries_on_client_close: 1,
          output_format_json_quote_64bit_integers: 1,
          ...asked.clickhouse_settings,
        });
      } catch (cause) {
        throw new ClickHouseQueryError((cause as Error).message, { cause });
      }
    },
  };
}

type Query = Pick<
  Parameters<HyperDXClientLike['query']>[0],
  'query' | 'format' | 'connectionId' | 'queryId'
> &
  Partial<Parameters<HyperDXClientLike['query']>[0]>;
