import { Command, InvalidArgumentError } from 'commander';

export interface BenchFlags {
  readonly rows: number;
  readonly json?: string;
}

/**
 * The flags of one benchmark: those that all have, and what `more` adds.
 *
 * @param name of the npm script
 */
export function benchCommand<Flags extends BenchFlags>(
  name: string,
  description: string,
  more: (command: Command) => Command = (command) => command,
): Flags {
  const command = new Command()
    .name(`npm run ${name} --`)
    .description(description)
    .option('--rows <number>', 'samples in the fleet-day', wholeNumber, 2_000_000)
    .option('--json <file>', 'also write the figures there');
  return more(command).parse().opts<Flags>();
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a whole number above 0.');
  }
  return value;
}
