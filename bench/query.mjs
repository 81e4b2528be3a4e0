// npm run bench:query: what answers cost, ours beside the Collector's own table.
//
//   npm run bench:query -- [--rows 2000000] [--json FILE] [--runs 7] [--no-growth]
//
// Each question is asked of both, the answers are compared figure by figure, then both are timed,
// warm and cold, over that many rows and over a tenth of them.
import { writeFile } from 'node:fs/promises';
import { onPinnedNode } from '../scripts/lib/pinned-node.mjs';
import { program } from '../scripts/lib/program.mjs';
import { ensureCollector, setup } from '../scripts/setup.mjs';

await program(import.meta, async () => {
  await setup();
  if (!(await onPinnedNode(import.meta))) return;
  const { benchCommand, wholeNumber } = await import('./lib/command.ts');
  const { queryText } = await import('./query/report.ts');
  const { runQueryBench } = await import('./query/run.ts');

  /** @type {import('./query/run.ts').QueryFlags} */
  const { rows, json, runs, growth } = benchCommand('bench:query', 'What answers cost', (command) =>
    command
      .option('--runs <number>', 'how often each question is asked', wholeNumber, 7)
      .option('--no-growth', 'skip the day a tenth as large'),
  );
  const report = await runQueryBench({
    rows,
    growth,
    warmRuns: runs,
    coldRuns: Math.ceil(runs / 2),
    collector: ensureCollector,
  });
  console.log(queryText(report));
  if (json) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
});
