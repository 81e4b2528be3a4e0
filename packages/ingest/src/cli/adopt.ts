import type { Command } from 'commander';

import { adopt } from '../adopt/adopt.ts';
import type { ConnectionOptions } from '../connection.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { interruptible } from './interruptible.ts';
import type { Terminal } from './program.ts';
import { rowProgress } from './row-progress.ts';

export function addAdopt(program: Command, terminal: Terminal): void {
  const { stdout } = terminal;
  const command = program
    .command('adopt')
    .description('take over a table that the exporter made by itself; can be ended and begun again')
    .requiredOption('--from <table>', 'its name, which the exporter may go on to insert into');
  addConnectionOptions(command).action(async (options: ConnectionOptions & { from: string }) => {
    const progress = rowProgress(terminal);
    const { rows, total, before } = await interruptible(terminal, (signal) =>
      adopt(connectionOf(options), { from: options.from, signal, onProgress: progress.show }),
    ).finally(progress.clear);
    stdout.write(
      `Adopted: ${rows} of ${total} rows in this run. What the exporter wrote is still in ${before}; drop it when you like.\n`,
    );
  });
}
