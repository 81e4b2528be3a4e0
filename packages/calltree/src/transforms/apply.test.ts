import { describe, expect, it } from 'vitest';
import type { FrameInput } from '../build/frame-table-builder.ts';
import { makeStackTable, type StackInput } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import { markdownSummary } from '../formats/markdown.ts';
import { frameKey, OTHER_FRAME_KEY } from '../frames/key.ts';
import { frameLabel, OTHER_LABEL } from '../frames/label.ts';
import { FRAME_KINDS } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import type { CallTree } from '../model/tree.ts';
import { searchStacks } from '../search/search-stacks.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { Random } from '../testing/random.ts';
import { foldedLines } from '../testing/reference.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { diffFunctionTable } from '../tree/diff-function-table.ts';
import { framePath } from '../tree/frame-path.ts';
import { functionTable, type FunctionTable } from '../tree/function-table.ts';
import { stacksOfTree } from '../tree/stacks-of-tree.ts';
import { validateStacks } from '../tree/validate-stacks.ts';
import { applyTransform, applyTransforms } from './apply.ts';
import { LIBRARY_CODE } from './library-code.ts';
import type { FrameProperty, Transform } from './transform.ts';

const lines = (stacks: StackTable) =>
  foldedLines(stacks, (frame) => frameLabel(stacks.frames, frame));

const apply = (folded: string, ...transforms: Transform[]) =>
  lines(applyTransforms(stackTableFromFolded(folded), transforms));

describe('each transform', () => {
  it.each<[string, Transform, string, string[]]>([
    [
      'focuses a subtree',
      { type: 'focus-subtree', path: ['m', 'a', 'b'] },
      'm;a;b;c 1\nm;a;b 2\nm;b;c 4\nm;a 8',
      ['b 2', 'b;c 1'],
    ],
    [
      'focuses a subtree of an inverted tree',
      { type: 'focus-subtree', path: ['c', 'b'], inverted: true },
      'm;a;b;c 1\nb;c 2\nm;c 4\nm;b 8',
      ['b 2', 'm;a;b 1'],
    ],
    [
      'focuses the whole at an empty path',
      { type: 'focus-subtree', path: [] },
      'm;a 1\nm 2',
      ['m 2', 'm;a 1'],
    ],
    [
      'focuses a function from its outermost call on',
      { type: 'focus-function', frame: 'b' },
      'm;a;b;c 1\nm;b;a;b 2\nm;a 4',
      ['b;a;b 2', 'b;c 1'],
    ],
    [
      'focuses what a function does itself',
      { type: 'focus-self', frame: 'b' },
      'm;a;b 1\nb 2\nm;b;a 4\nm 8',
      ['b 3'],
    ],
    [
      'drops stacks with a function',
      { type: 'drop-function', frame: 'b' },
      'm;b;c 1\nm 2',
      ['m 2'],
    ],
    [
      'merges a function into its callers',
      { type: 'merge-function', frame: 'b' },
      'm;a;b;c 1\nm;b;b 2\nb 4',
      [' 4', 'm 2', 'm;a;c 1'],
    ],
    [
      'merges a node into its caller, and the function nowhere else',
      { type: 'merge-node', path: ['m', 'a'] },
      'm;a;b 1\nm;a;a 2\nm;b;a 4\na 8',
      ['a 8', 'm;a 2', 'm;b 1', 'm;b;a 4'],
    ],
    [
      'merges a node of an inverted tree',
      { type: 'merge-node', path: ['c', 'b'], inverted: true },
      'm;a;b;c 1\nm;b;a;c 2',
      ['m;a;c 1', 'm;b;a;c 2'],
    ],
    ['merges nothing at the root', { type: 'merge-node', path: [] }, 'm;a 1', ['m;a 1']],
    [
      'hides frames',
      { type: 'hide-frames', frames: { query: { pattern: '^[ab]', kind: 'regex' } } },
      'm;a;b;c 1\na;b 2',
      [' 2', 'm;c 1'],
    ],
    [
      'keeps only some frames',
      { type: 'keep-frames', frames: { query: ['a', 'b'] } },
      'm;a;b;c 1\nm;c 2',
      [' 2', 'a;b 1'],
    ],
    [
      'collapses what a function calls',
      { type: 'collapse-subtree', frame: 'a' },
      'm;a;b;c 1\nm;a 2\nm;b 4',
      ['m;a 3', 'm;b 4'],
    ],
    [
      'collapses direct recursion of a function',
      { type: 'collapse-direct-recursion', frame: 'b' },
      'm;b;b;b;c 1\nm;a;a;b 2\nm;b;a;b 4',
      ['m;a;a;b 2', 'm;b;a;b 4', 'm;b;c 1'],
    ],
    [
      'collapses all direct recursion',
      { type: 'collapse-direct-recursion' },
      'm;b;b;c;c;c 1\nm;b;a;b 2',
      ['m;b;a;b 2', 'm;b;c 1'],
    ],
    [
      'collapses recursion from the first to the last call',
      { type: 'collapse-recursion', frame: 'b' },
      'm;b;a;b;c 1\nm;b;c 2\nm;a 4\nb;b 8',
      ['b 8', 'm;a 4', 'm;b;c 3'],
    ],
  ])('%s', (_, transform, folded, expected) => {
    expect(apply(folded, transform)).toEqual(expected);
  });

  it('works on frame kinds', () => {
    const stacks = makeStackTable([
      {
        frames: [
          { name: 'app', kind: 'go' },
          { name: 'sys', kind: 'kernel' },
          { name: 'cb', kind: 'go' },
        ],
        weight: 1,
      },
      { frames: [{ name: 'app', kind: 'go' }], weight: 2 },
      { frames: [{ name: 'idle', kind: 'kernel' }], weight: 4 },
    ]);
    const after = (transform: Transform) => lines(applyTransform(stacks, transform));
    expect(after({ type: 'focus-kind', kind: 'go' })).toEqual(['app 2', 'app;cb 1']);
    expect(after({ type: 'drop-kind', kind: 'kernel' })).toEqual(['app 2']);
    expect(after({ type: 'hide-frames', frames: { kinds: ['kernel'] } })).toEqual([
      ' 4',
      'app 2',
      'app;cb 1',
    ]);
    expect(after({ type: 'group-by', by: 'kind' })).toEqual(['go 2', 'go;kernel;go 1', 'kernel 4']);
  });

  it('collapses a module to one frame, and groups all frames by module', () => {
    const libc = (name: string) => ({ name, mapping: '/lib/libc.so.6' });
    const stacks = makeStackTable([
      { frames: ['main', libc('read'), libc('sys'), { name: 'x', file: 'src/x.ts' }], weight: 1 },
      { frames: ['main', libc('write')], weight: 2 },
      { frames: ['main', 'main'], weight: 4 },
    ]);
    const after = (transform: Transform) => lines(applyTransform(stacks, transform));
    expect(after({ type: 'collapse-property', by: 'module', value: '/lib/libc.so.6' })).toEqual([
      'main;libc.so.6 2',
      'main;libc.so.6;x 1',
      'main;main 4',
    ]);
    expect(after({ type: 'group-by', by: 'module' })).toEqual([
      'main;libc.so.6 2',
      'main;libc.so.6;x.ts 1',
      'main;main 4',
    ]);
    const { frames } = applyTransform(stacks, { type: 'group-by', by: 'module' });
    const textsOf = (column: Uint32Array) =>
      [...new Set(Array.from(column, (text) => frames.strings[text]))].sort();
    expect(textsOf(frames.mapping)).toEqual(['', '/lib/libc.so.6']);
    expect(textsOf(frames.file)).toEqual(['', 'src/x.ts']);
    expect(after({ type: 'group-by', by: 'file' })).toEqual([
      'main;main 4',
      'main;read;sys;x.ts 1',
      'main;write 2',
    ]);
  });

  it('groups by function, whichever line or binary it stands in', () => {
    const at = (line: number, mapping: string) => ({ name: 'f', line, mapping });
    const stacks = makeStackTable([
      { frames: ['main', at(1, 'v1.so'), at(2, 'v1.so')], weight: 1 },
      { frames: ['main', at(1, 'v2.so')], weight: 2 },
    ]);
    const grouped = buildCallTree(applyTransform(stacks, { type: 'group-by', by: 'function' }));
    expect(Array.from(grouped.total)).toEqual([3, 3, 3]);
  });

  it('groups frames to one of their kind, where they have one, in whatever order they come', () => {
    const stack = (weight: number, ...frames: FrameInput[]) => ({ frames, weight });
    const native = stack(90, { name: 'main' }, { name: 'read', kind: 'native', mapping: 'libc' });
    const kernel = stack(10, { name: 'read', kind: 'kernel', mapping: 'libc' });
    const kindsOf = (by: FrameProperty, ...stacks: StackInput[]) => {
      const { frames, frameIndex } = applyTransform(makeStackTable(stacks), {
        type: 'group-by',
        by,
      });
      return FRAME_KINDS[frames.kind[frameIndex[frameIndex.length - 1]]];
    };
    for (const by of ['function', 'module'] as const) {
      expect(kindsOf(by, native)).toBe('native');
      expect(kindsOf(by, kernel, native)).toBe('unknown');
      expect(kindsOf(by, native, kernel)).toBe('unknown');
    }

    forSeeds(30, (seed) => {
      const dice = new Random(seed);
      const pick = () => ({
        name: dice.pick(['a', 'b', 'c']),
        file: dice.pick(['', 'x.ts', 'y.ts']),
        mapping: dice.pick(['', 'libc']),
        kind: dice.pick(['native', 'kernel', 'go'] as const),
      });
      const stacks = Array.from({ length: 8 }, () => stack(1 + dice.below(9), pick(), pick()));
      for (const by of ['function', 'file', 'module', 'kind'] as const) {
        const drop: Transform = { type: 'drop-kind', kind: 'kernel' };
        const after = (rows: StackInput[]) =>
          lines(applyTransforms(makeStackTable(rows), [{ type: 'group-by', by }, drop]));
        expect(after(stacks.toReversed())).toEqual(after(stacks));
      }
    });
  });

  it('tells a binary from a file of the same name, whichever comes first', () => {
    const binary = { frames: [{ name: 'a', mapping: 'shop' }], weight: 1 };
    const file = { frames: [{ name: 'b', file: 'shop' }], weight: 2 };
    const keys = (...stacks: StackInput[]) => {
      const grouped = applyTransform(makeStackTable(stacks), { type: 'group-by', by: 'module' });
      const { frames, frame } = buildCallTree(grouped);
      return Array.from(frame, (one) => frameKey(frames, one));
    };
    expect(keys(binary, file)).toHaveLength(3);
    expect(keys(binary, file)).toEqual(keys(file, binary));
  });

  it('keeps what is left out in focus with the whole', () => {
    const cut = { ...stackTableFromFolded('m 1'), otherWeight: 5, otherCount: 2 };
    for (const inverted of [false, true]) {
      const focused = applyTransform(cut, { type: 'focus-subtree', path: [], inverted });
      expect(focused).toMatchObject({ otherWeight: 5, otherCount: 2 });
    }
  });

  describe('on labels', () => {
    const on = (thread: string, frames: string[], weight: number) => ({
      frames,
      weight,
      labels: { thread },
    });
    const stacks = makeStackTable([
      on('main', ['main', 'read'], 1),
      on('io-1', ['main', 'read'], 2),
      on('', ['gc'], 4),
    ]);
    const after = (transform: Transform) => lines(applyTransform(stacks, transform));

    it('looks at one thread alone, or at all others', () => {
      const main = { label: 'thread', value: 'main' };
      expect(after({ type: 'focus-label', ...main })).toEqual(['main;read 1']);
      expect(after({ type: 'drop-label', ...main })).toEqual(['gc 4', 'main;read 2']);
      expect(after({ type: 'focus-label', label: 'thread', value: '' })).toEqual(['gc 4']);
    });

    it('puts the stacks of each thread under a frame', () => {
      expect(after({ type: 'group-by-label', label: 'thread' })).toEqual([
        '(no thread);gc 4',
        'thread: io-1;main;read 2',
        'thread: main;main;read 1',
      ]);
    });

    it('knows that no stack has a label', () => {
      expect(after({ type: 'focus-label', label: 'pid', value: '1' })).toEqual([]);
      expect(after({ type: 'drop-label', label: 'pid', value: '1' })).toHaveLength(2);
      expect(after({ type: 'group-by-label', label: 'pid' })).toEqual(['gc 4', 'main;read 3']);
    });

    it('puts what is left out of a label’s stacks under its frame', () => {
      const left = (labels: Record<string, string>, weight: number) => ({
        ...{ labels, weight, count: 1 },
      });
      const cut = {
        ...stacks,
        ...{ otherWeight: 100, otherCount: 3 },
        samplingRate: 0.5,
        otherByLabels: [
          left({ thread: 'main', pid: '1' }, 30),
          left({ thread: '' }, 55),
          // None of its stacks is there.
          left({ thread: 'io-2' }, 5),
        ],
      };
      const grouped = applyTransform(cut, { type: 'group-by-label', label: 'thread' });
      expect(lines(grouped)).toEqual([
        '(no thread);(other) 55',
        '(no thread);gc 4',
        'thread: io-1;main;read 2',
        'thread: io-2;(other) 5',
        'thread: main;(other) 30',
        'thread: main;main;read 1',
      ]);
      expect(grouped).toMatchObject({ otherWeight: 10, otherCount: 0, samplingRate: 0.5 });
      expect(grouped.labels?.[0].value).toEqual(Uint32Array.of(1, 2, 0, 1, 0, 3));
      expect(buildCallTree(grouped).total[0]).toBe(buildCallTree(cut).total[0]);
    });

    it('takes what is left out of a label’s stacks for no function', () => {
      const part = { labels: { thread: 'main' }, weight: 95, count: 1 };
      const cut = { ...stacks, otherWeight: 100, otherCount: 2, otherByLabels: [part] };
      const byThread: Transform[] = [{ type: 'group-by-label', label: 'thread' }];
      const rowsOf = ({ frames, frame }: Pick<FunctionTable, 'frames' | 'frame'>) =>
        Array.from(frame, (one) => frameLabel(frames, one));
      expect(rowsOf(functionTable(cut, { transforms: byThread }))).not.toContain(OTHER_LABEL);
      const diff = diffCallTrees(cut, stacks, { transforms: byThread });
      expect(rowsOf(diffFunctionTable(diff))).not.toContain(OTHER_LABEL);
      expect(markdownSummary(applyTransforms(cut, byThread))).toContain('stacks: 93.5 %');

      const grouped = applyTransforms(cut, byThread);
      expect(searchStacks(grouped, 'other')).toMatchObject({ matchedTotal: 0, share: 0 });
      const hidden: Transform = { type: 'hide-frames', frames: { query: 'other' } };
      const paths = (tree: CallTree) =>
        Array.from(tree.frame.keys(), (node) => framePath(tree, node)).filter((path) =>
          path.includes(OTHER_FRAME_KEY),
        );
      for (const transform of [hidden, { type: 'group-by', by: 'kind' } as const]) {
        const tree = buildCallTree(applyTransform(grouped, transform));
        expect(paths(tree).map((path) => path.length)).toEqual([2, 1]);
      }
      // Upside down and back, with the labels that are known of it.
      const inverted = buildCallTree(grouped, { invert: true });
      expect(paths(inverted)).toEqual([[OTHER_FRAME_KEY], [OTHER_FRAME_KEY, 'thread: main']]);
      expect(stacksOfTree(inverted)).toMatchObject({ otherWeight: 100, otherCount: 2 });
      expect(() => validateStacks(stacksOfTree(inverted))).not.toThrow();
      const back = diffCallTrees(cut, cut, { transforms: byThread, invert: true });
      expect(
        Array.from(back.before.total, (total, node) => total + back.after.total[node]),
      ).toEqual(Array.from(back.total));
      expect(back.before.total[0]).toBe(107);
    });

    it('focuses and drops what is left out with the stacks that it is left out of', () => {
      const left = (labels: Record<string, string>, weight: number, count: number) => ({
        ...{ labels, weight, count },
      });
      const cut: StackTable = {
        ...stacks,
        ...{ otherWeight: 100, otherCount: 9 },
        otherByLabels: [
          left({ thread: 'main', pid: '1' }, 30, 2),
          left({ thread: 'main', pid: '2' }, 5, 1),
          left({ thread: 'io-1' }, 20, 1),
          left({}, 40, 3),
        ],
      };
      const byThread: Transform = { type: 'group-by-label', label: 'thread' };
      const label = 'thread';
      const main: Transform = { type: 'focus-label', label, value: 'main' };
      const focused = applyTransform(cut, main);
      expect(focused).toMatchObject({ otherWeight: 35, otherCount: 3 });
      expect(lines(applyTransform(focused, byThread))).toEqual([
        'thread: main;(other) 35',
        'thread: main;main;read 1',
      ]);
      const without = applyTransform(cut, { type: 'focus-label', label, value: '' });
      expect(without).toMatchObject({ otherWeight: 40, otherCount: 3 });
      // Every object has a property of this name, but no stack has the label.
      const unknown: Transform = { type: 'focus-label', label: 'constructor', value: '' };
      expect(applyTransform(cut, unknown)).toMatchObject({ otherWeight: 95, otherCount: 7 });
      const dropped = applyTransform(cut, { type: 'drop-label', label, value: 'main' });
      // 5 of it has labels that nobody knows: that stays.
      expect(dropped).toMatchObject({ otherWeight: 65, otherCount: 6 });
      expect(lines(applyTransform(dropped, byThread))).toEqual([
        '(no thread);(other) 40',
        '(no thread);gc 4',
        'thread: io-1;(other) 20',
        'thread: io-1;main;read 2',
      ]);
      // In either order.
      const grouped = applyTransforms(cut, [
        byThread,
        { type: 'drop-label', label, value: 'main' },
      ]);
      expect(lines(grouped)).toEqual(lines(applyTransform(dropped, byThread)));
      expect(grouped.otherWeight).toBe(5);
    });

    it('leaves out of focus what nobody knows the labels of', () => {
      const cut = { ...stacks, otherWeight: 100, otherCount: 3 };
      const label = { label: 'thread', value: 'main' };
      expect(applyTransform(cut, { type: 'focus-label', ...label })).toMatchObject({
        otherWeight: 0,
        otherCount: 0,
      });
      expect(applyTransform(cut, { type: 'drop-label', ...label })).toMatchObject({
        otherWeight: 100,
        otherCount: 3,
      });
    });

    it('keeps them through other transforms, so that they compose', () => {
      const chain: Transform[] = [
        { type: 'drop-function', frame: 'gc' },
        { type: 'merge-function', frame: 'main' },
        { type: 'group-by-label', label: 'thread' },
      ];
      expect(lines(applyTransforms(stacks, chain))).toEqual([
        'thread: io-1;read 2',
        'thread: main;read 1',
      ]);
    });

    it('adds up to the whole, value by value', () => {
      forSeeds(40, (seed) => {
        const table = randomStacks(seed, { labels: true });
        const weightOf = (value: string) =>
          buildCallTree(applyTransform(table, { type: 'focus-label', label: 'thread', value }))
            .total[0];
        const grouped = buildCallTree(
          applyTransform(table, { type: 'group-by-label', label: 'thread' }),
        );
        const values = table.labels!.find(({ key }) => key === 'thread')!.values;
        const weights = values.map(weightOf);
        expect(weights.reduce((sum, one) => sum + one, 0)).toBe(buildCallTree(table).total[0]);
        for (let child = 1; child < grouped.length; child = grouped.end[child]) {
          const label = frameLabel(grouped.frames, grouped.frame[child]);
          const value = label.startsWith('thread: ') ? label.slice('thread: '.length) : '';
          expect(grouped.total[child]).toBe(weights[values.indexOf(value)]);
        }
      });
    });
  });

  it('leaves my own code where library code is hidden', () => {
    const frames = [
      { name: 'server', file: '/srv/shop/src/server.ts', kind: 'v8js' as const },
      { name: 'handle', file: '/srv/shop/node_modules/express/router.js', kind: 'v8js' as const },
      { name: 'emit', file: 'node:events', kind: 'v8js' as const },
      { name: 'search', file: '/srv/shop/src/search.ts', kind: 'v8js' as const },
      { name: 'dumps', file: '/usr/lib/python3/json/__init__.py', kind: 'cpython' as const },
      { name: 'Get', file: '/root/go/pkg/mod/github.com/x/y.go', kind: 'go' as const },
      { name: 'vfs_read', kind: 'kernel' as const },
    ];
    const after = applyTransform(makeStackTable([{ frames, weight: 1 }]), {
      type: 'hide-frames',
      frames: LIBRARY_CODE,
    });
    expect(lines(after)).toEqual(['server;search 1']);
  });
});

describe('transforms', () => {
  const random = (seed: number, stacks: StackTable): Transform[] => {
    const dice = new Random(seed);
    const frame = frameKey(stacks.frames, dice.below(stacks.frames.length));
    const tree = buildCallTree({ ...stacks, otherWeight: 0, otherCount: 0 });
    const path = framePath(tree, dice.below(tree.length));
    return [
      { type: 'focus-subtree', path },
      { type: 'focus-function', frame },
      { type: 'focus-self', frame },
      { type: 'focus-kind', kind: 'v8js' },
      { type: 'drop-function', frame },
      { type: 'drop-kind', kind: 'unknown' },
      { type: 'merge-function', frame },
      { type: 'merge-node', path },
      { type: 'hide-frames', frames: { query: 'f1' } },
      { type: 'keep-frames', frames: { kinds: ['v8js'] } },
      { type: 'collapse-subtree', frame },
      { type: 'collapse-direct-recursion' },
      { type: 'collapse-recursion', frame },
      { type: 'collapse-property', by: 'file', value: 'other.ts' },
      { type: 'group-by', by: 'module' },
      { type: 'group-by', by: 'function' },
      { type: 'focus-label', label: 'thread', value: 'worker-1' },
      { type: 'drop-label', label: 'thread', value: 'worker-1' },
      { type: 'group-by-label', label: 'thread' },
    ];
  };

  it('keep the weight of every stack that does not go', () => {
    forSeeds(60, (seed) => {
      const stacks = randomStacks(seed, { other: true, labels: seed % 2 === 0 });
      const total = buildCallTree(stacks).total[0];
      for (const transform of random(seed, stacks)) {
        const after = applyTransform(stacks, transform);
        validateStacks(after);
        const left = buildCallTree(after).total[0];
        if (/^(focus|drop)-/.test(transform.type)) expect(left).toBeLessThanOrEqual(total);
        else expect(left).toBe(total);
      }
    });
  });

  it('focus on what the tree says a node or a function weighs', () => {
    forSeeds(60, (seed) => {
      const stacks = randomStacks(seed);
      const tree = buildCallTree(stacks);
      for (let node = 0; node < tree.length; node += 7) {
        const focused = applyTransform(stacks, {
          type: 'focus-subtree',
          path: framePath(tree, node),
        });
        expect(buildCallTree(focused).total[0]).toBe(tree.total[node]);
      }
      const inverted = buildCallTree(stacks, { invert: true });
      for (let node = 0; node < inverted.length; node += 7) {
        const focused = applyTransform(stacks, {
          type: 'focus-subtree',
          path: framePath(inverted, node),
          inverted: true,
        });
        expect(buildCallTree(focused).total[0]).toBe(inverted.total[node]);
      }
    });
  });

  it('never change the table they are applied to, so that any chain can be undone', () => {
    forSeeds(60, (seed) => {
      const stacks = randomStacks(seed, { other: true, labels: true });
      const dice = new Random(seed);
      const chain = Array.from({ length: 4 }, () => dice.pick(random(seed, stacks)));
      const steps = chain.map((_, done) => applyTransforms(stacks, chain.slice(0, done)));
      applyTransforms(stacks, chain);
      expect(steps[0]).toBe(stacks);
      expect(stacks).toEqual(randomStacks(seed, { other: true, labels: true }));
      steps.forEach((step, done) => {
        if (done > 0) expect(applyTransform(steps[done - 1], chain[done - 1])).toEqual(step);
      });
    });
  });

  it('work the same after a trip through JSON', () => {
    const stacks = randomStacks(3, { labels: true });
    for (const transform of random(3, stacks)) {
      const copy = JSON.parse(JSON.stringify(transform)) as Transform;
      expect(applyTransform(stacks, copy)).toEqual(applyTransform(stacks, transform));
    }
  });

  it('tell lines apart where the key does', () => {
    const at = (line: number) => ({ name: 'f', line });
    const stacks = makeStackTable([
      { frames: [at(1), 'x'], weight: 1 },
      { frames: [at(2), 'x'], weight: 2 },
    ]);
    const total = (transform: Transform) =>
      buildCallTree(applyTransform(stacks, transform)).total[0];
    const line = frameKey(stacks.frames, 0, 'line');
    expect(total({ type: 'focus-function', frame: 'f' })).toBe(3);
    expect(total({ type: 'focus-function', frame: line, granularity: 'line' })).toBe(1);
    expect(total({ type: 'focus-subtree', path: ['f', 'x'] })).toBe(3);
    expect(total({ type: 'focus-subtree', path: [line, 'x'], granularity: 'line' })).toBe(1);
  });

  it('leave nothing of a function that is not there', () => {
    const stacks = stackTableFromFolded('m;a 1');
    expect(lines(applyTransform(stacks, { type: 'focus-function', frame: 'gone' }))).toEqual([]);
    expect(lines(applyTransform(stacks, { type: 'focus-subtree', path: ['m', 'gone'] }))).toEqual(
      [],
    );
    expect(lines(applyTransform(stacks, { type: 'merge-function', frame: 'gone' }))).toEqual([
      'm;a 1',
    ]);
  });

  it('take stacks 10 000 frames deep', () => {
    const deep = makeStackTable([
      { frames: Array.from({ length: 10_000 }, (_, i) => `f${i % 10}`), weight: 1 },
    ]);
    const collapsed = applyTransform(deep, { type: 'collapse-recursion', frame: 'f0' });
    expect(collapsed.frameIndex).toHaveLength(10);
  });
});
