// npm run bench:storage: what a sample costs on disk, ours beside the Collector's own table.
//
//   npm run bench:storage -- [--rows 2000000] [--json FILE]
//
// Both hold the same fleet-day and are merged to the end. Everything counts: stacks, frames, rollups,
// indexes, marks, keys.
import { writeFile } from 'node:fs/promises';
import { onPinnedNode } from '../scripts/lib/pinned-node.mjs';
import { program } from '../scripts/lib/program.mjs';
import { ensureCollector, setup } from '../scripts/setup.mjs';

await program(import.meta, async () => {
  await setup();
  if (!(await onPinnedNode(import.meta))) return;
  const { benchCommand } = await import('./lib/command.ts');
  const { openDataset } = await import('./lib/dataset.ts');
  const { describeMachine } = await import('./lib/machine.ts');
  const { sideReport, storageText } = await import('./storage/report.ts');
  const { tableSizes } = await import('./storage/sizes.ts');

  const { rows, json } = benchCommand('bench:storage', 'What a sample costs on disk');
  const data = await openDataset({ rows, collector: ensureCollector });
  try {
    const [ours, wide] = await Promise.all(
      [data.ours, data.wide].map(async ({ database, loadSeconds }) =>
        sideReport(rows, loadSeconds, await tableSizes(data.client, database)),
      ),
    );
    const report = {
      rows,
      ours,
      wide,
      ratio: wide.bytesPerSample / ours.bytesPerSample,
      machine: await describeMachine(data.client),
      versions: data.versions,
    };
    console.log(storageText(report));
    if (json) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await data.close();
  }
});
