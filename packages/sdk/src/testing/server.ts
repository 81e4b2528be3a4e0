import { createClient } from '@clickhouse/client-web';
import { connectOrStart } from '@hyperflame/embedded';
import { migrate } from '@hyperflame/ingest';
import type { LandedSample, LandedSpan } from './corpus.ts';

/** A real ClickHouse with our schema, and a plain copy of whatever landed in it. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** All rights, and settings of its own choice. */
  readonly client: ReturnType<typeof createClient>;
  /** Inserts as the Collector does; the same rows go into the table `raw` as they are. */
  land(samples: readonly LandedSample[], spans?: readonly LandedSpan[]): Promise<void>;
  /** Rows of a plain query, 64-bit numbers as text. */
  rows<Row>(query: string, parameters?: Record<string, unknown>): Promise<Row[]>;
  command(query: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startDatabase(name: string): Promise<TestDatabase> {
  const server = await connectOrStart();
  const admin = createClient({ url: server.url });
  await admin.command({ query: `DROP DATABASE IF EXISTS ${name} SYNC` });
  // Long enough for rows of any date that a test uses.
  await migrate(admin, { database: name, ttl: '3650d' });
  const client = createClient({
    url: server.url,
    database: name,
    // For copies and views of our tables, whose stack ids are of few different values.
    clickhouse_settings: { allow_suspicious_low_cardinality_types: 1 },
  });
  await client.command({ query: 'CREATE TABLE raw ENGINE = Memory AS otel_profiles_ingest' });
  return {
    name,
    url: server.url,
    client,
    async land(samples, spans = []) {
      const insert = async (table: string, values: readonly object[]) => {
        if (values.length > 0) await client.insert({ table, values, format: 'JSONEachRow' });
      };
      await insert('otel_profiles_ingest', samples);
      await insert('raw', samples);
      await insert('otel_traces', spans);
    },
    async rows<Row>(query: string, parameters?: Record<string, unknown>) {
      const answer = await client.query({
        query,
        query_params: parameters,
        format: 'JSONEachRow',
        clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      });
      return answer.json<Row>();
    },
    async command(query) {
      await client.command({ query });
    },
    async stop() {
      await client.close();
      await admin.command({ query: `DROP DATABASE ${name} SYNC` });
      await admin.close();
      await server.stop();
    },
  };
}
