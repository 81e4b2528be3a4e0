// npm run check:exactly-once: does every sample count once, whatever is repeated or killed?
//
//   npm run check:exactly-once -- [--inserts 3000] [--messages 2000] [--kills 100] [--seed 1] [--json FILE]
//
// Inserts into the landing table in every way that a client can, many of them again, at once or much
// later, while the server is killed in the middle of inserts and comes back on the same data. Then
// sends through a Collector whose queue is on disk, while Collector and server are killed. Every
// table is compared with what was counted before it was sent, and with what it holds when the same
// is inserted once and in peace. Prints each figure; any difference makes the exit code 1.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { onPinnedNode } from './lib/pinned-node.mjs';
import { PlainError, program } from './lib/program.mjs';
import { say } from './lib/say.mjs';
import { table } from './lib/table.mjs';
import { ensureCollector, setup } from './setup.mjs';

await program(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      inserts: { type: 'string', default: '3000' },
      messages: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  /** @param {'inserts' | 'messages' | 'kills'} name */
  const number = (name) => {
    const value = Number(values[name]);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new PlainError(`--${name} must be a whole number, not ${values[name]}.`);
  };
  await setup();
  if (!(await onPinnedNode(import.meta))) return;

  const { checkExactlyOnce, isDifference } = await import('./exactly-once/check.ts');
  const report = await checkExactlyOnce({
    inserts: number('inserts'),
    messages: number('messages'),
    kills: number('kills'),
    seed: values.seed,
    collector: await ensureCollector(),
    onProgress: (what, done, of) => {
      if (done % Math.ceil(of / 20) === 0 || done === of) say(`  ${what}: ${done} of ${of} sent`);
    },
  });

  const { inserts, collector } = report;
  for (const { figures } of [inserts, collector]) {
    console.log(
      table([
        ['table', 'figure', 'sent', 'stored', ''],
        ...figures.map((figure) => [
          figure.table,
          figure.figure,
          figure.sent,
          figure.stored,
          isDifference(figure) ? '✗' : '✓',
        ]),
      ]) + '\n',
    );
  }
  console.log(
    `${inserts.distinct} inserts in ${inserts.sendings} attempts besides ${inserts.brokenOff} that broke off, ` +
      `under ${inserts.kills} kills of the server.\n` +
      `${collector.distinct} messages in ${collector.sendings} attempts besides ${collector.brokenOff} that broke off, ` +
      `under ${collector.collectorKills} kills of the Collector and ${collector.serverKills} of the server, ` +
      `which ended by itself ${collector.serverAborts} times.\n` +
      `${inserts.figures.length + collector.figures.length} figures compared, ${report.differences} different.`,
  );
  if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (report.differences > 0) process.exitCode = 1;
});
