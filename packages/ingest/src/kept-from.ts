import type { ClickHouseClient } from '@clickhouse/client';

import { localDatabase } from './local-database.ts';
import { keptTime, ttlOf } from './migrations/kept-times.ts';
import { secondsIn } from './migrations/parameters.ts';

const DAY = 86_400;

/**
 * From when on samples are kept, in seconds since 1970; older ones go soon after their insert.
 * Undefined where nothing goes.
 *
 *     TTL toDate(Timestamp) + toIntervalDay(30): at noon of the 31st, the 1st is gone, and the 2nd is not
 */
export async function keptFrom(
  client: ClickHouseClient,
  database: string,
): Promise<number | undefined> {
  const answer = await client.query({
    query: `SELECT engine_full AS engine FROM system.tables
            WHERE database = {local:String} AND name = 'otel_profiles'`,
    query_params: { local: await localDatabase(client, database) },
    format: 'JSONEachRow',
  });
  const [table] = await answer.json<{ engine: string }>();
  const kept = keptTime(ttlOf(table?.engine ?? ''));
  if (kept === undefined) return undefined;
  return Math.ceil((Date.now() / 1000 - secondsIn(kept)) / DAY) * DAY;
}
