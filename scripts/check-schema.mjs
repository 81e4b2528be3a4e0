// npm run check:schema: do the migrations make the same of the same samples, by whichever way?
//
//   npm run check:schema -- [--samples 4000] [--hyperdx FOLDER] [--json FILE]
//
// Twice; over each earlier version (sql/history), with backfill; under goose, as HyperDX's collector
// runs it, with --hyperdx beside the files of its docker/otel-collector/schema/seed; on two servers
// with Distributed tables. Every question of the SDK is asked of each and must have the same answer,
// from samples and from rollups. Ends with `N passed, N failed`; a difference makes the exit code 1.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { onPinnedNode } from './lib/pinned-node.mjs';
import { program } from './lib/program.mjs';
import { step } from './lib/say.mjs';
import { table } from './lib/table.mjs';
import { setup } from './setup.mjs';

const PRINTED = 20;

await program(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      samples: { type: 'string', default: '4000' },
      hyperdx: { type: 'string' },
      json: { type: 'string' },
    },
  });
  await setup();
  if (!(await onPinnedNode(import.meta))) return;

  const { openChecks } = await import('./check-schema/checks.ts');
  const { checks, stop } = await openChecks({
    samples: Number(values.samples),
    hyperdx: values.hyperdx,
  });
  const results = [];
  try {
    for (const { name, run } of checks) {
      const { compared, differences } = await step(name, run);
      results.push({ name, compared, differences });
      if (differences.length > 0) console.log(`✗ ${name}: ${differences.length} differences`);
      for (const difference of differences.slice(0, PRINTED)) console.log(`    ${difference}`);
      if (differences.length > PRINTED)
        console.log(`    … and ${differences.length - PRINTED} more`);
    }
  } finally {
    await stop();
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  const lines = results.map(({ name, compared, differences }) =>
    [name, compared, differences.length].map(String),
  );
  console.log(`\n${table([['check', 'compared', 'different'], ...lines])}\n`);
  console.log(`${results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
