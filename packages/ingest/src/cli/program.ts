import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Command } from 'commander';

import { packageRoot } from '../package-root.ts';
import { addAdopt } from './adopt.ts';
import { addBackfill } from './backfill.ts';
import { addCollectorConfig } from './collector-config.ts';
import { addDoctor } from './doctor.ts';
import type { EndWith } from './exit.ts';
import { addImport } from './import.ts';
import { addMigrate } from './migrate.ts';

/** Where a command writes to, and what stops it; `process` is one. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function makeProgram(terminal: Terminal, endWith: EndWith): Command {
  const program = new Command('hyperflame')
    .description('Profiles into ClickHouse: schema, Collector configs, import and a check-up.')
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .showHelpAfterError(
      '(hyperflame --help lists the commands, hyperflame COMMAND --help its options)',
    );
  addMigrate(program, terminal);
  addAdopt(program, terminal, endWith);
  addBackfill(program, terminal, endWith);
  addCollectorConfig(program, terminal);
  addImport(program, terminal, endWith);
  addDoctor(program, terminal, endWith);
  return program;
}

function version(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
