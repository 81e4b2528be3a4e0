import { setTimeout as sleep } from 'node:timers/promises';

import { quoteText } from './migrations/parameters.ts';

/** What asks; any of ClickHouse's clients. */
interface Asks {
  query(question: {
    readonly query: string;
    readonly format: 'JSONEachRow';
  }): Promise<{ json(): Promise<unknown> }>;
}

export interface UntilInsertsEndOptions {
  /** Whose inserts are not waited for: how the ids of their queries begin. */
  readonly except?: string;
  /** Waits no longer than this. For ever, if not said. */
  readonly mostMs?: number;
}

/** Waits for the inserts that run now; those that begin later are not waited for. */
export async function untilInsertsEnd(
  client: Asks,
  { except, mostMs = Infinity }: UntilInsertsEndOptions = {},
): Promise<void> {
  const others = except === undefined ? '' : ` AND NOT startsWith(query_id, ${quoteText(except)})`;
  const running = async (): Promise<string[]> => {
    const answer = await client.query({
      query: `SELECT query_id AS id FROM system.processes
        WHERE query_kind IN ('Insert', 'AsyncInsertFlush')${others}`,
      format: 'JSONEachRow',
    });
    return ((await answer.json()) as { id: string }[]).map(({ id }) => id);
  };
  const end = performance.now() + mostMs;
  let awaited = await running();
  while (awaited.length > 0 && performance.now() < end) {
    await sleep(50);
    const still = new Set(await running());
    awaited = awaited.filter((id) => still.has(id));
  }
}
