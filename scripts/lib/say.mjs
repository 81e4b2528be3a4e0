// What the scripts tell a person while they work. Steps go to stderr, so that a script's own
// answer on stdout stays clean.

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * `840 ms`, `12 s`, `3 min 05 s`.
 *
 * @param {number} ms
 */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** How often a step that takes its time says that it is still at work. */
const STILL_AT_IT_MS = 10_000;

/**
 * Does some work under a name: says when it begins, every ten seconds that it goes on, and when it
 * is done.
 *
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = Date.now();
  say(`▸ ${name}`);
  const ticker = setInterval(
    () => say(`  … ${name}: ${duration(Date.now() - started)} so far`),
    STILL_AT_IT_MS,
  );
  try {
    const result = await work();
    say(`✓ ${name} (${duration(Date.now() - started)})`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
