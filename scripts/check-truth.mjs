// npm run check:truth: are the numbers that people see the numbers that the profiler sent?
//
//   npm run check:truth -- [--seconds 30] [--rps 6] [--seed 1] [--json FILE]
//
// Runs the shop under load through the Collector into ClickHouse, and counts the samples and the
// weight of every function in every span three times, independently: in the payloads as they left
// the shop, with plain SQL over what landed, and through the SDK and the call tree. Prints how much
// was compared, and every difference; any makes the exit code 1.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { onPinnedNode } from './lib/pinned-node.mjs';
import { program } from './lib/program.mjs';
import { say, step } from './lib/say.mjs';
import { setup } from './setup.mjs';

const PRINTED = 50;

await program(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '30' },
      rps: { type: 'string', default: '6' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  await setup();
  if (!(await onPinnedNode(import.meta))) return;

  const { createClient } = await import('@clickhouse/client');
  const { startStack } = await import('./lib/stack.mjs');
  const { checkTruth, SOURCES } = await import('./truth/truth.mjs');
  const captureDir = await mkdtemp(join(tmpdir(), 'hyperflame-sent-'));
  const stack = await startStack({
    captureDir,
    profileSeconds: 3,
    ownDatabase: true,
    load: { rps: Number(values.rps), seed: Number(values.seed) },
  });
  const client = createClient(stack.connection);
  try {
    await step(`Load for ${values.seconds} s`, () => sleep(Number(values.seconds) * 1000));
    await step('Closing the shop', () => stack.stopShop());
    const truth = await step('Counting three times', () =>
      checkTruth({ folder: captureDir, client, database: stack.connection.database }),
    );
    const { differences } = truth;
    say(
      `${truth.spans} spans (${truth.spansWithSamples} with samples), ${truth.samples} samples, ` +
        `${truth.functions} functions: ${truth.compared} numbers compared, ` +
        `${differences.length} different.`,
    );
    for (const { scope, figure, values: found } of differences.slice(0, PRINTED)) {
      const told = SOURCES.map((source, at) => `${source} ${found[at]}`).join(', ');
      console.log(`${scope}: ${figure}: ${told}`);
    }
    if (differences.length > PRINTED) console.log(`… and ${differences.length - PRINTED} more`);
    if (values.json) await writeFile(values.json, `${JSON.stringify(truth, null, 2)}\n`);
    // A run without samples shows nothing.
    if (differences.length > 0 || truth.samples === 0) process.exitCode = 1;
  } finally {
    await client.close();
    await stack.stop();
    await rm(captureDir, { recursive: true, force: true });
  }
});
