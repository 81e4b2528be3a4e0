// npm run bench:render: our pictures beside those of the other packages, in one run of one Chromium.
//
//   npm run bench:render -- [--quick] [--json FILE] [--markdown FILE] [--runs 3] [--gestures 10]
//                           [--limit 30] [--sizes 10000,100000] [--packages @hyperflame/react]
//
// All start from the same stacks and pay for their own merging and layout. The others are installed
// for this only, under bench/peers; one that does not install is named with the reason.
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { onPinnedNode } from '../scripts/lib/pinned-node.mjs';
import { program } from '../scripts/lib/program.mjs';
import { ensureBuilt, ensureDependencies } from '../scripts/setup.mjs';

await program(import.meta, async () => {
  await ensureDependencies();
  await ensureBuilt();
  if (!(await onPinnedNode(import.meta))) return;
  const { wholeNumber } = await import('./lib/command.ts');
  const { renderMarkdown } = await import('./render/markdown.ts');
  const { OURS, PEERS } = await import('./render/packages.ts');
  const { runRenderBench } = await import('./render/run.ts');

  const subjects = [OURS, ...PEERS];
  const { quick, json, markdown, runs, gestures, limit, sizes, packages } = new Command()
    .name('npm run bench:render --')
    .description('Our pictures beside those of the other packages')
    .option('--quick', 'the two smaller profiles, once')
    .option('--json <file>', 'also write the figures there')
    .option('--markdown <file>', 'also write them as tables for the documentation')
    .option('--runs <number>', 'how often each package shows each profile', wholeNumber)
    .option('--gestures <number>', 'how many zooms; four times as many hovers', wholeNumber)
    .option(
      '--limit <seconds>',
      'how long a package may take to show a profile; half of it for a gesture',
      wholeNumber,
    )
    .option('--sizes <nodes…>', 'nodes of the profiles, with commas between them', (text) =>
      text.split(',').map(wholeNumber),
    )
    .addOption(
      new Option('--packages <names...>', 'only these, with spaces between them').choices(
        subjects.map(({ name }) => name),
      ),
    )
    .parse()
    .opts();
  const report = await runRenderBench({
    subjects: packages ? subjects.filter(({ name }) => packages.includes(name)) : subjects,
    sizes: sizes ?? (quick ? [10_000, 100_000] : [10_000, 100_000, 500_000, 1_000_000]),
    runs: runs ?? (quick ? 1 : 3),
    gestures: gestures ?? (quick ? 5 : 10),
    limitMs: (limit ?? (quick ? 15 : 30)) * 1000,
    callees: quick ? 1_000_000 : 10_000_000,
  });
  const tables = renderMarkdown(report);
  console.log(tables);
  if (markdown) await writeFile(markdown, tables);
  if (json) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
});
