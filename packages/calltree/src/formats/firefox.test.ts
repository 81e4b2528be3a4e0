import { describe, expect, it } from 'vitest';
import { FRAME_KINDS } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import { frameLabel } from '../frames/label.ts';
import { foldedLines } from '../testing/reference.ts';
import { gzip } from './gzip.ts';
import { readProfile } from './read-profile.ts';

const read = (file: unknown) => readProfile(new TextEncoder().encode(JSON.stringify(file)));

const folded = (stacks: StackTable) =>
  foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame));

const tablesOf = async (file: unknown) =>
  Object.fromEntries((await read(file)).map(({ name, stacks }) => [name, folded(stacks)]));

/** The frames of a table as plain values, by name. */
const framesOf = ({ frames }: StackTable) =>
  Array.from(frames.name, (name, frame) => ({
    name: frames.strings[name],
    file: frames.strings[frames.file[frame]],
    mapping: frames.strings[frames.mapping[frame]],
    line: frames.line[frame],
    kind: FRAME_KINDS[frames.kind[frame]],
  }));

/** What each stack weighs with one label, by its value. */
function byLabel({ labels, weight }: StackTable, key: string): Record<string, number> {
  const column = labels?.find((one) => one.key === key);
  const sums: Record<string, number> = {};
  column?.value.forEach((value, stack) => {
    const text = column.values[value];
    sums[text] = (sums[text] ?? 0) + weight[stack];
  });
  return sums;
}

const meta = { interval: 2, product: 'shop', preprocessedProfileVersion: 70 };

/** `main` calls `hash`, as each version has them: stacks 0 to 2 are main, main;hash and main;parse. */
const strings = ['main', 'hash', 'parse', 'shop.js'];
const frameTable = {
  func: [0, 1, 2],
  address: [-1, -1, -1],
  lib: [-1, -1, -1],
  line: [7, 9, null],
};
const funcTable = { name: [0, 1, 2], resource: [-1, -1, -1], source: [0, 0, null] };
const shared = {
  stringArray: strings,
  sources: { filename: [3] },
  stackTable: { frame: [0, 1, 2], prefixOffset: [0, 1, 2] },
  frameTable,
  funcTable,
  resourceTable: {},
};
const thread = (samples: object, rest: object = {}) => ({
  ...{ name: 'GeckoMain', tid: 12, pid: '11', samples, ...rest },
});
const profile = (threads: object[], rest: object = {}) => ({
  meta,
  libs: [],
  shared,
  threads,
  ...rest,
});
const withShared = (change: object) => ({
  ...profile([thread({ stack: [1] })]),
  shared: { ...shared, ...change },
});

describe('a profile of the Firefox Profiler', () => {
  it('has the time between samples as weight, threads as labels, and no samples without a stack', async () => {
    const file = profile([
      thread({ stack: [1, null, 0, 1] }, { processName: 'Web Content' }),
      thread({ stack: [2], weight: null, weightType: 'samples' }, { name: 'Worker', tid: 'w' }),
    ]);
    const [{ name, stacks }, ...others] = await read(file);
    expect(others).toEqual([]);
    expect(name).toBe('Samples');
    expect(stacks.unit).toBe('nanoseconds');
    expect(folded(stacks)).toEqual(['main 2000000', 'main;hash 4000000', 'main;parse 2000000']);
    expect([...stacks.count].sort()).toEqual([1, 1, 2]);
    expect(byLabel(stacks, 'thread.name')).toEqual({ GeckoMain: 6e6, Worker: 2e6 });
    expect(byLabel(stacks, 'thread.id')).toEqual({ 12: 6e6, w: 2e6 });
    expect(byLabel(stacks, 'process.pid')).toEqual({ 11: 8e6 });
    expect(byLabel(stacks, 'process.title')).toEqual({ 'Web Content': 6e6, '': 2e6 });
    expect(framesOf(stacks)).toEqual([
      { name: 'main', file: 'shop.js', mapping: '', line: 7, kind: 'unknown' },
      { name: 'hash', file: 'shop.js', mapping: '', line: 9, kind: 'unknown' },
      { name: 'parse', file: '', mapping: '', line: 0, kind: 'unknown' },
    ]);
    const zipped = await gzip(new TextEncoder().encode(JSON.stringify(file)));
    expect(await readProfile(zipped)).toEqual([{ name, stacks }]);
  });

  it('is read as old versions have it, with tables of each thread', async () => {
    const own = {
      stringArray: strings,
      stackTable: { frame: [0, 1, 2], prefix: [null, 0, 0] },
      frameTable: { func: [0, 1, 2], address: [64, -1, -1], line: [7, 9, null] },
      funcTable: { name: [0, 1, 2], resource: [0, 1, -1], fileName: [null, 3, null] },
      resourceTable: { name: [3, 3], type: [1, 2], lib: [0, null] },
      libs: [{ name: 'shop', path: '/usr/bin/shop' }],
    };
    const threads = [thread({ stack: [1, 2] }, own), thread({ stack: [0] }, own)];
    const [{ stacks }] = await read({ meta, threads });
    expect(folded(stacks)).toEqual(['main 2000000', 'main;hash 2000000', 'main;parse 2000000']);
    expect(framesOf(stacks).slice(0, 2)).toEqual([
      { name: 'main', file: '', mapping: '/usr/bin/shop', line: 7, kind: 'native' },
      { name: 'hash', file: 'shop.js', mapping: '', line: 9, kind: 'unknown' },
    ]);
    const strung = threads.map((one) => ({ ...one, stringArray: undefined, libs: undefined }));
    const between = { meta, threads: strung, libs: own.libs, shared: { stringArray: strings } };
    expect((await read(between))[0].stacks).toEqual(stacks);
  });

  it('has the weights that samples have, in a table for each type', async () => {
    const file = profile([
      thread({ stack: [0, 1, 2], weight: [3, -1, 0], weightType: 'samples' }),
      thread({ stack: [0, 1], weight: [0.1, 0.2], weightType: 'tracing-ms' }),
      thread({ stack: [0, 0], weight: [100, 28], weightType: 'bytes' }),
    ]);
    expect(await tablesOf(file)).toEqual({
      Samples: ['main 6000000', 'main;hash -2000000'],
      Time: ['main 100000', 'main;hash 200000'],
      Size: ['main 128'],
    });
    const [{ stacks }] = await read(file);
    expect([...stacks.count]).toEqual([3, 1]);
    const [untimed] = await read({ ...file, meta: { interval: 0 } });
    expect(untimed.stacks.unit).toBe('count');
    expect(folded(untimed.stacks)).toEqual(['main 3', 'main;hash -1']);
  });

  it.each([
    ['ns', 'CPU time', 'nanoseconds', 1],
    ['µs', 'CPU time', 'nanoseconds', 1000],
    ['variable CPU cycles', 'CPU cycles', 'cycles', 1],
  ])('has the CPU use since the sample before, in %s', async (given, called, unit, factor) => {
    const samples = { stack: [0, 1, 1, null, 2, 0], threadCPUDelta: [900, 20, 3, 50, null, 0] };
    const units = { ...meta, sampleUnits: { threadCPUDelta: given } };
    const tables = await read(profile([thread(samples), thread({ stack: [0] })], { meta: units }));
    expect(tables.map(({ name }) => name)).toEqual(['Samples', called]);
    expect(tables[1].stacks.unit).toBe(unit);
    expect(folded(tables[1].stacks)).toEqual([`main;hash ${23 * factor}`]);
    expect([...tables[1].stacks.count]).toEqual([2]);
  });

  it('has allocations, and what is not freed of them', async () => {
    const native = {
      stack: [0, 1, 2, 0, 1, null],
      weight: [100, 30, -100, 50, 7, 9],
      memoryAddress: [1, 2, 1, 1, 2, 3],
    };
    const js = { stack: [1, 1], weight: [16, 32] };
    const file = profile([
      thread({ stack: [] }, { nativeAllocations: native }),
      thread({ stack: [] }, { jsAllocations: js }),
    ]);
    expect(await tablesOf(file)).toEqual({
      'JavaScript allocations': ['main;hash 48'],
      // Of an address that is given out again the end of the first use was not seen.
      'Retained memory': ['main 50', 'main;hash 37'],
      Allocations: ['main 150', 'main;hash 37'],
      Deallocations: ['main;parse 100'],
    });
    const old = { stack: [0, 1], duration: [100, -30] };
    expect(await tablesOf(profile([thread({ stack: [] }, { nativeAllocations: old })]))).toEqual({
      Allocations: ['main 100'],
      Deallocations: ['main;hash 30'],
    });
  });

  it('has categories as labels: those of a stack are those of its last frame that has one', async () => {
    const categories = [
      { name: 'JavaScript', color: 'yellow' },
      { name: 'Other', color: 'grey' },
      { name: 'Kernel', color: 'orange' },
    ];
    const stackTable = { frame: [0, 1, 2, 1], prefixOffset: [0, 1, 2, 0] };
    const file = {
      ...profile([thread({ stack: [0, 1, 2, 3] })], { meta: { ...meta, categories } }),
      shared: { ...shared, stackTable, frameTable: { ...frameTable, category: [0, null, 2] } },
    };
    const [{ stacks }] = await read(file);
    expect(byLabel(stacks, 'category')).toEqual({ JavaScript: 4e6, Kernel: 2e6, Other: 2e6 });
    expect(framesOf(stacks).map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'kernel']);
  });

  it('has the binaries of frames, and addresses in them where there are no symbols', async () => {
    const file = {
      ...profile([thread({ stack: [3, 4] })], {
        libs: [{ name: 'shop', path: '/usr/bin/shop' }, { name: '[kernel.kallsyms]' }],
      }),
      shared: {
        ...shared,
        stringArray: ['0x7f00', 'sys_read', 'main', '0xFFFFffff80001234', 'libc.so'],
        stackTable: { frame: [0, 1, 2, 3, 4], prefixOffset: [0, 1, 0, 1, 3] },
        frameTable: {
          func: [0, 1, 2, 3, 4],
          address: [66, 80, -1, -1, -1],
          lib: [0, 1, 0, -1, -1],
        },
        funcTable: { name: [0, 1, 2, 3, 2], resource: [-1, 0, -1, -1, 1] },
        resourceTable: { name: [3, 4], type: [5, 1] },
      },
    };
    const [{ stacks }] = await read(file);
    expect(folded(stacks)).toEqual([
      'main;0xffffffff80001234 2000000',
      'shop+0x42;sys_read;main 2000000',
    ]);
    expect(framesOf(stacks)).toEqual([
      { name: 'main', file: '', mapping: '/usr/bin/shop', line: 0, kind: 'native' },
      { name: '', file: '', mapping: '', line: 0, kind: 'unknown' },
      { name: '', file: '', mapping: '/usr/bin/shop', line: 0, kind: 'native' },
      { name: 'sys_read', file: '', mapping: '[kernel.kallsyms]', line: 0, kind: 'kernel' },
      { name: 'main', file: '', mapping: 'libc.so', line: 0, kind: 'native' },
    ]);
  });

  it('tells functions of one name apart by where they begin, and names files as people do', async () => {
    const file = withShared({
      stringArray: [
        '(anonymous)',
        'a.js',
        'hg:hg.mozilla.org/mozilla-central:dom/Node.cpp:997f00815e6b',
        's3:gecko-generated-sources:a5d37/ipc/PBackground.cpp:',
        'cargo:github.com-1ecc6299db9ec823:tokio-1.6.1:src/runtime/mod.rs',
        'a.ts',
      ],
      sources: { filename: [1, 2, 3, 4, 5] },
      stackTable: { frame: [0, 1, 2, 3, 4], prefixOffset: [0, 1, 1, 1, 1] },
      frameTable: {
        func: [0, 1, 2, 3, 4],
        line: [4, 5, 6, 7, 8],
        originalLocation: [null, 1, null, null, null],
      },
      funcTable: {
        name: [0, 0, 0, 0, 0],
        source: [0, 0, 1, 2, 3],
        lineNumber: [3, 3, null, null, null],
        columnNumber: [10, 90, null, null, null],
        originalLocation: [null, 0, null, null, null],
      },
      sourceLocationTable: { source: [4, 4], line: [30, 33], column: [2, 8] },
    });
    const named = { ...file, threads: [thread({ stack: [4] })] };
    expect(framesOf((await read(named))[0].stacks)).toMatchObject([
      { name: '(anonymous)', file: 'a.js', line: 4 },
      { name: '(anonymous)', file: 'a.ts', line: 33 },
      { name: '(anonymous)', file: 'dom/Node.cpp', line: 6 },
      { name: '(anonymous)', file: 'ipc/PBackground.cpp', line: 7 },
      { name: '(anonymous)', file: 'tokio-1.6.1/src/runtime/mod.rs', line: 8 },
    ]);
    const { sourceLocationTable: _, ...compiled } = named.shared as Record<string, object>;
    const funcs = { ...compiled.funcTable, originalLocation: undefined };
    const frames = { ...compiled.frameTable, originalLocation: undefined };
    const plain = { ...named, shared: { ...compiled, funcTable: funcs, frameTable: frames } };
    expect(framesOf((await read(plain))[0].stacks).slice(0, 2)).toMatchObject([
      { name: '(anonymous) 3:10', file: 'a.js', line: 4 },
      { name: '(anonymous) 3:90', file: 'a.js', line: 5 },
    ]);
  });

  it('takes stacks of ten thousand frames', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => i);
    const stackTable = { frame: many.map((i) => i % 3), prefixOffset: many.map((i) => +(i > 0)) };
    const file = { ...withShared({ stackTable }), threads: [thread({ stack: [9999] })] };
    expect((await read(file))[0].stacks.frameIndex).toHaveLength(10_000);
  });

  const stack = (change: object) => withShared({ stackTable: { ...shared.stackTable, ...change } });
  const old = (prefix: unknown[]) => withShared({ stackTable: { frame: [0, 1, 2], prefix } });
  it.each<[string, unknown, string]>([
    ['no threads', { meta, shared, threads: {} }, 'threads'],
    ['nothing but markers', profile([thread({ stack: [] })]), 'threads'],
    ['samples that are none', profile([thread([])]), 'threads[0].samples'],
    ['no stacks of samples', profile([thread({})]), 'threads[0].samples.stack'],
    ['a stack out of range', profile([thread({ stack: [0, 9] })]), 'threads[0].samples.stack[1]'],
    [
      'a stack that is no index',
      profile([thread({ stack: ['0'] })]),
      'threads[0].samples.stack[0]',
    ],
    ['a ring of callers', old([1, 0, 0]), 'threads[0].samples.stack[0]'],
    ['a stack that calls itself', old([null, 1, 0]), 'threads[0].samples.stack[0]'],
    ['a caller out of range', old([null, 9, 0]), 'shared.stackTable.prefix[1]'],
    [
      'a caller before all',
      stack({ prefixOffset: [0, 2, 2] }),
      'shared.stackTable.prefixOffset[1]',
    ],
    ['a frame out of range', stack({ frame: [0, 9, 2] }), 'shared.stackTable.frame[1]'],
    ['no frames', withShared({ frameTable: {} }), 'shared.stackTable.frame[1]'],
    [
      'a function out of range',
      withShared({ frameTable: { ...frameTable, func: [0, 9, 2] } }),
      'shared.frameTable.func[1]',
    ],
    [
      'a library out of range',
      withShared({ frameTable: { ...frameTable, lib: [-1, 0, -1] } }),
      'shared.frameTable.lib[1]',
    ],
    ['no texts', withShared({ stringArray: undefined }), 'shared.stringArray'],
    ['too few texts', withShared({ stringArray: ['main'] }), 'shared.sources.filename[0]'],
    ['texts that are none', withShared({ stringArray: [1, 2, 3, 4] }), 'shared.stringArray[0]'],
    [
      'a missing weight',
      profile([thread({ stack: [0, 1], weight: [1] })]),
      'threads[0].samples.weight[1]',
    ],
    [
      'a type of weight that is not known',
      profile([thread({ stack: [0], weightType: 'watts' })]),
      'threads[0].samples.weightType',
    ],
    [
      'a CPU use that is no number',
      profile([thread({ stack: [0, 1], threadCPUDelta: [0, 'x'] })]),
      'threads[0].samples.threadCPUDelta[1]',
    ],
    [
      'categories that are none',
      profile([], { meta: { ...meta, categories: {} } }),
      'meta.categories',
    ],
  ])('with %s is refused, naming the place', async (_, file, field) => {
    await expect(read(file)).rejects.toMatchObject({ kind: 'invalid-format', field });
  });

  it('says of weights that become larger than numbers are where they do', async () => {
    const text = JSON.stringify(profile([thread({ stack: [0, 0], weight: [7, 7] })]));
    for (const figure of ['1e999', '1e308']) {
      const file = new TextEncoder().encode(text.replaceAll('7,7', `${figure},${figure}`));
      await expect(readProfile(file)).rejects.toMatchObject({ kind: 'invalid-format' });
    }
  });
});

describe('a profile as it comes out of Firefox', () => {
  const schema = { location: 0, relevantForJS: 1, line: 4, category: 6 };
  const raw = (locations: string[], rest: object = {}) => ({
    name: 'GeckoMain',
    ...{ pid: 11, tid: 12 },
    samples: {
      schema: { stack: 0, time: 1, threadCPUDelta: 3 },
      data: [[locations.length - 1, 0]],
    },
    stackTable: {
      schema: { prefix: 0, frame: 1 },
      data: locations.map((_, i) => [i === 0 ? null : i - 1, i]),
    },
    frameTable: { schema, data: locations.map((_, i) => [i]) },
    stringTable: locations,
    ...rest,
  });
  const libs = [
    { name: 'libc.so', path: '/usr/lib/libc.so', start: 0x9000, end: 0x9fff, offset: 0 },
    { name: 'shop', path: '/usr/bin/shop', start: 0x5000, end: 0x6000, offset: 0x1000 },
  ];

  it('has functions, files and binaries in texts', async () => {
    const locations = [
      '(root)',
      '0x5010',
      '0x9fff',
      'read (in libc.so)',
      'read (in libc.so) + 12',
      'load (https://shop/a.js:30:7)',
      'jar.js -> resource://shop/b.js:12',
      'Startup::Main',
      '0x9010',
    ];
    const thread = raw(locations);
    thread.frameTable.data[5] = [5, false, null, null, 34] as never;
    const [{ stacks }] = await read({
      meta: { interval: 1, version: 24 },
      libs,
      threads: [thread],
    });
    expect(folded(stacks)).toEqual([
      '(root);shop+0x1010;0x9fff;read;read;load;(root scope) resource://shop/b.js;Startup::Main;libc.so+0x10 1000000',
    ]);
    expect(framesOf(stacks).filter(({ file, mapping }) => file || mapping)).toEqual([
      { name: '', file: '', mapping: '/usr/bin/shop', line: 0, kind: 'native' },
      { name: 'read', file: '', mapping: 'libc.so', line: 0, kind: 'native' },
      { name: 'load', file: 'https://shop/a.js', mapping: '', line: 34, kind: 'unknown' },
      {
        name: '(root scope) resource://shop/b.js',
        ...{ file: 'resource://shop/b.js', mapping: '', line: 12, kind: 'unknown' },
      },
      { name: '', file: '', mapping: '/usr/lib/libc.so', line: 0, kind: 'native' },
    ]);
  });

  it('has the processes that a process has started', async () => {
    const child = { meta: {}, libs: [], threads: [raw(['b'], { pid: 13 })], processes: [] };
    const cpu = raw(['a'], {
      samples: { schema: { stack: 0, threadCPUDelta: 1 }, data: [[0, 900], [0, 20], [null], []] },
    });
    const tables = await read({
      meta: { interval: 1, sampleUnits: { threadCPUDelta: 'ns' } },
      libs,
      threads: [cpu],
      processes: [{ ...child, processes: [child] }],
    });
    expect(tables.map(({ name, stacks }) => [name, ...folded(stacks)])).toEqual([
      ['Samples', 'a 2000000', 'b 2000000'],
      ['CPU time', 'a 20'],
    ]);
    expect(byLabel(tables[0].stacks, 'process.pid')).toEqual({ 11: 2e6, 13: 2e6 });
  });

  const of = (change: object) => ({ meta: {}, libs, threads: [{ ...raw(['a', 'b']), ...change }] });
  it.each<[string, unknown, string]>([
    ['no rows', of({ stackTable: { schema: {} } }), 'threads[0].stackTable.data'],
    [
      'a row that is none',
      of({ frameTable: { schema, data: [[0], 7] } }),
      'threads[0].frameTable.data[1]',
    ],
    ['a text out of range', of({ stringTable: ['a'] }), 'threads[0].frameTable.data[1]'],
    [
      'a column that says itself where it is',
      of({ frameTable: { schema: { location: { toString: 1 } }, data: [[0]] } }),
      'threads[0].frameTable.data[0]',
    ],
    ['libraries that are none', { ...of({}), libs: [7] }, 'libs[0]'],
    ['a child without threads', { ...of({}), processes: [{ libs: [] }] }, 'processes[0].threads'],
  ])('with %s is refused, naming the place', async (_, file, field) => {
    await expect(read(file)).rejects.toMatchObject({ kind: 'invalid-format', field });
  });

  it.each([
    ['one that is in a script', 1, `${' (:1'.repeat(250_000)}x`],
    ['many that are in a library', 200, `${' (in ) ('.repeat(170)}${':'.repeat(2700)}`],
  ])('does not take for ever over names that begin like %s', async (_, many, text) => {
    const locations = Array.from({ length: many }, (_, i) => `${i}${text}`);
    const [{ stacks }] = await read({ meta: {}, libs, threads: [raw(locations)] });
    const names = framesOf(stacks).map(({ name }) => name);
    expect(names.every((name, i) => name === locations[i])).toBe(true);
  });

  it('counts samples where the interval is no number', async () => {
    const [{ stacks }] = await read({ ...of({}), meta: { interval: { toString: 1 } } });
    expect(stacks).toMatchObject({ unit: 'count', weight: Float64Array.of(1) });
  });

  it('has brackets in names and files', async () => {
    const locations = [
      'operator() (in libshop.so)',
      'read (in libc.so) (sysdeps/read.c:26)',
      'sell (in) (in libshop.so) + 7',
      'of (a) (https://shop/(b).js:3)',
      '(https://shop/c.js:4:5)[12]',
      ' (in libshop.so',
      ':8',
    ];
    const [{ stacks }] = await read({ meta: {}, libs, threads: [raw(locations)] });
    expect(
      framesOf(stacks).map(({ name, file, mapping, line }) => [name, file || mapping, line]),
    ).toEqual([
      ['operator()', 'libshop.so', 0],
      ['read', 'libc.so', 0],
      ['sell (in)', 'libshop.so', 0],
      ['of (a)', 'https://shop/(b).js', 3],
      ['(root scope) (https://shop/c.js', '(https://shop/c.js', 4],
      [' (in libshop.so', '', 0],
      [':8', '', 0],
    ]);
  });
});
