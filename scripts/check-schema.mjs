// npm run check:schema: do the migrations make the same of the same samples, by whichever way?
//
//   npm run check:schema -- [--samples 4000] [--hyperdx FOLDER] [--json FILE]
//
// Twice; over each earlier version (sql/history), with backfill; under goose, as HyperDX's collector
// runs it, with --hyperdx beside the files of its docker/otel-collector/schema/seed; on two servers
// with Distributed tables. Every question of the SDK is asked of each and must have the same answer,
// from samples and from rollups. One line per check; a difference makes the exit code 1.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { onPinnedNode } from './lib/pinned-node.mjs';
import { program } from './lib/program.mjs';
import { step } from './lib/say.mjs';
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
      const differences = await step(name, run);
      results.push({ name, differences });
      console.log(
        differences.length === 0 ? `✓ ${name}` : `✗ ${name}: ${differences.length} differences`,
      );
      for (const difference of differences.slice(0, PRINTED)) console.log(`    ${difference}`);
      if (differences.length > PRINTED)
        console.log(`    … and ${differences.length - PRINTED} more`);
    }
  } finally {
    await stop();
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  if (results.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
});
