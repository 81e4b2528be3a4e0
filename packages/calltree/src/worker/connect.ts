import { releaseProxy, wrap, type Remote } from 'comlink';
import type { Host } from './protocol.ts';
import { unlessDead } from './unless-dead.ts';

/** A way to reach a {@link Host}. */
export interface Connection {
  readonly where: 'worker' | 'in-place';
  readonly host: Host | Remote<Host>;
  /** Fires when no more answers will come: the other side has died, or this one has closed. */
  readonly death: AbortSignal;
  close(): void;
}

/** How long a worker may take to answer for the first time before it counts as failed. */
const PATIENCE_MS = 10_000;

/** Loads the code for it first: nearly everywhere a worker has it, and the page does without. */
export async function connectInPlace(): Promise<Connection> {
  const { createHost } = await import('./host.ts');
  return {
    where: 'in-place',
    host: createHost(),
    death: new AbortController().signal,
    close: () => undefined,
  };
}

/** Throws where there is none (on a server, in jsdom). */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

/**
 * Starts a worker. Rejects where there is none, where it may not start (a content security policy),
 * and where it does not answer. The worker ends when the signal fires, also while it is starting.
 */
export async function connectWorker(start: () => Worker, signal: AbortSignal): Promise<Connection> {
  const worker = start();
  const host = wrap<Host>(worker);
  const death = new AbortController();
  const die = () => death.abort();
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    signal.removeEventListener('abort', close);
    host[releaseProxy]();
    worker.terminate();
    // A worker that is ended says nothing of it.
    die();
  };
  worker.addEventListener('error', die);
  worker.addEventListener('messageerror', die);
  const connection: Connection = { where: 'worker', host, death: death.signal, close };
  signal.addEventListener('abort', close, { once: true });
  let patience: ReturnType<typeof setTimeout> | undefined;
  try {
    await Promise.race([
      // Does nothing but prove that someone is there.
      unlessDead(connection, host.cancel(-1)),
      new Promise<never>((_, reject) => {
        patience = setTimeout(() => reject(new Error('The worker is silent')), PATIENCE_MS);
      }),
    ]);
  } catch (error) {
    close();
    throw error;
  } finally {
    clearTimeout(patience);
  }
  return connection;
}
