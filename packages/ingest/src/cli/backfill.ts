import type { Command } from 'commander';

import { backfill } from '../backfill/backfill.ts';
import type { ConnectionOptions } from '../connection.ts';
import { plural } from '../text.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { EXIT, type EndWith } from './exit.ts';
import { interruptible } from './interruptible.ts';
import type { Terminal } from './program.ts';
import { rowProgress } from './row-progress.ts';

export function addBackfill(program: Command, terminal: Terminal, endWith: EndWith): void {
  const { stdout } = terminal;
  const command = program
    .command('backfill')
    .description(
      'fill the rollups with the samples that were there before them; can be ended and begun again',
    );
  addConnectionOptions(command).action(async (options: ConnectionOptions) => {
    const progress = rowProgress(terminal);
    const { samples, left, endedEarly, openDay } = await interruptible(terminal, (signal) =>
      backfill(connectionOf(options), { signal, onProgress: progress.show }),
    ).finally(progress.clear);
    stdout.write(`Filled in: ${plural(samples, 'sample')}.\n`);
    if (endedEarly) {
      const rest = left > 0 ? plural(left, 'sample') : 'tables by day';
      stdout.write(`Left: ${rest}. Run "hyperflame backfill" again.\n`);
      endWith(EXIT.interrupted);
    }
    if (openDay !== undefined) {
      stdout.write(
        `Tables by day lack a part of ${openDay} until it is over (UTC). Run "hyperflame backfill" again then.\n`,
      );
    }
  });
}
