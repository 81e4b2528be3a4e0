import { integer, type Random } from '../../bench/lib/fleetDay/random.ts';

/** One thing to send, first or again. */
export interface Sending {
  /** Which batch. */
  readonly number: number;
  /** Something is killed within so many milliseconds of when it is sent. */
  readonly killWithinMs?: number;
}

export interface PlanOptions {
  readonly batches: number;
  /** Of the batches that were sent, how many are sent again; some of those once more. */
  readonly repeated: number;
  /** A repetition comes at most so many sendings later. */
  readonly within: number;
  readonly kills: number;
}

/** Within how long after a sending began the kill comes: as long as an insert takes, and more. */
const KILL_WITHIN_MS = 80;

/**
 * Every batch in order, repetitions strewn in, kills spread over all of it:
 *
 *     0 1 2 1 3 4✗ 5 4 2 6 7✗ …
 */
export function plan(next: Random, { batches, repeated, within, kills }: PlanOptions): Sending[] {
  const placed: { at: number; number: number }[] = [];
  for (let number = 0; number < batches; number++) {
    for (let at = number; ;) {
      placed.push({ at, number });
      if (next() >= repeated) break;
      at += 0.5 + integer(next, 0, next() < 0.5 ? 2 : within);
    }
  }
  placed.sort((a, b) => a.at - b.at);
  const killed = new Set<number>();
  for (let i = 0; i < kills; i++) {
    // One in each of as many equal stretches.
    killed.add(Math.floor(((i + next()) * placed.length) / kills));
  }
  return placed.map(({ number }, position) =>
    killed.has(position) ? { number, killWithinMs: next() * KILL_WITHIN_MS } : { number },
  );
}

/** Works through a list, several at a time, in order of beginning. */
export async function inParallel<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, position: number) => Promise<void>,
): Promise<void> {
  let position = 0;
  const worker = async (): Promise<void> => {
    while (position < items.length) {
      const mine = position++;
      await work(items[mine] as Item, mine);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
