import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { stackTableFromFolded } from '../formats/folded.ts';
import type { StackTable } from '../model/stacks.ts';
import { searchStacks } from '../search/search-stacks.ts';
import { randomStacks } from '../testing/random-stacks.ts';
import { inParts, rowsText, totalOf } from '../testing/rows-text.ts';
import { ThreadWorker } from '../testing/thread-worker.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { diffCallTrees } from '../tree/diff.ts';
import { diffFunctionTable } from '../tree/diff-function-table.ts';
import { moduleTree } from '../tree/module-tree.ts';
import { sandwich } from '../tree/sandwich.ts';
import { applyTransforms } from '../transforms/apply.ts';
import type { Transform } from '../transforms/transform.ts';
import { functionTable } from '../tree/function-table.ts';
import { createEngine, sharedEngine, type Engine } from './engine.ts';

/** Large enough to be merged in several pieces. */
const large = () => randomStacks(7, { stacks: 45_000, functions: 400, maxDepth: 60 });
const small = () => stackTableFromFolded('main;handle;hash 30\nmain;handle 10\ngc 10');

const ofKind = (kind: string) => expect.objectContaining({ name: 'CallTreeError', kind });

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let engine: Engine;

afterEach(() => {
  engine.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe.each(['worker', 'in-place'] as const)('an engine (%s)', (where) => {
  beforeEach(() => {
    if (where === 'worker') vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine();
  });

  it('gives the same answers as the plain functions', async () => {
    const stacks = randomStacks(1, { other: true });
    const after = randomStacks(2);
    expect(await engine.tree(stacks, { invert: true })).toEqual(
      buildCallTree(stacks, { invert: true }),
    );
    expect(await engine.diff(stacks, after)).toEqual(diffCallTrees(stacks, after));
    expect(await engine.functionTable(stacks)).toEqual(functionTable(stacks));
    expect(await engine.diffFunctions(stacks, after, { form: 'relative', of: 'total' })).toEqual(
      diffFunctionTable(diffCallTrees(stacks, after), { form: 'relative', of: 'total' }),
    );
    const estimated = { ...after, samplingRate: 0.04 };
    const unsure = await engine.diffFunctions(stacks, estimated);
    expect(unsure).toEqual(diffFunctionTable(diffCallTrees(stacks, estimated)));
    expect(unsure.confidence).not.toEqual((await engine.diffFunctions(stacks, after)).confidence);
    expect(await engine.functionsOfDiff(diffCallTrees(stacks, estimated))).toEqual(unsure);
    for (const invert of [false, true]) {
      const diff = diffCallTrees(stacks, after, { invert });
      expect(await engine.functionsOfDiff(diff, { form: 'absolute' })).toEqual(
        diffFunctionTable(diff, { form: 'absolute' }),
      );
    }
    const kindNames = { unknown: 'Whatever' };
    expect(await engine.moduleTree(stacks, { kindNames })).toEqual(
      moduleTree(functionTable(stacks), { kindNames }),
    );
    expect(await engine.search(stacks, 'f3')).toEqual(searchStacks(stacks, 'f3'));
    expect(await engine.sandwich(stacks, 'f3')).toEqual(sandwich(stacks, 'f3'));
    expect(engine.where).toBe(where);
  });

  it('applies transforms, also such as make frames of their own', async () => {
    const stacks = randomStacks(1, { other: true, labels: true });
    const transforms: Transform[] = [
      { type: 'drop-function', frame: 'f3' },
      { type: 'group-by', by: 'file' },
      { type: 'group-by-label', label: 'thread' },
    ];
    const options = { transforms };
    // Twice: the second time, the changed table is there already.
    for (let round = 0; round < 2; round++) {
      expect(await engine.tree(stacks, options)).toEqual(buildCallTree(stacks, options));
      expect(await engine.functionTable(stacks, options)).toEqual(functionTable(stacks, options));
    }
    expect(await engine.diff(stacks, randomStacks(2), options)).toEqual(
      diffCallTrees(stacks, randomStacks(2), options),
    );
    expect(await engine.diffFunctions(randomStacks(2), stacks, options)).toEqual(
      diffFunctionTable(diffCallTrees(randomStacks(2), stacks, options)),
    );
    expect(await engine.search(stacks, 'main.ts', options)).toEqual(
      searchStacks(applyTransforms(stacks, transforms), 'main.ts'),
    );
    expect((await engine.tree(stacks)).total[0]).toBe(buildCallTree(stacks).total[0]);
  });

  it('answers over the very frames that it was given', async () => {
    const stacks = small();
    expect((await engine.tree(stacks)).frames).toBe(stacks.frames);
    const { callers, callees } = await engine.sandwich(stacks, 'hash');
    expect(callers.frames).toBe(stacks.frames);
    expect(callees.frames).toBe(stacks.frames);
    const sameFrames: StackTable = { ...stacks, weight: stacks.weight.map((weight) => weight * 2) };
    const diff = await engine.diff(stacks, sameFrames);
    expect(diff.frames).toBe(stacks.frames);
    expect(diff.after.total[0]).toBe(2 * diff.before.total[0]);
  });

  it('is started before it is asked', async () => {
    engine.start();
    expect((await engine.tree(small())).total[0]).toBe(50);
    expect(engine.where).toBe(where);
  });

  it('takes a large table in parts', async () => {
    const stacks = large();
    expect(stacks.frameIndex.length).toBeGreaterThan(1 << 20);
    const tree = await engine.tree(stacks);
    const expected = buildCallTree(stacks);
    // Millions of numbers: said to be equal, not shown where they differ.
    expect(tree.frame.every((frame, node) => frame === expected.frame[node])).toBe(true);
    expect(tree.total.every((total, node) => total === expected.total[node])).toBe(true);
    expect(tree.length).toBe(expected.length);
  });

  it('takes a large diff one column at a time', async () => {
    const diff = diffCallTrees(large(), large());
    expect(diff.length).toBeGreaterThan(1 << 16);
    const { frame, delta } = await engine.functionsOfDiff(diff);
    const expected = diffFunctionTable(diff);
    expect(frame).toEqual(expected.frame);
    expect(delta).toEqual(expected.delta);
  });

  it('leaves what it was given as it was', async () => {
    const stacks = small();
    await engine.tree(stacks);
    expect(stacks).toEqual(small());
    const diff = diffCallTrees(small(), small());
    await engine.functionsOfDiff(diff);
    expect(diff).toEqual(diffCallTrees(small(), small()));
  });

  it('ends a request when a newer one takes its lane, and no other', async () => {
    const stacks = large();
    const old = engine.tree(stacks, {}, { lane: 'a' });
    const elsewhere = engine.functionTable(stacks, {}, { lane: 'b' });
    const free = engine.search(stacks, 'f1');
    const young = engine.tree(stacks, { invert: true }, { lane: 'a' });
    await expect(old).rejects.toEqual(ofKind('superseded'));
    expect((await young).inverted).toBe(true);
    expect((await elsewhere).length).toBeGreaterThan(0);
    expect((await free).share).toBeGreaterThan(0);
  });

  it('ends a request when its signal fires, before it starts or while it runs', async () => {
    const stacks = large();
    const controller = new AbortController();
    const onProgress = vi.fn(() => controller.abort(new Error('closed')));
    await expect(
      engine.tree(stacks, {}, { signal: controller.signal, onProgress }),
    ).rejects.toMatchObject({ kind: 'aborted', cause: new Error('closed') });
    expect(onProgress).toHaveBeenCalled();
    await expect(engine.tree(stacks, {}, { signal: controller.signal })).rejects.toEqual(
      ofKind('aborted'),
    );
    expect((await engine.tree(small())).total[0]).toBe(50);
  });

  it('tells how far it has come', async () => {
    const seen: number[] = [];
    await engine.tree(large(), {}, { onProgress: (share) => seen.push(share) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.every((share) => share > 0 && share < 1)).toBe(true);
  });

  it('rejects with the kind and field of what is wrong', async () => {
    const bad = { ...makeStackTable([{ frames: ['a'], weight: 1 }]), weight: Float64Array.of(NaN) };
    await expect(engine.tree(bad)).rejects.toMatchObject({
      kind: 'invalid-stacks',
      field: 'weight[0]',
    });
    await expect(engine.search(small(), { pattern: '(', kind: 'regex' })).rejects.toMatchObject({
      kind: 'invalid-pattern',
      field: 'pattern',
    });
    const huge = { pattern: '(?=a)'.repeat(100_000), kind: 'regex' } as const;
    await expect(engine.search(small(), huge)).rejects.toEqual(ofKind('invalid-pattern'));
    expect(engine.where).toBe(where);
  });

  it('loads a table again after it was released', async () => {
    const stacks = small();
    await engine.tree(stacks);
    engine.release(stacks);
    expect((await engine.tree(stacks)).total[0]).toBe(50);
  });

  it('answers what was asked of a table before it was released', async () => {
    const posted = vi.spyOn(ThreadWorker.prototype, 'postMessage');
    const unloads = () =>
      posted.mock.calls.filter(([message]) =>
        String((message as { path?: string[] }).path).startsWith('unload'),
      ).length;
    const stacks = small();
    for (let round = 0; round < 2; round++) {
      const first = engine.tree(stacks);
      const second = engine.diff(small(), stacks);
      engine.release(stacks);
      expect((await first).total[0]).toBe(50);
      expect((await second).total[0]).toBe(100);
      // The second time, the table is there when the request comes.
      await engine.tree(stacks);
    }
    if (where === 'worker') await expect.poll(unloads).toBe(2);
    const running = engine.tree(stacks);
    engine.release(stacks);
    engine.release(stacks);
    expect((await running).frames).toBe(stacks.frames);
    if (where === 'worker') await expect.poll(unloads).toBe(3);
  });

  it('forgets tables and frames that nobody holds any more', async () => {
    const held = new Map<string, WeakRef<object>>();
    const watch = (name: string, table: object) => {
      held.set(name, new WeakRef(table));
      for (const [column, part] of Object.entries(table) as [string, unknown][]) {
        if (ArrayBuffer.isView(part)) held.set(`${name}.${column}`, new WeakRef(part));
      }
    };
    const ask = async () => {
      const stacks = randomStacks(1);
      watch('stacks', stacks);
      watch('frames', stacks.frames);
      await engine.tree(stacks);
      await engine.diff(stacks, stacks);
      const diff = diffCallTrees(stacks, stacks);
      watch('diff', diff);
      watch('diff.before', diff.before);
      await engine.functionsOfDiff(diff);
      const { stacks: read } = await engine.readStacks(inParts([rowsText(small())]), totalOf(3));
      watch('read stacks', read);
      watch('frames of read stacks', read.frames);
      await engine.tree(read);
    };
    await ask();
    const stillHeld = () => [...held.keys()].filter((name) => held.get(name)?.deref());
    for (let round = 0; round < 100 && stillHeld().length > 0; round++) {
      // What has just been looked at is kept until the end of the task.
      await new Promise((resolve) => setTimeout(resolve, 5));
      collectGarbage();
    }
    expect(stillHeld()).toEqual([]);
    expect((await engine.tree(small())).total[0]).toBe(50);
  });

  it('reads rows, and makes trees of them without loading them again', async () => {
    const stacks = randomStacks(4, { stacks: 3_000, other: true });
    const text = rowsText(stacks);
    const posted = vi.spyOn(ThreadWorker.prototype, 'postMessage');
    const parts = [text.slice(0, 1_000), text.slice(1_000)];
    const { stacks: read } = await engine.readStacks(inParts(parts), totalOf(stacks.weight.length));
    expect(engine.where).toBe(where);
    expect(read).toEqual(stacks);
    const tree = await engine.tree(read);
    expect(tree).toEqual(buildCallTree(stacks));
    expect(tree.frames).toBe(read.frames);
    const asked = posted.mock.calls.map(([message]) =>
      String((message as { path?: string[] }).path),
    );
    expect(asked.includes('run')).toBe(where === 'worker');
    expect(asked.filter((path) => path.startsWith('load'))).toEqual([]);
    engine.release(read);
    expect(await engine.tree(read, { invert: true })).toEqual(
      buildCallTree(stacks, { invert: true }),
    );
  });

  it('makes trees of rows that are not all there, with the total of all', async () => {
    const stacks = randomStacks(4, { stacks: 3_000 });
    const text = rowsText(stacks);
    const half = text.length >> 1;
    const partial = vi.fn();
    const { stacks: read } = await engine.readStacks(
      inParts([text.slice(0, half), text.slice(half)], 400),
      totalOf(stacks.weight.length),
      { onPartial: partial },
    );
    expect(partial).toHaveBeenCalled();
    const early: StackTable = partial.mock.calls[0][0].stacks;
    expect(early.weight.length).toBeLessThan(read.weight.length);
    expect(await engine.tree(early)).toEqual(buildCallTree(early));
    expect((await engine.tree(early)).total[0]).toBe((await engine.tree(read)).total[0]);
  });

  it('says which row is wrong, with the words behind the rows', async () => {
    const text = `${rowsText(small())}Code: 241. DB::Exception: too much`;
    await expect(engine.readStacks(inParts([text]), totalOf(3))).rejects.toMatchObject({
      name: 'CallTreeError',
      kind: 'invalid-rows',
      message: expect.stringContaining('Code: 241. DB::Exception: too much'),
    });
    await expect(engine.readStacks(inParts([rowsText(small())]), totalOf(4))).rejects.toEqual(
      ofKind('invalid-rows'),
    );
    expect((await engine.tree(small())).total[0]).toBe(50);
  });

  it('stops reading when its signal fires, or when it is disposed of', async () => {
    const ended = vi.fn();
    async function* endless() {
      try {
        yield rowsText(small());
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield '\n';
        }
      } finally {
        ended();
      }
    }
    const controller = new AbortController();
    const { signal } = controller;
    await expect(
      engine.readStacks(endless(), totalOf(9), { signal, onProgress: () => controller.abort() }),
    ).rejects.toEqual(ofKind('aborted'));
    await expect.poll(() => ended.mock.calls).toHaveLength(1);
    await expect(
      engine.readStacks(endless(), totalOf(9), { onProgress: () => engine.dispose() }),
    ).rejects.toEqual(ofKind('disposed'));
    await expect.poll(() => ended.mock.calls).toHaveLength(2);
    await expect(engine.readStacks(endless(), totalOf(9))).rejects.toEqual(ofKind('disposed'));
    expect(ThreadWorker.running.size).toBe(0);
  });

  it('ends everything when it is disposed of', async () => {
    const running = engine.tree(large());
    engine.dispose();
    await expect(running).rejects.toEqual(ofKind('disposed'));
    await expect(engine.tree(small())).rejects.toEqual(ofKind('disposed'));
    expect(ThreadWorker.running.size).toBe(0);
  });
});

describe('an engine whose worker fails', () => {
  it('goes on in place when the worker dies over a request', async () => {
    vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine();
    const stacks = large();
    const kill = vi.fn(() => ThreadWorker.running.forEach((worker) => worker.die()));
    const tree = await engine.tree(stacks, {}, { onProgress: kill });
    expect(kill).toHaveBeenCalled();
    expect(engine.where).toBe('in-place');
    expect(tree).toEqual(buildCallTree(stacks));
  });

  it('fails a request alone that the worker outlives, and goes on in the worker', async () => {
    vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine();
    const stacks = large();
    let failing: Promise<unknown> | undefined;
    const working = engine.tree(
      stacks,
      {},
      {
        onProgress: () => {
          // No function can be sent to a worker.
          failing ??= engine.tree(small(), { invert: (() => true) as never });
          failing.catch(() => undefined);
        },
      },
    );
    expect((await working).length).toBe(buildCallTree(stacks).length);
    await expect(failing).rejects.toMatchObject({ name: 'DataCloneError' });
    const unknown = { transforms: [{ type: 'unheard-of' } as never] };
    await expect(engine.tree(small(), unknown)).rejects.toMatchObject({ name: 'TypeError' });
    expect((await engine.tree(small())).total[0]).toBe(50);
    expect(engine.where).toBe('worker');
  });

  it('goes on in a new worker when one does not hear that its work has ended', async () => {
    vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine();
    const stacks = makeStackTable([{ frames: [`${'a'.repeat(40)}!`], weight: 1 }]);
    expect((await engine.search(stacks, 'a')).share).toBe(1);
    const [stuck] = ThreadWorker.running;
    const posted = vi.spyOn(stuck, 'postMessage');
    const controller = new AbortController();
    const endless = engine.search(
      stacks,
      { pattern: '^(a+)+$', kind: 'regex' },
      {},
      { signal: controller.signal },
    );
    const behind = engine.tree(small());
    await expect
      .poll(() => posted.mock.calls)
      .toContainEqual([expect.objectContaining({ path: ['run'] }), []]);
    controller.abort();
    await expect(endless).rejects.toEqual(ofKind('aborted'));
    expect((await behind).total[0]).toBe(50);
    expect(engine.where).toBe('worker');
    expect(ThreadWorker.running.has(stuck)).toBe(false);
    expect((await engine.search(stacks, 'a')).share).toBe(1);
  });

  it('gives up what never ends, and what waits behind it, and goes on in a new worker', async () => {
    vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine();
    const stacks = makeStackTable([{ frames: [`${'a'.repeat(40)}!`], weight: 1 }]);
    await engine.tree(stacks);
    const [stuck] = ThreadWorker.running;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const posted = vi.spyOn(stuck, 'postMessage');
    const hide = { query: { pattern: '^(a+)+$', kind: 'regex' } } as const;
    const both = Promise.allSettled([
      engine.tree(stacks, { transforms: [{ type: 'hide-frames', frames: hide }] }),
      engine.tree(stacks),
    ]);
    const runs = () =>
      posted.mock.calls.filter(([message]) => (message as { path?: string[] }).path?.[0] === 'run');
    await expect.poll(runs).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(await both).toEqual([
      { status: 'rejected', reason: ofKind('timed-out') },
      { status: 'rejected', reason: ofKind('timed-out') },
    ]);
    expect(ThreadWorker.running.has(stuck)).toBe(false);
    expect((await engine.tree(stacks)).total[0]).toBe(1);
    expect(engine.where).toBe('worker');
  });

  it('starts the worker that a host brings', async () => {
    const startWorker = vi.fn(
      () => new ThreadWorker(new URL('./worker.js', import.meta.url)) as never,
    );
    engine = createEngine({ worker: startWorker });
    expect((await engine.tree(small())).total[0]).toBe(50);
    expect([engine.where, startWorker.mock.calls.length]).toEqual(['worker', 1]);
  });

  it('tries again when the code to compute in place could not be fetched', async () => {
    vi.doMock('./host.ts', () => {
      throw new Error('offline');
    });
    engine = createEngine();
    engine.start();
    await expect(engine.tree(small())).rejects.toThrow();
    vi.doUnmock('./host.ts');
    expect((await engine.tree(small())).total[0]).toBe(50);
  });

  it('reads rows again in place when the worker dies over them', async () => {
    vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine();
    const stacks = randomStacks(4, { stacks: 3_000 });
    const text = rowsText(stacks);
    const half = text.length >> 1;
    const kill = vi.fn(() => ThreadWorker.running.forEach((worker) => worker.die()));
    const { stacks: read } = await engine.readStacks(
      inParts([text.slice(0, half), text.slice(half)], 10),
      totalOf(stacks.weight.length),
      { onProgress: kill },
    );
    expect(kill).toHaveBeenCalled();
    expect(engine.where).toBe('in-place');
    expect(read).toEqual(stacks);
    expect(await engine.tree(read)).toEqual(buildCallTree(stacks));
  });

  it('computes in place when the worker may not start', async () => {
    class Forbidden extends EventTarget {
      constructor() {
        super();
        queueMicrotask(() => this.dispatchEvent(new Event('error')));
      }
      postMessage() {}
      terminate() {}
    }
    vi.stubGlobal('Worker', Forbidden);
    engine = createEngine();
    expect((await engine.tree(small())).total[0]).toBe(50);
    expect(engine.where).toBe('in-place');
  });

  it('computes in place when the constructor throws', async () => {
    vi.stubGlobal('Worker', function refuse() {
      throw new DOMException('Refused', 'SecurityError');
    });
    engine = createEngine();
    expect((await engine.tree(small())).total[0]).toBe(50);
  });

  it('computes in place when asked to', async () => {
    vi.stubGlobal('Worker', ThreadWorker);
    engine = createEngine({ worker: false });
    await engine.tree(small());
    expect(engine.where).toBe('in-place');
  });

  it('computes where there is no MessageChannel either', async () => {
    vi.stubGlobal('MessageChannel', undefined);
    engine = createEngine();
    expect((await engine.tree(large())).length).toBeGreaterThan(1000);
  });
});

describe('sharedEngine', () => {
  it('is one and the same for everybody', () => {
    engine = createEngine();
    expect(sharedEngine()).toBe(sharedEngine());
  });
});
