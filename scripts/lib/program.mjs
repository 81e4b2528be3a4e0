// A script that is both a module and a program.
import { realpathSync } from 'node:fs';
import { say } from './say.mjs';

/** Something a person can act on: the message is all there is to say, no stack belongs under it. */
export class PlainError extends Error {
  /** @override */
  name = 'PlainError';
}

/**
 * Runs `main` when the script itself was started, not when it was imported. A {@link PlainError}
 * ends it with its message, anything else with its stack: that one is ours to mend.
 *
 * @param {ImportMeta} meta
 * @param {() => Promise<void>} main
 */
export async function program(meta, main) {
  // The module's own name has its links resolved; the one typed may go through some.
  if (!process.argv[1] || meta.filename !== realpathSync(process.argv[1])) return;
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    say(`✗ ${error.message}`);
    process.exitCode = 1;
  }
}
