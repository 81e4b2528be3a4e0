import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { frameLabel } from '../frames/label.ts';
import { isCallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { randomStacks } from '../testing/random-stacks.ts';
import { Random } from '../testing/random.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { validateStacks } from '../tree/validate-stacks.ts';
import { foldedFromStackTable } from './folded.ts';
import { gunzip, gzip } from './gzip.ts';
import { jsonFromStackTable } from './json.ts';
import { pprofFromStackTable } from './pprof.ts';
import { readProfile } from './read-profile.ts';
import { speedscopeFromStackTable } from './speedscope.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const refused = { name: 'CallTreeError', kind: 'invalid-format' };

const WRITERS: [string, (stacks: StackTable) => Promise<Uint8Array>][] = [
  ['folded', async (stacks) => bytes(foldedFromStackTable(stacks))],
  ['speedscope', async (stacks) => bytes(speedscopeFromStackTable(stacks))],
  ['pprof', async (stacks) => gunzip(await pprofFromStackTable(stacks))],
  ['JSON', async (stacks) => bytes(jsonFromStackTable(stacks))],
];

/** A profile of V8 that is a ring, is a chain, or points nowhere. */
function cpuProfile(childrenOf: (id: number) => unknown): Uint8Array {
  const nodes = Array.from({ length: 5 }, (_, i) => ({
    id: i + 1,
    callFrame: { functionName: `f${i}`, url: '', lineNumber: 0 },
    children: childrenOf(i + 1),
  }));
  return bytes(JSON.stringify({ nodes, samples: [5, 5], timeDeltas: [1, 1] }));
}

describe.each(WRITERS)('%s that somebody has damaged', (_, write) => {
  it('is read, or refused as what it is: never a crash, never a table that contradicts itself', async () => {
    const random = new Random(1);
    let refusals = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const file = await write(randomStacks(seed % 7, { stacks: 12, labels: true, other: true }));
      for (let changes = 1 + random.below(4); changes > 0; changes--) {
        file[random.below(file.length)] = random.below(256);
      }
      const damaged = seed % 3 === 0 ? file.subarray(0, random.below(file.length)) : file;
      try {
        for (const { stacks } of await readProfile(damaged)) {
          validateStacks(stacks);
          buildCallTree(stacks);
        }
      } catch (error) {
        refusals++;
        if (!isCallTreeError(error)) throw error;
        expect(error.kind).toBe('invalid-format');
        expect(error.message).not.toBe('');
      }
    }
    expect(refusals).toBeGreaterThan(10);
  });
});

describe.each(WRITERS)('%s with unusual names and numbers', (format, write) => {
  it('keeps hostile names apart, as far as the format can hold them', async () => {
    const stacks = makeStackTable(
      HOSTILE_NAMES.map((name, i) => ({ frames: ['main', name], weight: i + 1 })),
    );
    const profiles = await readProfile(await write(stacks));
    const back = profiles[0].stacks;
    const tree = buildCallTree(back);
    expect(tree.total[0]).toBe(buildCallTree(stacks).total[0]);
    const names = new Set(Array.from(tree.frame, (frame) => frameLabel(tree.frames, frame)));
    for (const name of HOSTILE_NAMES) {
      // Lines end folded stacks and semicolons part them; half a surrogate pair is no UTF-8.
      if (format === 'folded' && /[;\r\n]|^\s|\s$/.test(name)) continue;
      if (/\p{Surrogate}/u.test(name)) continue;
      expect(names).toContain(name);
    }
  });

  it('takes weights of 2⁶³ or says that it cannot', async () => {
    const largest = makeStackTable([{ frames: ['a'], weight: 2 ** 63 - 1024 }]);
    const [profile] = await readProfile(await write(largest));
    expect(buildCallTree(profile.stacks).total[0]).toBe(2 ** 63 - 1024);
    const larger = write(makeStackTable([{ frames: ['a'], weight: 2 ** 63 }]));
    if (format === 'pprof') await expect(larger).rejects.toMatchObject({ kind: 'invalid-stacks' });
    else await expect(larger).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('readProfile', () => {
  it.each<[string, (id: number) => unknown, string]>([
    ['a ring', (id) => [(id % 5) + 1], 'samples[0]'],
    ['a node that calls itself', (id) => (id === 5 ? [5] : []), 'samples[0]'],
    ['a child that does not exist', () => [99], 'nodes[0].children[0]'],
    ['children that are no list', () => 7, 'nodes[0].children'],
    ['a child of two', (id) => (id < 3 ? [3] : []), 'nodes[1].children[0]'],
  ])('refuses a CPU profile with %s, naming the place', async (_, childrenOf, field) => {
    await expect(readProfile(cpuProfile(childrenOf))).rejects.toMatchObject({ ...refused, field });
  });

  it.each(['1e999', '-1e999', 'null', '"1"', '[]'])('refuses the weight %s', async (weight) => {
    const file = `{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","unit":"none","samples":[[0]],"weights":[${weight}]}]}`;
    await expect(readProfile(bytes(file))).rejects.toMatchObject({
      ...refused,
      field: 'profiles[0].weights[0]',
    });
  });

  const opened = (depth: number) => [
    ...Array.from({ length: depth }, () => ({ type: 'O', frame: 0, at: 0 })),
    ...Array.from({ length: depth }, () => ({ type: 'C', frame: 0, at: 1 })),
  ];
  const evented = { type: 'evented', unit: 'none', endValue: 1 };
  const speedscope = (profiles: readonly object[]) =>
    bytes(JSON.stringify({ shared: { frames: [{ name: 'f' }] }, profiles }));
  const chain = (depth: number) =>
    bytes(
      JSON.stringify({
        nodes: Array.from({ length: depth + 1 }, (_, i) => ({
          id: i,
          callFrame: { functionName: `f${i}` },
          parent: i === 0 ? undefined : i - 1,
        })),
        samples: [depth],
        timeDeltas: [0],
      }),
    );

  it.each<[string, (depth: number) => Uint8Array, string]>([
    ['folded', (depth) => bytes(`${'a;'.repeat(depth - 1)}a 1`), 'line 1'],
    [
      'evented',
      (depth) => speedscope([{ ...evented, events: opened(depth) }]),
      'profiles[0].events[65537]',
    ],
    ['CPU', chain, 'samples[0]'],
  ])('takes a stack of 65 536 frames in a %s profile, and none deeper', async (_, write, field) => {
    const [{ stacks }] = await readProfile(write(65_536));
    expect(stacks.frameIndex.length).toBeGreaterThanOrEqual(65_536);
    await expect(readProfile(write(65_537))).rejects.toMatchObject({ ...refused, field });
  });

  it.each([
    [
      'of a CPU profile',
      '{"nodes":[{"id":1,"callFrame":{}}],"samples":[1,1],"timeDeltas":[0,1e308]}',
      'samples[0]',
    ],
    [
      'of speedscope',
      '{"shared":{"frames":[]},"profiles":[{"type":"sampled","unit":"seconds","samples":[[]],"weights":[1e308]}]}',
      'profiles[0].samples[0]',
    ],
    ['of perf script', `a 1 2.5: ${'9'.repeat(400)} cycles:\n\t4000 f (/bin/a)\n`, 'line 1'],
    ['of one stack', 'main;a 1e308\nmain;a 1e308\n', 'line 2'],
    ['of several stacks', 'main;a 1e308\nmain;b -1e308\n', 'line 2'],
    ['of what is left out', '(other) 1e308\n(other) 1e308\n', 'line 2'],
    [
      'in nanoseconds that are left out',
      '{"shared":{"frames":[{"name":"(other)"}]},"profiles":[{"type":"sampled","unit":"seconds","samples":[[0]],"weights":[1e308]}]}',
      'profiles[0].samples[0]',
    ],
  ])('refuses weights %s that become larger than numbers are', async (_, text, field) => {
    await expect(readProfile(bytes(text))).rejects.toMatchObject({ ...refused, field });
  });

  it.each<[string, object, string]>([
    ['weights', { stacks: { weight: [1e308, 1e308] } }, 'stacks.weight'],
    ['counts', { stacks: { count: [1e308, 1e308] } }, 'stacks.count'],
    ['left out', { otherWeight: -1e308, stacks: { weight: [1e308, 0] } }, 'stacks.weight'],
  ])('refuses a table whose sums are larger than numbers are: %s', async (_, change, field) => {
    const table = makeStackTable([
      { frames: ['main'], weight: 1 },
      { frames: ['gc'], weight: 1 },
    ]);
    const file = JSON.parse(jsonFromStackTable(table)) as { stacks: object };
    const changed = {
      ...file,
      ...change,
      stacks: { ...file.stacks, ...('stacks' in change && (change.stacks as object)) },
    };
    await expect(readProfile(bytes(JSON.stringify(changed)))).rejects.toMatchObject({
      ...refused,
      field,
    });
  });

  it('refuses a kind of frame that the table has no room for', async () => {
    const file = jsonFromStackTable(makeStackTable([{ frames: ['main'], weight: 1 }]));
    await expect(
      readProfile(bytes(file.replace('"kind":[0]', '"kind":[257]'))),
    ).rejects.toMatchObject({ ...refused, field: 'frames.kind[0]' });
  });

  it('refuses so many profiles that their tables would fill the memory', async () => {
    const many = Array.from({ length: 4097 }, () => ({ ...evented, events: [] }));
    expect(await readProfile(speedscope(many.slice(1)))).toHaveLength(4096);
    await expect(readProfile(speedscope(many))).rejects.toMatchObject({
      ...refused,
      field: 'profiles[4096]',
    });
  });

  it('refuses JSON that becomes more than there is memory for', async () => {
    const file = bytes(`{"shared":[${'[],'.repeat(14_000_000)}[]]}`);
    await expect(readProfile(file)).rejects.toMatchObject({ ...refused, field: 'JSON' });
  });

  it('refuses texts that become longer than texts can be', async () => {
    const { Label, Profile, Sample, StringTable, ValueType } = await import('pprof-format');
    const strings = new StringTable();
    const long = strings.dedup('x'.repeat(2 ** 20));
    const label = new Label({ key: strings.dedup('key'), str: long });
    const profile = new Profile({
      stringTable: strings,
      sampleType: [new ValueType({ type: long, unit: long })],
      sample: [new Sample({ value: [1], label: Array<typeof label>(513).fill(label) })],
    });
    await expect(readProfile(profile.encode())).rejects.toMatchObject(refused);
  });

  it.each([
    ['at its end', '{"name":"é\ufffd', 14],
    ['after some space', '\n\t {"a":"', 9],
  ])('says where JSON is no text: %s', async (_, text, at) => {
    const before = bytes(text);
    const file = Uint8Array.from([...before, 0xff, ...bytes('"}')]);
    await expect(readProfile(file)).rejects.toMatchObject({ ...refused, field: `byte ${at}` });
  });

  it('refuses what unpacks into more than a page can hold', async () => {
    const bomb = await gzip(new Uint8Array(5_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    await expect(gunzip(bomb, { most: 1_000_000 })).rejects.toMatchObject(refused);
    expect(await gunzip(bomb, { most: 5_000_000 })).toHaveLength(5_000_000);
  });

  it('reads an empty file as an empty profile', async () => {
    for (const file of [new Uint8Array(0), bytes('\n\n')]) {
      const [{ stacks }] = await readProfile(file);
      expect(buildCallTree(stacks).length).toBe(1);
    }
  });

  it('reads text with a byte order mark, and 16-bit text as Windows shells write it', async () => {
    const wide = Uint8Array.from(
      [...'\ufeffmain;a 3\r\n'].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
    );
    const swapped = wide.map((_, i) => wide[i ^ 1]);
    for (const file of [bytes('\ufeffmain;a 3'), wide, swapped]) {
      const [{ stacks }] = await readProfile(file);
      const names = Array.from(stacks.frameIndex, (frame) => frameLabel(stacks.frames, frame));
      expect(names).toEqual(['main', 'a']);
    }
  });
});
