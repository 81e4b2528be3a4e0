import type { ClickHouseServer, StartOptions } from './options.ts';
import { startClickHouse } from './start.ts';

/**
 * The server that the environment names, else one started here.
 *
 * - `CLICKHOUSE_URL`, for example `http://127.0.0.1:8123`
 * - `CLICKHOUSE_TCP_URL`, for example `clickhouse://127.0.0.1:9000`; default: the host of
 *   `CLICKHOUSE_URL` on port 9000
 *
 * `stop()` and `kill()` leave a server alone that was not started here.
 */
export async function connectOrStart(
  options: StartOptions = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ClickHouseServer> {
  const url = env.CLICKHOUSE_URL;
  if (!url) return startClickHouse(options);
  return {
    url: url.replace(/\/+$/, ''),
    tcpUrl: env.CLICKHOUSE_TCP_URL || `clickhouse://${hostOf(url)}:9000`,
    pid: undefined,
    stop: async () => {},
    kill: () => {},
  };
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    // The text stays out of it: there may be a password in it.
    throw new TypeError('CLICKHOUSE_URL is no URL such as http://127.0.0.1:8123.');
  }
}
