import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { frameLabel } from '../frames/label.ts';
import type { StackTable } from '../model/stacks.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { functionTable } from '../tree/function-table.ts';
import { applyTransforms } from '../transforms/apply.ts';
import type { Transform } from '../transforms/transform.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { foldedLines } from '../testing/reference.ts';
import { foldedFromStackTable, stackTableFromFolded } from './folded.ts';
import { jsonFromStackTable, stackTableFromJson } from './json.ts';
import { pprofFromStackTable } from './pprof.ts';
import { readProfile } from './read-profile.ts';
import { speedscopeFromStackTable } from './speedscope.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Weights by what is written down of a stack; `(other)` is a stack like any. */
function lines(stacks: StackTable): string[] {
  const found = foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame)).filter(
    (line) => !line.endsWith(' 0'),
  );
  return stacks.otherWeight === 0 ? found : [...found, `(other) ${stacks.otherWeight}`].sort();
}

describe.each<[string, (stacks: StackTable) => Promise<Uint8Array> | Uint8Array]>([
  ['folded', (stacks) => bytes(foldedFromStackTable(stacks))],
  ['speedscope', (stacks) => bytes(speedscopeFromStackTable(stacks))],
  ['pprof', pprofFromStackTable],
  ['JSON', (stacks) => bytes(jsonFromStackTable(stacks))],
])('%s, written and read again', (name, write) => {
  it('gives the same weights', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const negative = name !== 'speedscope' && seed % 3 === 0;
      const stacks = randomStacks(seed, { other: seed % 2 === 0, negative });
      const profiles = await readProfile(await write(stacks));
      expect(lines(profiles[0].stacks)).toEqual(lines(stacks));
    }
  });

  it('leaves the table as it was', async () => {
    const stacks = makeStackTable(
      [1, 2].map((line) => ({ frames: ['main', { name: 'hash', line }], weight: line })),
    );
    const copy = structuredClone(stacks);
    await write(stacks);
    expect(stacks).toEqual(copy);
  });

  it('gives nothing for nothing', async () => {
    const profiles = await readProfile(await write(makeStackTable([])));
    expect(lines(profiles[0].stacks)).toEqual([]);
  });

  it('takes large weights and deep stacks', async () => {
    const stacks = makeStackTable([
      { frames: Array.from({ length: 10_000 }, (_, i) => `f${i}`), weight: 2 ** 53 - 1 },
    ]);
    const profiles = await readProfile(await write(stacks));
    expect(lines(profiles[0].stacks)).toEqual(lines(stacks));
  });

  it('takes names that look like something else', async () => {
    const names = ['<script>alert(1)</script>', '__proto__', '{"a": 1}', 'a b', '名前', '🔥'];
    const stacks = makeStackTable([{ frames: names, weight: 1 }]);
    const profiles = await readProfile(await write(stacks));
    expect(lines(profiles[0].stacks)).toEqual(lines(stacks));
  });
});

describe('what formats keep', () => {
  const stacks = makeStackTable(
    [
      {
        frames: [
          { name: 'main', file: 'main.go', line: 7, mapping: '/bin/app', kind: 'go' },
          { mapping: '/lib/libc.so', address: 2n ** 64n - 1n },
        ],
        weight: 5e6,
        count: 3,
      },
    ],
    { unit: 'nanoseconds' },
  );

  it('JSON keeps everything', () => {
    forSeeds(20, (seed) => {
      const table = randomStacks(seed, { other: true, labels: seed % 2 === 0 });
      expect(stackTableFromJson(jsonFromStackTable(table))).toEqual(table);
    });
    expect(stackTableFromJson(jsonFromStackTable(stacks))).toEqual(stacks);
    const cut: StackTable = {
      ...randomStacks(1, { labels: true, other: true }),
      otherByLabels: [
        { labels: { thread: 'worker-1', request: 'GET /2' }, weight: 0.5, count: 1 },
        { labels: {}, weight: -2, count: 0 },
      ],
    };
    expect(stackTableFromJson(jsonFromStackTable(cut))).toEqual(cut);
    const estimated = { ...stacks, samplingRate: 0.04 };
    expect(stackTableFromJson(jsonFromStackTable(estimated))).toEqual(estimated);
  });

  it('JSON with a text twice has one frame of that name', () => {
    const file = JSON.parse(jsonFromStackTable(stackTableFromFolded('main;a 1\nmain;b 2'))) as {
      strings: string[];
      frames: { name: number[] };
    };
    expect(file.frames.name).toEqual([1, 2, 3]);
    file.strings[2] = 'main';
    const tree = buildCallTree(stackTableFromJson(file));
    expect(Array.from(tree.frame, (frame) => frameLabel(tree.frames, frame))).toEqual([
      ...['(all)', 'main', 'b', 'main'],
    ]);
    expect(functionTable(tree).length).toBe(2);
  });

  it('JSON with an empty text twice has no files and binaries of no name', () => {
    const file = JSON.parse(jsonFromStackTable(stackTableFromFolded('main;a 1'))) as {
      strings: string[];
      frames: { file: number[]; mapping: number[] };
    };
    const nameless = file.strings.push('') - 1;
    file.frames.file[0] = file.frames.mapping[1] = nameless;
    const { frames } = stackTableFromJson(file);
    expect([...frames.file, ...frames.mapping]).toEqual([0, 0, 0, 0]);
  });

  it('pprof keeps all but the kind', async () => {
    const [weights, samples] = await readProfile(
      await pprofFromStackTable(stacks, { type: 'cpu' }),
    );
    expect(samples.name).toBe('samples');
    expect(samples.stacks).toMatchObject({ unit: 'count', weight: Float64Array.of(3) });
    expect(weights.name).toBe('cpu');
    expect(weights.stacks).toMatchObject({
      unit: 'nanoseconds',
      weight: Float64Array.of(5e6),
      count: Float64Array.of(3),
    });
    const { frames } = weights.stacks;
    expect(Array.from(frames.mapping, (text) => frames.strings[text])).toEqual([
      '/bin/app',
      '/lib/libc.so',
    ]);
    expect([...frames.line]).toEqual([7, 0]);
    expect(frames.address[1]).toBe(2n ** 64n - 1n);
  });

  it('pprof keeps sample counts beside weights without a unit', async () => {
    const table = makeStackTable([{ frames: ['main'], weight: 100, count: 3 }]);
    const [weights] = await readProfile(await pprofFromStackTable(table));
    expect(weights.stacks).toMatchObject({
      weight: Float64Array.of(100),
      count: Float64Array.of(3),
    });
  });

  it.each<[string, (stacks: StackTable) => Promise<Uint8Array> | Uint8Array]>([
    ['folded', (table) => bytes(foldedFromStackTable(table))],
    ['pprof', pprofFromStackTable],
    ['speedscope', (table) => bytes(speedscopeFromStackTable(table))],
  ])('%s keeps what is left out apart from functions', async (_, write) => {
    const table = makeStackTable(
      [
        { frames: ['main'], weight: 1 },
        { frames: ['main', '(other)'], weight: 2 },
      ],
      { otherWeight: 5 },
    );
    const profiles = await readProfile(await write(table));
    const back = profiles[0].stacks;
    expect(back.otherWeight).toBe(5);
    expect(back.weight).toEqual(Float64Array.of(1, 2));
  });

  it('pprof keeps functions apart, whatever their names and files hold', async () => {
    const frames = [
      { name: 'a\0b', file: 'c' },
      { name: 'a', file: 'b\0c' },
      { name: 'a 1', file: '2' },
      { name: 'a', file: '1 2' },
    ];
    const table = makeStackTable(frames.map((frame, i) => ({ frames: [frame], weight: i + 1 })));
    const [, back] = await readProfile(await pprofFromStackTable(table));
    const { strings, name, file } = back.stacks.frames;
    expect(
      Array.from(name, (text, i) => ({ name: strings[text], file: strings[file[i]] })),
    ).toEqual(frames);
  });

  it('pprof keeps labels, and counts samples with other labels apart', async () => {
    const byThread: Transform[] = [
      { type: 'group-by-label', label: 'request' },
      { type: 'group-by-label', label: 'thread' },
    ];
    for (let seed = 1; seed <= 20; seed++) {
      const table = randomStacks(seed, { labels: true });
      const profiles = await readProfile(await pprofFromStackTable(table));
      const back = profiles[0].stacks;
      expect(lines(applyTransforms(back, byThread))).toEqual(
        lines(applyTransforms(table, byThread)),
      );
    }
  });

  it('speedscope keeps files, lines and the unit', async () => {
    const [profile] = await readProfile(bytes(speedscopeFromStackTable(stacks, 'shop')));
    expect(profile.name).toBe('shop');
    expect(profile.stacks.unit).toBe('nanoseconds');
    const { frames } = profile.stacks;
    expect(frames.strings[frames.file[0]]).toBe('main.go');
    expect(frames.line[0]).toBe(7);
  });

  it('speedscope has the sum of the weights, and no unit that it does not know', () => {
    const table = makeStackTable(
      [1, 2].map((weight) => ({ frames: [`f${weight}`], weight })),
      { unit: 'objects', otherWeight: 4 },
    );
    expect(JSON.parse(speedscopeFromStackTable(table))).toMatchObject({
      profiles: [{ unit: 'none', startValue: 0, endValue: 7 }],
    });
  });

  it('folded replaces what separates names', () => {
    const text = foldedFromStackTable(
      makeStackTable([{ frames: ['Lcom/shop/Cart;', 'two\nlines'], weight: 2 }]),
    );
    expect(text).toBe('Lcom/shop/Cart:;two lines 2\n');
    expect(stackTableFromFolded(text).weight).toHaveLength(1);
  });
});
