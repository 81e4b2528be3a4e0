import type { Command } from 'commander';

import { adopt } from '../adopt/adopt.ts';
import type { ConnectionOptions } from '../connection.ts';
import { plural } from '../text.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { EXIT, type EndWith } from './exit.ts';
import { interruptible } from './interruptible.ts';
import type { Terminal } from './program.ts';
import { rowProgress } from './row-progress.ts';

export function addAdopt(program: Command, terminal: Terminal, endWith: EndWith): void {
  const { stdout } = terminal;
  const command = program
    .command('adopt')
    .description('take over a table that the exporter made by itself; can be ended and begun again')
    .requiredOption('--from <table>', 'its name, which the exporter may go on to insert into');
  addConnectionOptions(command).action(async (options: ConnectionOptions & { from: string }) => {
    const progress = rowProgress(terminal);
    const { rows, total, left, tooOld, neverKept, before } = await interruptible(
      terminal,
      (signal) =>
        adopt(connectionOf(options), { from: options.from, signal, onProgress: progress.show }),
    ).finally(progress.clear);
    stdout.write(`Adopted: ${plural(rows, 'row')}.\n`);
    if (left > 0) {
      stdout.write(
        `${left} of ${plural(total, 'row')} are left: run it again, and keep ${before} until then.\n`,
      );
      endWith(EXIT.interrupted);
    }
    if (tooOld !== undefined) {
      stdout.write(
        `Not adopted: ${plural(tooOld.rows, 'row')} of ${before}, older than profiles are kept. ` +
          `To adopt them too, run "hyperflame migrate --ttl ${tooOld.ttl}" (or longer), and then this again.\n`,
      );
    }
    if (neverKept !== undefined) {
      stdout.write(
        `Not adopted: ${plural(neverKept, 'row')} of ${before}, of a time so long ago that no --ttl keeps it.\n`,
      );
    }
    if (left === 0 && tooOld === undefined && neverKept === undefined) {
      stdout.write(
        `All ${plural(total, 'row')} are in the tables. What the exporter wrote is still in ${before}; drop it when you like.\n`,
      );
    }
  });
}
