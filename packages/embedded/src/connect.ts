import type { ClickHouseServer, StartOptions } from './options.ts';
import { startClickHouse } from './start.ts';

/**
 * The server that the environment names, else one started here.
 *
 * - `CLICKHOUSE_URL`, for example `http://127.0.0.1:8123`
 * - `CLICKHOUSE_TCP_URL`, for example `clickhouse://127.0.0.1:9000`; default: the host of
 *   `CLICKHOUSE_URL` on port 9000, or for https on 9440, with TLS
 *
 * `stop()` and `kill()` leave a server alone that was not started here.
 */
export async function connectOrStart(
  options: StartOptions = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ClickHouseServer> {
  const url = env.CLICKHOUSE_URL;
  if (!url) return startClickHouse(options);
  const usualTcpUrl = nativeUrl(url);
  return {
    url: url.replace(/\/+$/, ''),
    tcpUrl: env.CLICKHOUSE_TCP_URL || usualTcpUrl,
    pid: undefined,
    ended: new Promise(() => undefined),
    stop: async () => {},
    kill: () => {},
  };
}

/** Where a server listens that nobody has configured otherwise. */
function nativeUrl(url: string): string {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === 'https:'
      ? `clickhouse://${hostname}:9440?secure=true`
      : `clickhouse://${hostname}:9000`;
  } catch {
    // The text stays out of it: there may be a password in it.
    throw new TypeError('CLICKHOUSE_URL is no URL such as http://127.0.0.1:8123.');
  }
}
