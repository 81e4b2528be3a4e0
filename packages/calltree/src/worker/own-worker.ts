import { wrap, type Remote } from 'comlink';
import { aborted } from '../model/aborted.ts';
import { CallTreeError, type CallTreeErrorKind } from '../model/errors.ts';

/** What a worker of this kind has besides its work. */
export interface Startable {
  /** Answers once the worker runs: from then on it is its work that ends it, if anything does. */
  start(): void;
}

interface Work<Side extends Startable, Result> {
  /** `undefined` where there are none. */
  readonly worker: Worker | undefined;
  readonly ask: (side: Remote<Side>) => Promise<Result>;
  /** Where no worker starts. */
  readonly inPlace: () => Promise<Result>;
  /** What it is called when a worker dies over its work; the page would die over it too. */
  readonly death: { readonly kind: CallTreeErrorKind; readonly message: string };
  readonly signal?: AbortSignal;
}

/** Has something done by a worker of its own, which ends with it. */
export async function inOwnWorker<Side extends Startable, Result>({
  worker,
  ask,
  inPlace,
  death,
  signal,
}: Work<Side, Result>): Promise<Result> {
  if (!worker) return inPlace();
  let end = () => {};
  const ended = new Promise<'failed'>((resolve, reject) => {
    end = () => reject(aborted(signal));
    signal?.addEventListener('abort', end);
    worker.addEventListener('error', () => resolve('failed'));
    worker.addEventListener('messageerror', () => resolve('failed'));
  });
  try {
    const side = wrap<Side>(worker);
    if ((await Promise.race([side.start(), ended])) === 'failed') return await inPlace();
    const result = await Promise.race([ask(side), ended]);
    if (result === 'failed') throw new CallTreeError(death.kind, death.message);
    return result;
  } finally {
    signal?.removeEventListener('abort', end);
    worker.terminate();
  }
}
