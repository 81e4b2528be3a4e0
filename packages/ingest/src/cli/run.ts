import { CommanderError } from 'commander';

import { UserError, WrongUseError } from '../errors.ts';
import { printable } from '../text.ts';
import { EXIT } from './exit.ts';
import { makeProgram, type Terminal } from './program.ts';

/**
 * Runs the command line and returns its exit code: 0 when all went well, 1 when something is wrong
 * (a problem found, a file malformed, a server that refuses), 2 when the command was used wrongly, 130
 * when it was interrupted and some of its work is left.
 *
 * What a person can put right is said in a sentence. A stack trace means a mistake in this program.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.ok;
  const program = makeProgram(terminal, (ending) => (code = ending));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already said what is wrong, or has shown its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.wrongUse;
    if (!(error instanceof UserError)) throw error;
    terminal.stderr.write(`${printable(error.message)}\n`);
    return error instanceof WrongUseError ? EXIT.wrongUse : EXIT.failed;
  }
}
