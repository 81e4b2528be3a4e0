import { CallTreeError } from '../model/errors.ts';
import type { DiffTree } from '../model/diff.ts';
import type { FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import { searchStacks } from '../search/search-stacks.ts';
import { mergeOf, type CallTreeOptions } from '../tree/build-call-tree.ts';
import { diffOf } from '../tree/diff.ts';
import { diffFunctionTable } from '../tree/diff-function-table.ts';
import { functionTable } from '../tree/function-table.ts';
import type { Merge } from '../tree/merge.ts';
import { moduleStacks } from '../tree/module-tree.ts';
import { startSandwich } from '../tree/sandwich.ts';
import { validateStacks } from '../tree/validate-stacks.ts';
import { applyTransform } from '../transforms/apply.ts';
import { withLabelsOf } from '../transforms/labels.ts';
import type { Transform } from '../transforms/transform.ts';
import type { Steps } from '../sort/steps.ts';
import { nextTask } from '../rows/next-task.ts';
import { StackRowsReader } from '../rows/stack-rows-reader.ts';
import { failure, type Answer } from './answer.ts';
import { withoutFrames } from './wire.ts';
import type {
  DiffPart,
  FramesId,
  Host,
  Job,
  JobResult,
  ProgressListener,
  RequestId,
  RowsId,
  RowsPushed,
  TableId,
} from './protocol.ts';

/** Frames merged without a break: a few milliseconds, so that a picture can be drawn in between. */
const FRAMES_AT_ONCE = 200_000;

/** Computes jobs a piece at a time, so that a cancellation is heard while one is running. */
export function createHost(): Host {
  const frameTables = new Map<FramesId, FrameTable>();
  const stackTables = new Map<TableId, StackTable>();
  const diffs = new Map<TableId, DiffPart & { readonly frames: FrameTable }>();
  /** Frame indices that are coming in parts. */
  const arriving = new Map<TableId, Uint32Array>();
  const running = new Set<RequestId>();
  let tell: (id: RequestId, share: number) => void = () => undefined;
  const rows = new Map<RowsId, { reader: StackRowsReader; strings: number }>();

  function readRows(id: RowsId, step: (reader: StackRowsReader) => void): Answer<RowsPushed> {
    let state = rows.get(id);
    // The text at position 0 is empty in every table.
    if (!state) rows.set(id, (state = { reader: new StackRowsReader(), strings: 1 }));
    const { reader } = state;
    try {
      step(reader);
    } catch (error) {
      return failure(error);
    }
    const strings = reader.stringsFrom(state.strings);
    state.strings += strings.length;
    return { ok: true, value: { read: reader.read, strings } };
  }

  /** Between two pieces of work, others have their turn; one of them may be to give this up. */
  async function pause(id: RequestId): Promise<void> {
    await nextTask();
    if (!running.has(id)) throw new CallTreeError('superseded', 'No longer wanted');
  }

  async function inSteps<Result>(steps: Steps<Result>, id: RequestId): Promise<Result> {
    for (;;) {
      const step = steps.next();
      await pause(id);
      if (step.done) return step.value;
    }
  }

  async function merged(
    tables: readonly [StackTable, ...StackTable[]],
    options: CallTreeOptions,
    id: RequestId,
    onProgress?: ProgressListener,
  ): Promise<Merge> {
    return finish(await inSteps(mergeOf(tables, options), id), id, onProgress);
  }

  async function finish(
    merge: Merge,
    id: RequestId,
    onProgress?: ProgressListener,
  ): Promise<Merge> {
    while (!merge.run(FRAMES_AT_ONCE)) {
      onProgress?.(merge.progress);
      await pause(id);
    }
    await pause(id);
    return merge;
  }

  async function change(
    id: RequestId,
    stacks: StackTable,
    transforms: readonly Transform[] = [],
  ): Promise<StackTable> {
    for (const transform of transforms) {
      await pause(id);
      stacks = applyTransform(stacks, transform);
    }
    await pause(id);
    return stacks;
  }

  /** The last transformed form of each table: tree, functions and search ask for it one by one. */
  const changed = new WeakMap<StackTable, { transforms: string; stacks: StackTable }>();

  async function transformed(
    id: RequestId,
    table: TableId,
    transforms?: readonly Transform[],
  ): Promise<StackTable> {
    const stacks = loaded(stackTables, table);
    validateStacks(stacks);
    if (!transforms?.length) return stacks;
    const text = JSON.stringify(transforms);
    const last = changed.get(stacks);
    if (last?.transforms === text) return last.stacks;
    const result = await change(id, stacks, transforms);
    changed.set(stacks, { transforms: text, stacks: result });
    return result;
  }

  async function compute(
    id: RequestId,
    job: Job,
    onProgress?: ProgressListener,
  ): Promise<JobResult> {
    if (job.kind === 'functions-of-diff') {
      return diffFunctionTable(loaded(diffs, job.table) as DiffTree, job.change);
    }
    if (job.kind === 'diff' || job.kind === 'diff-functions') {
      // Transforms see both tables: they group them alike.
      const [before, after] = [job.table, job.after].map((id) => loaded(stackTables, id));
      validateStacks(before);
      validateStacks(after);
      const { transforms } = job.options;
      const sides = [
        await change(id, withLabelsOf(before, after), transforms),
        await change(id, withLabelsOf(after, before), transforms),
      ] as const;
      const merge = await merged(sides, job.options, id, onProgress);
      const tree = await inSteps(diffOf(merge, sides), id);
      return job.kind === 'diff' ? tree : diffFunctionTable(tree, job.change);
    }
    const { transforms, ...options } = job.options;
    const stacks = await transformed(id, job.table, transforms);
    switch (job.kind) {
      case 'tree':
      case 'function-table':
      case 'module-tree': {
        const merge = await merged([stacks], options, id, onProgress);
        if (job.kind === 'tree') return merge.tree();
        const functions = functionTable(merge.tree());
        if (job.kind === 'function-table') return functions;
        return (await merged([moduleStacks(functions, job.names)], options, id)).tree();
      }
      case 'sandwich': {
        const [callers, callees] = startSandwich(stacks, job.frame, options);
        await finish(callers, id, onProgress && ((share) => onProgress(share / 2)));
        await finish(callees, id, onProgress && ((share) => onProgress((1 + share) / 2)));
        return { callers: callers.tree(), callees: callees.tree() };
      }
      case 'search':
        return searchStacks(stacks, job.query);
    }
  }

  return {
    loadFrames: (id, frames) => void frameTables.set(id, frames),
    load(id, { frameIndex = loaded(arriving, id), ...stacks }, frames) {
      arriving.delete(id);
      stackTables.set(id, { ...stacks, frameIndex, frames: loaded(frameTables, frames) });
    },
    loadPart(id, part, from, length) {
      let whole = arriving.get(id);
      if (!whole) arriving.set(id, (whole = new Uint32Array(length)));
      whole.set(part, from);
    },
    loadDiff(id, part, frames) {
      const known = diffs.get(id);
      diffs.set(id, {
        ...known,
        ...part,
        before: { ...known?.before, ...part.before },
        after: { ...known?.after, ...part.after },
        frames: loaded(frameTables, frames),
      });
    },
    unload(id) {
      arriving.delete(id);
      stackTables.delete(id);
      diffs.delete(id);
    },
    unloadFrames: (id) => void frameTables.delete(id),
    cancel: (id) => void running.delete(id),
    pushRows: (id, text) => readRows(id, (reader) => reader.push(text)),
    endRows: (id) => readRows(id, (reader) => reader.end()),
    tableOfRows(id, total, table, frames) {
      const stacks = loaded(rows, id).reader.table(total);
      frameTables.set(frames, stacks.frames);
      stackTables.set(table, stacks);
      return stacks;
    },
    closeRows: (id) => void rows.delete(id),
    listen: (listener) => void (tell = listener),
    async run(id, job, tellsProgress): Promise<Answer<JobResult>> {
      running.add(id);
      try {
        const { frames } = loaded<{ frames: FrameTable }>(
          job.kind === 'functions-of-diff' ? diffs : stackTables,
          job.table,
        );
        const value = await compute(
          id,
          job,
          tellsProgress ? (share) => tell(id, share) : undefined,
        );
        return { ok: true, value: withoutFrames(value, frames) };
      } catch (error) {
        return failure(error);
      } finally {
        running.delete(id);
      }
    },
  };
}

function loaded<Table>(tables: ReadonlyMap<number, Table>, id: number): Table {
  const table = tables.get(id);
  if (!table) throw new CallTreeError('disposed', `Table ${id} is not loaded`);
  return table;
}
