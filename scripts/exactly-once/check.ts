import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { migrate } from '@hyperflame/ingest';
import { landedRows, makeBatches, tally, type Batch } from './batches.ts';
import { insertUnderFire, type InsertFigures } from './inserts.ts';
import { sendUnderFire, type SendFigures } from './sendings.ts';
import { FragileServer } from './server.ts';
import { comparedWithCalm, comparedWithTally, whatIsStored, type Figure } from './stored.ts';

export interface CheckOptions {
  /** Distinct ones; a third of them are made more than once. */
  readonly inserts: number;
  /** Of the server while they are made, and as many of Collector or server while it delivers. */
  readonly kills: number;
  /** Distinct messages through the Collector. */
  readonly messages: number;
  readonly seed: string;
  /** Path of the Collector's program. */
  readonly collector: string;
  readonly onProgress?: (what: string, done: number, of: number) => void;
}

export interface CheckReport {
  readonly seed: string;
  readonly inserts: InsertFigures & Compared;
  readonly collector: SendFigures & Compared;
  readonly differences: number;
}

interface Compared {
  readonly distinct: number;
  readonly figures: readonly Figure[];
}

/** The batches must not expire while they are counted, in whatever year that is. */
const TTL = '18000d';

/** Rows of several batches in one insert: quicker, and no question may tell. */
const CALM_BATCHES = 100;

/** Inserts and sends under fire, and compares every table with what it would hold in peace. */
export async function checkExactlyOnce(options: CheckOptions): Promise<CheckReport> {
  const { seed, kills, onProgress = () => {} } = options;
  const folder = await mkdtemp(join(tmpdir(), 'hyperflame-exactly-once-'));
  const server = await FragileServer.start(join(folder, 'data'));
  const client = createClient({
    url: server.url,
    keep_alive: { enabled: false },
    log: { level: ClickHouseLogLevel.OFF },
  });
  try {
    const inserted = makeBatches(options.inserts, `inserts ${seed}`);
    const inserts = await compared(client, 'inserts', inserted, (database) =>
      insertUnderFire({
        server,
        database,
        batches: inserted,
        kills,
        seed,
        onProgress: (done, of) => onProgress('inserts', done, of),
      }),
    );
    const sent = makeBatches(options.messages, `messages ${seed}`);
    const collector = await compared(client, 'messages', sent, (database) =>
      sendUnderFire({
        server,
        database,
        collector: options.collector,
        queue: join(folder, 'queue'),
        batches: sent,
        kills,
        seed,
        onProgress: (done, of) => onProgress('messages', done, of),
      }),
    );
    const figures = [...inserts.figures, ...collector.figures];
    return {
      seed,
      inserts,
      collector,
      differences: figures.filter(isDifference).length,
    };
  } finally {
    await client.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export function isDifference({ sent, stored }: Figure): boolean {
  return sent === '' || sent !== stored;
}

async function compared<Figures>(
  client: ClickHouseClient,
  name: string,
  batches: readonly Batch[],
  send: (database: string) => Promise<Figures>,
): Promise<Figures & Compared> {
  const [stormy, calm] = [name, `${name}_in_peace`];
  for (const database of [stormy, calm]) await migrate(client, { database, ttl: TTL });
  const took = await send(stormy);
  for (let from = 0; from < batches.length; from += CALM_BATCHES) {
    await client.insert({
      table: `${calm}.otel_profiles_ingest`,
      values: batches.slice(from, from + CALM_BATCHES).flatMap(landedRows),
      format: 'JSONEachRow',
      clickhouse_settings: { date_time_input_format: 'basic', async_insert: 0 },
    });
  }
  const stored = await whatIsStored(client, stormy);
  return {
    ...took,
    distinct: batches.length,
    figures: [
      ...comparedWithTally(tally(batches), stored),
      ...comparedWithCalm(await whatIsStored(client, calm), stored),
    ],
  };
}
