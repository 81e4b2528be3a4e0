// A script that is both a module and a program.
import { realpathSync } from 'node:fs';
import { say } from './say.mjs';

/** Something a person can act on: the message is all there is to say, no stack belongs under it. */
export class PlainError extends Error {
  /** @override */
  name = 'PlainError';
}

/**
 * What is only to be said: also that an option is none, which `parseArgs` throws.
 *
 * @param {unknown} error
 * @returns {error is Error}
 */
const isPlain = (error) =>
  error instanceof PlainError ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'));

/**
 * @param {NodeJS.Platform} platform
 * @throws {PlainError} where these scripts do not run
 */
export function checkPlatform(platform) {
  if (platform !== 'win32') return;
  throw new PlainError(
    'On Windows, this runs in WSL only: https://learn.microsoft.com/windows/wsl/install',
  );
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
    checkPlatform(process.platform);
    await main();
  } catch (error) {
    if (!isPlain(error)) throw error;
    say(`✗ ${error.message}`);
    process.exitCode = 1;
  }
}
