import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Interleaved {
  readonly spans: Record<string, string[]>;
  readonly samples: { readonly fn: string; readonly span: string; readonly count: number }[];
}

test('interleaved work: every sample carries the span that its function ran in', async () => {
  const { spans, samples } = await interleave();
  const owners: Record<string, string[]> = {
    burnAfterPromises: spans['promises'],
    burnAfterTimers: spans['timers'],
    burnAfterEvents: spans['events'],
    burnInTheParent: spans['parent'],
    burnInTheChild: spans['child'],
    burnOutside: [''],
  };
  expect(spans['child']).toHaveLength(12);
  const misplaced = samples.filter(({ fn, span }) => !owners[fn].includes(span));
  expect(misplaced).toEqual([]);
  for (const fn of Object.keys(owners)) {
    const count = samples
      .filter((sample) => sample.fn === fn)
      .reduce((sum, sample) => sum + sample.count, 0);
    expect(count, fn).toBeGreaterThan(20);
  }
});

/** In a process of its own: one process can have one profiler, and it needs a flag of Node's. */
async function interleave(): Promise<Interleaved> {
  const program = join(import.meta.dirname, '../testing/interleave.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--experimental-async-context-frame',
    program,
  ]);
  return JSON.parse(stdout) as Interleaved;
}
