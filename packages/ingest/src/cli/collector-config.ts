import type { Command } from 'commander';

import {
  collectorConfig,
  collectorParameters,
  isTopology,
  TOPOLOGIES,
  type Topology,
} from '../collector/config.ts';
import { WrongUseError } from '../errors.ts';
import { collectPairs } from './pairs.ts';
import type { Terminal } from './program.ts';

export function addCollectorConfig(program: Command, { stdout }: Terminal): void {
  program
    .command('collector-config')
    .description('print a Collector config; without a topology, list them')
    .argument('[topology]', Object.keys(TOPOLOGIES).join(', '))
    .option(
      '--set <NAME=value>',
      'write a parameter into the config instead of leaving it to the environment (repeatable)',
      collectPairs,
      {},
    )
    .action((topology: string | undefined, { set }: { set: Record<string, string> }) => {
      if (topology === undefined) {
        stdout.write(listTopologies());
        return;
      }
      if (!isTopology(topology)) {
        throw new WrongUseError(
          `There is no topology ${topology}; there are ${Object.keys(TOPOLOGIES).join(', ')}.`,
        );
      }
      stdout.write(collectorConfig(topology, set));
    });
}

function listTopologies(): string {
  return Object.entries(TOPOLOGIES)
    .map(([topology, purpose]) => {
      const parameters = collectorParameters(topology as Topology).map(
        ({ name, defaultValue }) =>
          `    ${name}${defaultValue === undefined ? ' (must be set)' : defaultValue === '' ? '' : ` (${defaultValue})`}\n`,
      );
      return `${topology}: ${purpose}\n${parameters.join('')}`;
    })
    .join('\n');
}
