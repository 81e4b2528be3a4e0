import { useCallback, useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { FlamegraphAnswer } from '@hyperflame/sdk';

/** An answer that is still coming: its stacks so far, with the totals of all. */
export interface PartialFlamegraph {
  readonly answer: FlamegraphAnswer;
  /** How much of the stacks is there, from 0 to 1. */
  readonly share: number;
}

/** How long a part stays that nobody looks at any more, because the whole is there. */
const KEPT_MS = 1000;

/**
 * Parts of answers, beside the cache: what is in there counts as the answer, and would still do so
 * after the rest was given up. All who look at a question see the same part.
 */
class PartialAnswers {
  readonly #parts = new Map<string, { run: object; part: PartialFlamegraph }>();
  readonly #listeners = new Set<() => void>();

  of(hash: string): PartialFlamegraph | undefined {
    return this.#parts.get(hash)?.part;
  }

  /** `run` tells one asking from the next: the end of one must not take the other's part away. */
  show(hash: string, run: object, part: PartialFlamegraph): void {
    this.#parts.set(hash, { run, part });
    this.#tell();
  }

  end(hash: string, run: object): void {
    if (this.#parts.get(hash)?.run !== run) return;
    this.#parts.delete(hash);
    this.#tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const stores = new WeakMap<QueryClient, PartialAnswers>();

function partialsOf(client: QueryClient): PartialAnswers {
  let store = stores.get(client);
  if (!store) stores.set(client, (store = new PartialAnswers()));
  return store;
}

/** Asks, and shows parts of the answer for as long as it is wanted and has not come. */
export async function showingParts(
  client: QueryClient,
  hash: string,
  signal: AbortSignal,
  ask: (onPartial: (answer: FlamegraphAnswer, share: number) => void) => Promise<FlamegraphAnswer>,
): Promise<FlamegraphAnswer> {
  const store = partialsOf(client);
  const run = {};
  const end = () => store.end(hash, run);
  signal.addEventListener('abort', end);
  try {
    const answer = await ask((part, share) => {
      if (!signal.aborted) store.show(hash, run, { answer: part, share });
    });
    // The cache has it in a moment. Until then the part stays, or there would be nothing to see.
    setTimeout(end, KEPT_MS);
    return answer;
  } catch (error) {
    end();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** The part that there is of an answer, if there is one. */
export function usePartialAnswer(client: QueryClient, hash: string): PartialFlamegraph | undefined {
  const store = partialsOf(client);
  const read = useCallback(() => store.of(hash), [store, hash]);
  return useSyncExternalStore(store.subscribe, read, () => undefined);
}
