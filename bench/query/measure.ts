import type { QuerySettings } from '@hyperflame/sdk';
import { differences } from './figures.ts';
import type { Asker, Question } from './questions.ts';
import { Wire, type Cost } from './wire.ts';

export interface Times {
  readonly median: number;
  readonly worst: number;
  readonly runs: number;
}

/** What one side's answer to one question costs. */
export interface Measured {
  readonly warm: Times;
  readonly cold: Times;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly peakMemoryBytes: number;
  readonly wireBytes: number;
}

export interface Compared {
  readonly name: string;
  readonly ours: Measured;
  readonly wide: Measured;
  /** How many figures were compared; every one of them is the same. */
  readonly figuresCompared: number;
}

export interface MeasureOptions {
  readonly url: string;
  readonly warmRuns: number;
  readonly coldRuns: number;
}

/** Past this, a question is not asked again and again: slow answers vary little. */
const ENOUGH_MS = 15_000;

const CACHES = [
  'SYSTEM DROP MARK CACHE',
  'SYSTEM DROP UNCOMPRESSED CACHE',
  'SYSTEM DROP INDEX MARK CACHE',
  'SYSTEM DROP INDEX UNCOMPRESSED CACHE',
  'SYSTEM DROP PRIMARY INDEX CACHE',
  'SYSTEM DROP TEXT INDEX CACHES',
  'SYSTEM DROP QUERY CONDITION CACHE',
  'SYSTEM DROP MMAP CACHE',
];

/** Cold also passes by the operating system's cache: every byte comes from the disk. */
const FROM_DISK: QuerySettings = { min_bytes_to_use_direct_io: 1 };

/** What is measured is the work, not whether it was done a moment ago. */
const NO_SHORTCUTS: QuerySettings = { use_query_cache: 0, use_query_condition_cache: 0 };

/**
 * Asks both sides everything, compares, then measures.
 *
 * @throws Error when the two answers differ
 */
export async function compare(question: Question, options: MeasureOptions): Promise<Compared> {
  const complete = { complete: true };
  const wire = new Wire(options.url, NO_SHORTCUTS);
  const ours = (await question.ours(wire, complete))();
  if (ours.size === 0) throw new Error(`${question.name}: the answer is empty.`);
  let fastest: { readonly way: Asker; readonly ms: number } | undefined;
  for (const way of question.wide) {
    const before = wire.costs.length;
    const different = differences(ours, (await way(wire, complete))());
    if (different.length > 0) {
      throw new Error(
        `${question.name}: ${different.length} figures differ.\n${different.slice(0, 10).join('\n')}`,
      );
    }
    const { ms } = together(wire.costs.slice(before));
    if (fastest === undefined || ms < fastest.ms) fastest = { way, ms };
  }
  if (fastest === undefined) throw new Error(`${question.name}: nobody else is asked.`);
  return {
    name: question.name,
    ours: await measure(question.ours, options),
    wide: await measure(fastest.way, options),
    figuresCompared: ours.size,
  };
}

async function measure(
  asker: Asker,
  { url, warmRuns, coldRuns }: MeasureOptions,
): Promise<Measured> {
  const run = async (settings: QuerySettings): Promise<Cost> => {
    const wire = new Wire(url, settings);
    await asker(wire, { complete: false });
    return together(wire.costs);
  };
  const cold = await repeat(coldRuns, async () => {
    await dropCaches(url);
    return run({ ...NO_SHORTCUTS, ...FROM_DISK });
  });
  await run(NO_SHORTCUTS);
  const warm = await repeat(warmRuns, () => run(NO_SHORTCUTS));
  const most = (figure: (cost: Cost) => number): number => Math.max(...warm.map(figure));
  return {
    warm: times(warm),
    cold: times(cold),
    rowsRead: most((cost) => cost.rowsRead),
    bytesRead: most((cost) => cost.bytesRead),
    peakMemoryBytes: most((cost) => cost.peakMemoryBytes),
    wireBytes: most((cost) => cost.wireBytes),
  };
}

/** Queries of one question: they are asked one after the other, so memory is the larger one's. */
function together(costs: readonly Cost[]): Cost {
  const sum = (figure: (cost: Cost) => number): number =>
    costs.reduce((total, cost) => total + figure(cost), 0);
  return {
    ms: sum((cost) => cost.ms),
    wireBytes: sum((cost) => cost.wireBytes),
    rowsRead: sum((cost) => cost.rowsRead),
    bytesRead: sum((cost) => cost.bytesRead),
    peakMemoryBytes: Math.max(...costs.map((cost) => cost.peakMemoryBytes)),
  };
}

async function dropCaches(url: string): Promise<void> {
  const wire = new Wire(url);
  for (const query of CACHES) await wire.ask({ query });
}

async function repeat(times: number, run: () => Promise<Cost>): Promise<Cost[]> {
  const costs: Cost[] = [];
  let spent = 0;
  while (costs.length < times && (costs.length === 0 || spent < ENOUGH_MS)) {
    const cost = await run();
    costs.push(cost);
    spent += cost.ms;
  }
  return costs;
}

function times(costs: readonly Cost[]): Times {
  const sorted = costs.map((cost) => cost.ms).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]] as [number, number];
  return { median: (low + high) / 2, worst: sorted.at(-1) as number, runs: sorted.length };
}
