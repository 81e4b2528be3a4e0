import { setTimeout as sleep } from 'node:timers/promises';
import {
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  type ClickHouseSettings,
} from '@clickhouse/client';
import { random } from '../../bench/lib/fleetDay/random.ts';
import { landedRows, type Batch } from './batches.ts';
import { inParallel, plan } from './plan.ts';
import type { FragileServer } from './server.ts';

export interface InsertOptions {
  readonly server: FragileServer;
  readonly database: string;
  readonly batches: readonly Batch[];
  readonly kills: number;
  readonly seed: string;
  readonly onProgress: (done: number, of: number) => void;
}

/** What it took. */
export interface InsertFigures {
  readonly sendings: number;
  /** That got no answer, because the server was killed, and were sent again. */
  readonly brokenOff: number;
  readonly kills: number;
}

/** Enough at a time for the server to gather asynchronous inserts. */
const WORKERS = 12;

/** Less than the tables remember: see non_replicated_deduplication_window. */
const REPEATED_WITHIN = 300;

/**
 * The ways in which a client can insert so that a repetition is known again. A batch keeps its way:
 * so does a client that sends again.
 */
const WAYS: readonly ((number: number) => ClickHouseSettings)[] = [
  () => ({ async_insert: 0 }),
  (number) => ({ async_insert: 0, insert_deduplication_token: `batch ${number}` }),
  () => ({ async_insert: 1, wait_for_async_insert: 1, async_insert_deduplicate: 1 }),
];

/** Inserts every batch into the landing table, many more than once, while the server is killed. */
export async function insertUnderFire(options: InsertOptions): Promise<InsertFigures> {
  const { server, database, batches, seed } = options;
  const sendings = plan(random(`inserts ${seed}`), {
    batches: batches.length,
    repeated: 0.35,
    within: REPEATED_WITHIN,
    kills: options.kills,
  });
  const client = createClient({
    url: server.url,
    database,
    max_open_connections: WORKERS,
    log: { level: ClickHouseLogLevel.OFF },
  });
  let brokenOff = 0;
  const insert = async (number: number): Promise<void> => {
    const way = WAYS[number % WAYS.length] as (typeof WAYS)[number];
    for (;;) {
      try {
        await client.insert({
          table: 'otel_profiles_ingest',
          values: landedRows(batches[number] as Batch),
          format: 'JSONEachRow',
          clickhouse_settings: {
            date_time_input_format: 'basic',
            deduplicate_blocks_in_dependent_materialized_views: 1,
            ...way(number),
          },
        });
        return;
      } catch (error) {
        // A server that answers has no reason to refuse.
        if (error instanceof ClickHouseError) throw error;
        brokenOff++;
        await server.ready();
      }
    }
  };
  const killsBefore = server.kills;
  const killings: Promise<void>[] = [];
  try {
    await inParallel(sendings, WORKERS, async ({ number, killWithinMs }, position) => {
      if (killWithinMs !== undefined) {
        killings.push(sleep(killWithinMs).then(() => server.kill()));
      }
      await insert(number);
      options.onProgress(position + 1, sendings.length);
    });
    await Promise.all(killings);
    return { sendings: sendings.length, brokenOff, kills: server.kills - killsBefore };
  } finally {
    await client.close();
  }
}
