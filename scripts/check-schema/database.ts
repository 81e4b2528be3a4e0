import { setTimeout as sleep } from 'node:timers/promises';
import { ClickHouseLogLevel, createClient, type ClickHouseSettings } from '@clickhouse/client';
import { createClient as createWebClient } from '@clickhouse/client-web';
import { createProfiles, fromClickHouseWeb } from '@hyperflame/sdk';
import { answersOf, type Answers } from './answers.ts';
import type { Corpus } from './corpus.ts';

/** A database that holds the corpus, or will. */
export interface Place {
  readonly url: string;
  readonly database: string;
}

/** Long enough for samples of any date. */
export const TTL = '3650d';

export async function command(url: string, query: string): Promise<void> {
  const client = createClient({ url });
  try {
    await client.command({ query });
  } finally {
    await client.close();
  }
}

export async function rows<Row>({ url, database }: Place, query: string): Promise<Row[]> {
  const client = createClient({ url, database });
  try {
    return await (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  } finally {
    await client.close();
  }
}

export interface LandOptions {
  readonly settings?: ClickHouseSettings;
  /** How often an insert is sent that was taken the first time. 2 if not said. */
  readonly sendings?: number;
}

/** Inserts as the Collector does, in some inserts, each of them twice: the second counts nothing. */
export async function land(
  { url, database }: Place,
  { samples, spans }: Corpus,
  { settings, sendings = 2 }: LandOptions = {},
): Promise<void> {
  const client = createClient({
    url,
    database,
    // A refused insert is sent again, which says enough.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      deduplicate_blocks_in_dependent_materialized_views: 1,
      distributed_foreground_insert: 1,
      async_insert: 0,
      ...settings,
    },
  });
  try {
    const perInsert = 500;
    for (let at = 0; at < samples.length; at += perInsert) {
      const values = samples.slice(at, at + perInsert);
      for (let time = 0; time < sendings; time++) {
        await untilTaken(() =>
          client.insert({ table: 'otel_profiles_ingest', values, format: 'JSONEachRow' }),
        );
      }
    }
    if (spans.length === 0) return;
    await untilTaken(() =>
      client.insert({ table: 'otel_traces', values: spans, format: 'JSONEachRow' }),
    );
  } finally {
    await client.close();
  }
}

/** As the exporter does, an insert that was refused is sent again, for a minute. */
async function untilTaken(insert: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + 60_000;
  while (true) {
    try {
      await insert();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(100);
    }
  }
}

export async function answers({ url, database }: Place, corpus: Corpus): Promise<Answers> {
  const client = createWebClient({ url, database });
  try {
    return await answersOf(createProfiles({ client: fromClickHouseWeb(client), database }), corpus);
  } finally {
    await client.close();
  }
}
