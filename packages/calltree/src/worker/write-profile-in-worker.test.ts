import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { foldedFromStackTable } from '../formats/folded.ts';
import { htmlFromCallTree } from '../formats/html.ts';
import { jsonFromStackTable } from '../formats/json.ts';
import { markdownOfDiff } from '../formats/markdown-of-diff.ts';
import { markdownSummary } from '../formats/markdown.ts';
import { readProfile } from '../formats/read-profile.ts';
import { speedscopeFromStackTable } from '../formats/speedscope.ts';
import { svgFromCallTree } from '../formats/svg.ts';
import type { ProfileFile } from '../formats/write-profile.ts';
import { makeStackTable } from '../build/make-stack-table.ts';
import { randomStacks } from '../testing/random-stacks.ts';
import { StillBornWorker, ThreadWorker } from '../testing/thread-worker.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { stacksOfTree } from '../tree/stacks-of-tree.ts';
import { applyTransforms } from '../transforms/apply.ts';
import type { Transform } from '../transforms/transform.ts';
import { writeProfileInWorker } from './write-profile-in-worker.ts';

afterEach(() => {
  expect(ThreadWorker.running.size).toBe(0);
  vi.unstubAllGlobals();
});

const stacks = randomStacks(2, { stacks: 3_000, functions: 300, maxDepth: 20, labels: true });
const tree = buildCallTree(stacks);
const diff = diffCallTrees(stacks, randomStacks(4, { stacks: 900, functions: 300, maxDepth: 20 }));
const transforms: Transform[] = [{ type: 'collapse-direct-recursion' }];
const paints = [
  { fill: '#123456', text: '#ffffff' },
  { fill: '#abcdef', text: '#000000' },
];
const slot = Uint8Array.from({ length: tree.length }, (_, node) => node % 2);
const paintOf = (node: number) => paints[node % 2];
const legend = [{ ...paints[0], label: 'Even' }];
const weight = tree.total.map((total, node) => total * (1 + (node % 3)));
const picture = { title: 'A <b>', tree, weight, legend, colours: { paints, slot } };

/** Each format, and what its own writer makes of it. */
const files: [name: string, file: ProfileFile, written: () => string][] = [
  [
    'svg',
    { ...picture, format: 'svg', orientation: 'flame', focus: 3 },
    () => svgFromCallTree(tree, { ...picture, orientation: 'flame', focus: 3, paintOf }),
  ],
  ['html', { ...picture, format: 'html' }, () => htmlFromCallTree(tree, { ...picture, paintOf })],
  ['a diff as svg', { format: 'svg', tree: diff }, () => svgFromCallTree(diff)],
  [
    'what changed',
    { format: 'markdown', diff, form: 'absolute', title: 'B' },
    () => markdownOfDiff(diff, { form: 'absolute', title: 'B' }),
  ],
  [
    'markdown',
    { format: 'markdown', stacks, transforms, title: 'C' },
    () => markdownSummary(applyTransforms(stacks, transforms), { title: 'C' }),
  ],
  ['folded', { format: 'folded', stacks }, () => foldedFromStackTable(stacks)],
  [
    'folded of a tree',
    { format: 'folded', stacks: tree },
    () => foldedFromStackTable(stacksOfTree(tree)),
  ],
  [
    'speedscope',
    { format: 'speedscope', stacks, title: 'D' },
    () => speedscopeFromStackTable(stacks, 'D'),
  ],
  [
    'json',
    { format: 'json', stacks, transforms },
    () => jsonFromStackTable(applyTransforms(stacks, transforms)),
  ],
];

describe.each(['worker', 'in-place'] as const)('a profile written (%s)', (where) => {
  beforeEach(() => {
    vi.stubGlobal('Worker', where === 'worker' ? ThreadWorker : undefined);
  });

  it.each(files)('as %s is what the writer of the format makes of it', async (_, file, written) => {
    expect(await (await writeProfileInWorker(file)).text()).toBe(written());
  });

  it('as pprof is the profile again', async () => {
    const plain = makeStackTable([
      { frames: ['main', 'hash'], weight: 30, count: 3 },
      { frames: ['main'], weight: 10, count: 1 },
    ]);
    for (const type of ['inuse_space', undefined]) {
      const blob = await writeProfileInWorker({ format: 'pprof', stacks: plain, type });
      expect(blob.type).toBe('application/octet-stream');
      const [{ name, stacks }] = await readProfile(new Uint8Array(await blob.arrayBuffer()));
      expect(name).toBe(type ?? 'weight');
      expect(foldedFromStackTable(stacks)).toBe('main;hash 30\nmain 10\n');
    }
  });

  it('says why a format cannot hold it', async () => {
    const below = makeStackTable([{ frames: ['main'], weight: -1 }]);
    await expect(
      writeProfileInWorker({ format: 'speedscope', stacks: below }),
    ).rejects.toMatchObject({ name: 'CallTreeError', kind: 'invalid-stacks' });
  });

  it('is not changed by that', async () => {
    const copy = structuredClone(stacks);
    await writeProfileInWorker({ format: 'json', stacks });
    expect(stacks).toEqual(copy);
  });
});

describe('a worker that writes files', () => {
  it('is done without when it does not start', async () => {
    vi.stubGlobal('Worker', StillBornWorker);
    const blob = await writeProfileInWorker({ format: 'folded', stacks });
    expect(await blob.text()).toBe(foldedFromStackTable(stacks));
  });

  it('says so when it dies over a file, and does not write it on the page', async () => {
    class ShortLived extends ThreadWorker {
      #messages = 0;
      override postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void {
        super.postMessage(message, transfer);
        if (++this.#messages === 3) this.die();
      }
    }
    vi.stubGlobal('Worker', ShortLived);
    await expect(writeProfileInWorker({ format: 'folded', stacks })).rejects.toThrow(
      /The worker died over the file/,
    );
  });
});
