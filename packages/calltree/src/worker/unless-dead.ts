import type { Connection } from './connect.ts';

/** Those who wait while a connection lasts, told by the one listener that its signal has. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * What comes of `work`, or a rejection if the other side dies over it. Nothing of it stays with the
 * connection, which lasts as long as the page: `Promise.race` would leave a listener each time.
 */
export function unlessDead<Result>(
  { death }: Pick<Connection, 'death'>,
  work: Result | Promise<Result>,
): Promise<Result> {
  const all = waitingFor(death);
  return new Promise((resolve, reject) => {
    const die = () => reject(new Error('The worker failed'));
    if (death.aborted) die();
    all.add(die);
    Promise.resolve(work)
      .finally(() => all.delete(die))
      .then(resolve, reject);
  });
}

function waitingFor(death: AbortSignal): Set<() => void> {
  const known = waiting.get(death);
  if (known) return known;
  const all = new Set<() => void>();
  waiting.set(death, all);
  death.addEventListener('abort', () => {
    for (const die of all) die();
  });
  return all;
}
