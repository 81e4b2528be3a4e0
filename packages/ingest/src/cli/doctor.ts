import type { Command } from 'commander';

import type { ConnectionOptions } from '../connection.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { formatDiagnosis } from '../doctor/report.ts';
import { printable } from '../text.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { EXIT, type EndWith } from './exit.ts';
import type { Terminal } from './program.ts';

export function addDoctor(program: Command, { stdout }: Terminal, endWith: EndWith): void {
  const command = program
    .command('doctor')
    .description('check the server, the tables, the views and what is stored; changes nothing')
    .option('--json', 'as JSON', false);
  addConnectionOptions(command).action(async (options: ConnectionOptions & { json: boolean }) => {
    const diagnosis = await diagnose(connectionOf(options));
    const text = options.json
      ? JSON.stringify(diagnosis, undefined, 2)
      : formatDiagnosis(diagnosis);
    stdout.write(`${printable(text)}\n`);
    if (diagnosis.findings.some((finding) => finding.level === 'problem')) endWith(EXIT.failed);
  });
}
