import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gzip } from '../formats/gzip.ts';
import { pprofFromStackTable } from '../formats/pprof.ts';
import { readProfile } from '../formats/read-profile.ts';
import { randomStacks } from '../testing/random-stacks.ts';
import { StillBornWorker, ThreadWorker } from '../testing/thread-worker.ts';
import { readProfileInWorker } from './read-profile-in-worker.ts';

afterEach(() => {
  expect(ThreadWorker.running.size).toBe(0);
  vi.unstubAllGlobals();
});

const stacks = randomStacks(2, { stacks: 30_000, functions: 300, maxDepth: 20, labels: true });
const pprof = pprofFromStackTable(stacks);

describe.each(['worker', 'in-place'] as const)('a profile file (%s)', (where) => {
  beforeEach(() => {
    vi.stubGlobal('Worker', where === 'worker' ? ThreadWorker : undefined);
  });

  it('gives the same profiles as on the page, and tells how far it is', async () => {
    const file = await pprof;
    const seen: number[] = [];
    const profiles = await readProfileInWorker(new Blob([file]), {
      onProgress: (share) => seen.push(share),
    });
    expect(profiles).toEqual(await readProfile(file));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('ends when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const reading = readProfileInWorker(new Blob([await pprof]), {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('closed')),
    });
    await expect(reading).rejects.toMatchObject({ kind: 'aborted', cause: new Error('closed') });
  });

  it('says what is wrong with it, and where', async () => {
    const broken =
      '{"shared":{"frames":[]},"profiles":[{"type":"sampled","samples":[[7]],"weights":[1]}]}';
    await expect(readProfileInWorker(new Blob([broken]))).rejects.toMatchObject({
      name: 'CallTreeError',
      kind: 'invalid-format',
      field: expect.stringContaining('profiles[0].samples[0][0]'),
    });
  });
});

describe('a worker that reads files', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', ThreadWorker);
  });

  it('is done without when it does not start', async () => {
    vi.stubGlobal('Worker', StillBornWorker);
    const file = await pprof;
    const profiles = await readProfileInWorker(new Blob([file]));
    expect(profiles).toEqual(await readProfile(file));
  });

  it('takes the file with it when it dies over it: the page does not read it once more', async () => {
    const reading = readProfileInWorker(new Blob([await pprof]), {
      onProgress: () => ThreadWorker.running.forEach((worker) => worker.die()),
    });
    await expect(reading).rejects.toMatchObject({ kind: 'invalid-format' });
  });
});

describe('without a worker', () => {
  it('is not answered what nobody waits for any more, though all of it is read', async () => {
    vi.stubGlobal('Worker', undefined);
    const controller = new AbortController();
    const file = await gzip(new TextEncoder().encode('main;hash 30\n'));
    const reading = readProfileInWorker(new Blob([file]), {
      signal: controller.signal,
      // So little is unpacked at once, and this was the last progress.
      onProgress: () => queueMicrotask(() => controller.abort()),
    });
    await expect(reading).rejects.toMatchObject({ kind: 'aborted' });
  });
});
