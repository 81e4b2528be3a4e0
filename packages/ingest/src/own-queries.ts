import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  ClickHouseError,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client';

import { UserError } from './errors.ts';
import { KEEPS_ALIVE } from './long-work.ts';
import { untilInsertsEnd } from './running-inserts.ts';

/** What a statement needs that moves many rows, some of which may have been moved before. */
export const MOVING_ROWS = {
  deduplicate_insert: 'disable',
  deduplicate_insert_select: 'disable',
  max_partitions_per_insert_block: '0',
  ...KEEPS_ALIVE,
} as const satisfies ClickHouseSettings;

/** In milliseconds; the lock of a run that was killed is free by then. */
const LOCK_TIMEOUT = 10_000;

/** Work that is one at a time in a database; its queries carry its name. */
export class OwnQueries {
  readonly #client: ClickHouseClient;
  readonly #work: string;
  readonly #database: string;
  readonly #prefix: string;

  constructor(client: ClickHouseClient, work: string, database: string) {
    this.#client = client;
    this.#work = work;
    this.#database = database;
    this.#prefix = `hyperflame-${work}-${database}-`;
  }

  /** For one more query. */
  id(): string {
    return this.#prefix + randomUUID();
  }

  /**
   * Does the work while nobody else does it, and after what is left of an earlier run.
   *
   * @throws UserError when another run is at it
   */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.#lock();
    try {
      await this.#untilNoneRuns();
      return await work();
    } finally {
      release();
    }
  }

  /**
   * A server runs no second query of an id. One that never ends by itself keeps others out, and the
   * server ends it once nobody reads it any more, also where this program was killed.
   */
  async #lock(): Promise<() => void> {
    const until = performance.now() + LOCK_TIMEOUT;
    while (true) {
      try {
        const { stream } = await this.#client.exec({
          query: 'SELECT sleepEachRow(0.1) FROM system.numbers FORMAT TSV',
          query_id: `hyperflame-${this.#work}:${this.#database}`,
          clickhouse_settings: {
            max_block_size: '1',
            cancel_http_readonly_queries_on_client_close: 1,
          },
        });
        // Where the server ends it earlier, the work goes on without.
        stream.on('error', () => undefined).resume();
        return () => stream.destroy();
      } catch (error) {
        const isTaken =
          error instanceof ClickHouseError &&
          error.type === 'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING';
        if (!isTaken) throw error;
        if (performance.now() > until) {
          throw new UserError(
            `Another "hyperflame ${this.#work}" is at work in database ${this.#database}. Run this again when it has ended.`,
          );
        }
      }
      await sleep(100);
    }
  }

  /**
   * Waits for what is left of an earlier run: the server ends a query that writes also where the
   * program that sent it was killed.
   */
  async #untilNoneRuns(): Promise<void> {
    while (true) {
      const answer = await this.#client.query({
        query:
          'SELECT count() AS n FROM system.processes WHERE startsWith(query_id, {prefix:String})',
        query_params: { prefix: this.#prefix },
        format: 'JSONEachRow',
        clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      });
      const [{ n }] = await answer.json<{ n: number }>();
      if (n === 0) return;
      await sleep(200);
    }
  }

  /** Waits for the inserts of others that run now; those that begin later are not waited for. */
  untilOthersEnd(): Promise<void> {
    return untilInsertsEnd(this.#client, { except: this.#prefix });
  }
}
