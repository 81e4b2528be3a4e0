import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';

import { KEEPS_ALIVE } from './long-work.ts';
import { untilInsertsEnd } from './running-inserts.ts';

/** What a statement needs that moves many rows, some of which may have been moved before. */
export const MOVING_ROWS = {
  insert_deduplicate: 0,
  max_partitions_per_insert_block: '0',
  ...KEEPS_ALIVE,
} as const satisfies ClickHouseSettings;

/** Work that is one at a time in a database; its queries carry its name. */
export class OwnQueries {
  readonly #client: ClickHouseClient;
  readonly #prefix: string;

  constructor(client: ClickHouseClient, work: string, database: string) {
    this.#client = client;
    this.#prefix = `hyperflame-${work}-${database}-`;
  }

  /** For one more query. */
  id(): string {
    return this.#prefix + randomUUID();
  }

  /**
   * Waits for what is left of an earlier run: the server ends a query that writes also where the
   * program that sent it was killed.
   */
  async untilNoneRuns(): Promise<void> {
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
