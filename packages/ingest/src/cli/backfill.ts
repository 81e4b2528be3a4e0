import type { Command } from 'commander';

import { backfill } from '../backfill/backfill.ts';
import type { ConnectionOptions } from '../connection.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { interruptible } from './interruptible.ts';
import type { Terminal } from './program.ts';
import { rowProgress } from './row-progress.ts';

export function addBackfill(program: Command, terminal: Terminal): void {
  const { stdout } = terminal;
  const command = program
    .command('backfill')
    .description(
      'fill the rollups with the samples that were there before them; can be ended and begun again',
    );
  addConnectionOptions(command).action(async (options: ConnectionOptions) => {
    const progress = rowProgress(terminal);
    const { samples, openDay } = await interruptible(terminal, (signal) =>
      backfill(connectionOf(options), { signal, onProgress: progress.show }),
    ).finally(progress.clear);
    stdout.write(`Filled in: ${samples} samples.\n`);
    if (openDay !== undefined) {
      stdout.write(
        `Tables by day lack a part of ${openDay} until it is over (UTC). Run "hyperflame backfill" again then.\n`,
      );
    }
  });
}
