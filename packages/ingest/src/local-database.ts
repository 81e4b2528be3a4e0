import type { ClickHouseClient } from '@clickhouse/client';

import { shardsOfEngine } from './migrations/layout.ts';

/**
 * The database that holds this server's own rows: where the tables are over several shards, those
 * that people ask are `Distributed`, and name another.
 */
export async function localDatabase(client: ClickHouseClient, database: string): Promise<string> {
  const answer = await client.query({
    query: `SELECT engine_full AS definition FROM system.tables
            WHERE database = {database:String} AND name = 'otel_profiles' AND engine = 'Distributed'`,
    query_params: { database },
    format: 'JSONEachRow',
  });
  const [table] = await answer.json<{ definition: string }>();
  return shardsOfEngine(table?.definition ?? '')?.database ?? database;
}
