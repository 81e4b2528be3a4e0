import { say, step } from '../../scripts/lib/say.mjs';
import type { BenchFlags } from '../lib/command.ts';
import { openDataset, type Dataset } from '../lib/dataset.ts';
import { describeMachine } from '../lib/machine.ts';
import { compare, type Compared, type Measured } from './measure.ts';
import { questions } from './questions.ts';
import { questionReport, type QueryReport } from './report.ts';
import { chooseSubjects } from './subjects.ts';
import { WideTable } from './wide.ts';
import { Wire } from './wire.ts';

/** The command's flags. */
export interface QueryFlags extends BenchFlags {
  readonly runs: number;
  readonly growth: boolean;
}

export interface QueryBenchOptions {
  readonly rows: number;
  readonly collector: () => Promise<string>;
  /** Also over a day a tenth as large, to see how each question grows. */
  readonly growth: boolean;
  readonly warmRuns: number;
  readonly coldRuns: number;
}

export async function runQueryBench(options: QueryBenchOptions): Promise<QueryReport> {
  const tenth = Math.round(options.rows / 10);
  const smaller = options.growth ? await onDay(tenth, options, askAll) : undefined;
  return onDay(options.rows, options, async (data) => ({
    rows: options.rows,
    questions: (await askAll(data, options)).map((compared, i) =>
      questionReport(
        options.rows,
        compared,
        smaller && { rows: tenth, compared: smaller[i] as Compared },
      ),
    ),
    machine: await describeMachine(data.client),
    versions: data.versions,
  }));
}

async function onDay<Result>(
  rows: number,
  options: QueryBenchOptions,
  work: (data: Dataset, options: QueryBenchOptions) => Promise<Result>,
): Promise<Result> {
  const data = await openDataset({ rows, collector: options.collector });
  try {
    return await work(data, options);
  } finally {
    await data.close();
  }
}

export async function askAll(
  data: Dataset,
  { warmRuns, coldRuns }: Pick<QueryBenchOptions, 'warmRuns' | 'coldRuns'>,
): Promise<Compared[]> {
  const { url, rows } = data;
  const wide = new WideTable(data.wide.database);
  const subjects = await chooseSubjects(new Wire(url), wide);
  const all: Compared[] = [];
  for (const question of questions(data.ours.database, wide, subjects)) {
    const compared = await step(`${rows.toLocaleString('en')} rows: ${question.name}`, () =>
      compare(question, { url, warmRuns, coldRuns }),
    );
    const ms = ({ warm }: Measured): string => `${warm.median.toFixed(1)} ms`;
    say(`  ours ${ms(compared.ours)}, wide ${ms(compared.wide)}`);
    all.push(compared);
  }
  return all;
}
