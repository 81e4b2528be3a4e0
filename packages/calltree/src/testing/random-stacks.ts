import type { FrameInput } from '../build/frame-table-builder.ts';
import { StackTableBuilder } from '../build/stack-table-builder.ts';
import type { Labels, StackTable } from '../model/stacks.ts';
import { Random } from './random.ts';

export interface RandomStacksOptions {
  readonly stacks?: number;
  /** Number of functions to choose from; few make recursion and shared prefixes likely. */
  readonly functions?: number;
  readonly maxDepth?: number;
  readonly negative?: boolean;
  readonly other?: boolean;
  /** Threads, on most of the stacks, and requests, on some. */
  readonly labels?: boolean;
}

/**
 * Stacks with everything that real ones have: shared prefixes, one a prefix of another, recursion,
 * equal weights, several lines of a function, functions of one name in several files, frames
 * without symbols, and now and then an empty stack.
 */
export function randomStacks(seed: number, options: RandomStacksOptions = {}): StackTable {
  const random = new Random(seed);
  const functions = options.functions ?? 8;
  const builder = new StackTableBuilder({ unit: 'nanoseconds' });
  const frame = (): FrameInput => {
    const number = random.below(functions);
    if (random.below(12) === 0) return { mapping: 'libc.so', address: BigInt(4096 + number) };
    return {
      name: `f${number}`,
      file: random.below(5) === 0 ? 'other.ts' : 'main.ts',
      line: 1 + random.below(2),
      kind: 'v8js',
    };
  };
  let previous: FrameInput[] = [];
  for (let stack = options.stacks ?? 40; stack > 0; stack--) {
    const depth = random.below((options.maxDepth ?? 12) + 1);
    const frames = previous.slice(0, random.below(previous.length + 1)).slice(0, depth);
    while (frames.length < depth) frames.push(frame());
    const weight = random.below(5) - (options.negative ? 2 : 0);
    const labels = options.labels ? randomLabels(random) : undefined;
    builder.add(frames, weight, 1 + random.below(3), labels);
    previous = frames;
  }
  if (options.other) builder.addOther(1 + random.below(9), 1 + random.below(3));
  return builder.build();
}

function randomLabels(random: Random): Labels {
  return {
    thread: random.below(5) === 0 ? '' : `worker-${random.below(3)}`,
    ...(random.below(3) === 0 && { request: `GET /${random.below(4)}` }),
  };
}

/** Runs a property over many seeds; the seed of a failure is in its message. */
export function forSeeds(seeds: number, property: (seed: number) => void): void {
  for (let seed = 1; seed <= seeds; seed++) {
    try {
      property(seed);
    } catch (error) {
      if (error instanceof Error) error.message = `With seed ${seed}: ${error.message}`;
      throw error;
    }
  }
}
