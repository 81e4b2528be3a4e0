import { Command, InvalidArgumentError } from 'commander';

export interface BenchFlags {
  readonly rows: number;
  readonly json?: string;
}

/** The flags that the storage and query benchmarks have in common. */
export function benchCommand(name: string, description: string): BenchFlags {
  return new Command()
    .name(`npm run ${name} --`)
    .description(description)
    .option('--rows <number>', 'samples in the fleet-day', wholeNumber, 2_000_000)
    .option('--json <file>', 'also write the figures there')
    .parse()
    .opts<BenchFlags>();
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a whole number above 0.');
  }
  return value;
}
