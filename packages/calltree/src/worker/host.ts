import { CallTreeError, isCallTreeError } from '../model/errors.ts';
import type { FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import { searchStacks } from '../search/search-stacks.ts';
import { startCallTree } from '../tree/build-call-tree.ts';
import { finishDiff, startDiff } from '../tree/diff.ts';
import { functionTable } from '../tree/function-table.ts';
import type { Merge } from '../tree/merge.ts';
import { nextTask } from './next-task.ts';
import type {
  Answer,
  FramesId,
  Host,
  Job,
  JobResult,
  ProgressListener,
  RequestId,
  TableId,
} from './protocol.ts';

/** Frames merged without a break: a few milliseconds, so that a picture can be drawn in between. */
const FRAMES_AT_ONCE = 200_000;

/** Computes jobs a piece at a time, so that a cancellation is heard while one is running. */
export function createHost(): Host {
  const frameTables = new Map<FramesId, FrameTable>();
  const stackTables = new Map<TableId, StackTable>();
  const running = new Set<RequestId>();

  async function finish(merge: Merge, id: RequestId, onProgress?: ProgressListener): Promise<void> {
    while (!merge.run(FRAMES_AT_ONCE)) {
      onProgress?.(merge.progress);
      await nextTask();
      if (!running.has(id)) throw new CallTreeError('superseded', 'No longer wanted');
    }
  }

  async function compute(
    id: RequestId,
    job: Job,
    onProgress?: ProgressListener,
  ): Promise<JobResult> {
    const stacks = loaded(stackTables, job.table);
    if (job.kind === 'search') return searchStacks(stacks, job.query);
    if (job.kind === 'diff') {
      const after = loaded(stackTables, job.after);
      const merge = startDiff(stacks, after, job.options);
      await finish(merge, id, onProgress);
      return finishDiff(merge, stacks, after);
    }
    const merge = startCallTree(stacks, job.options);
    await finish(merge, id, onProgress);
    return job.kind === 'tree' ? merge.tree() : functionTable(merge.tree());
  }

  return {
    loadFrames: (id, frames) => void frameTables.set(id, frames),
    load: (id, stacks, frames) =>
      void stackTables.set(id, { ...stacks, frames: loaded(frameTables, frames) }),
    unload: (id) => void stackTables.delete(id),
    unloadFrames: (id) => void frameTables.delete(id),
    cancel: (id) => void running.delete(id),
    async run(id, job, onProgress): Promise<Answer> {
      running.add(id);
      try {
        const value = await compute(id, job, onProgress);
        const askersFrames =
          'frames' in value && value.frames === stackTables.get(job.table)?.frames;
        return { ok: true, value, askersFrames };
      } catch (error) {
        if (!isCallTreeError(error)) throw error;
        const { kind, message, field } = error;
        return { ok: false, error: { kind, message, field } };
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
