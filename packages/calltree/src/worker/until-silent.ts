import type { Connection } from './connect.ts';

/** How often a worker that has work to do is asked whether it hears. */
const BEAT_MS = 5_000;
/**
 * Beats that it may miss, half a minute. They are counted, not timed: a machine that sleeps for an
 * hour misses one.
 */
const MOST_MISSED = 6;

/**
 * Tells once a worker has not heard for far longer than any piece of its work takes: it works in
 * pieces of milliseconds, or of seconds where millions of frames are sorted, and hears in between.
 * Returns what ends the watch.
 */
export function untilSilent(
  { where, host }: Pick<Connection, 'where' | 'host'>,
  onSilence: () => void,
): () => void {
  if (where === 'in-place') return () => undefined;
  let missed = 0;
  const beat = setInterval(() => {
    // One question at a time: its answer is enough.
    if (missed === 0) void Promise.resolve(host.cancel(-1)).then(() => (missed = 0));
    if (missed++ === MOST_MISSED) onSilence();
  }, BEAT_MS);
  return () => clearInterval(beat);
}
