// How the checks of stories tell what they found.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** @typedef {import('./each-story.mjs').Result} Result */

/**
 * `--json FILE`, `--only PART-OF-A-STORY-ID`, and what a check has of its own.
 *
 * @template {Record<string, { type: 'string' | 'boolean' }>} Own
 * @param {Own} [own]
 */
export function options(own) {
  const common = /** @type {const} */ ({ json: { type: 'string' }, only: { type: 'string' } });
  return parseArgs({ options: { ...common, .../** @type {Own} */ (own ?? {}) } }).values;
}

/**
 * Says what was found, writes it to a file if one is wanted, and sets the exit code.
 *
 * @param {{ ok: boolean }[]} results
 * @param {string | undefined} file
 */
export function report(results, file) {
  const failed = results.filter(({ ok }) => !ok).length;
  if (file) writeFileSync(file, JSON.stringify(results, null, 2));
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
}
