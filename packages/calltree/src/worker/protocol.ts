import type { FrameKey } from '../frames/key.ts';
import type { DiffSide, DiffTree } from '../model/diff.ts';
import type { FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import type { RowsRead, RowsTotal } from '../rows/stack-rows.ts';
import type { CallTree } from '../model/tree.ts';
import type { CallTreeOptions } from '../tree/build-call-tree.ts';
import type { DiffDeltaOptions } from '../tree/diff-deltas.ts';
import type { DiffFunctionTable } from '../tree/diff-function-table.ts';
import type { FunctionTable } from '../tree/function-table.ts';
import type { ModuleTreeOptions } from '../tree/module-tree.ts';
import type { Sandwich } from '../tree/sandwich.ts';
import type { Answer } from './answer.ts';
import type { SearchQuery } from '../search/query.ts';
import type { StackSearchResult } from '../search/search-stacks.ts';

/** Number under which the other side knows a stack table, or a frame table. */
export type TableId = number;
export type FramesId = number;
export type RequestId = number;
/** Number of rows that are being read. */
export type RowsId = number;

/** What can be asked. Tables are sent once, by `load`, and referred to by number from then on. */
export type Job =
  | { readonly kind: 'tree'; readonly table: TableId; readonly options: CallTreeOptions }
  | {
      readonly kind: 'diff';
      readonly table: TableId;
      readonly after: TableId;
      readonly options: CallTreeOptions;
    }
  | {
      readonly kind: 'diff-functions';
      readonly table: TableId;
      readonly after: TableId;
      readonly options: CallTreeOptions;
      readonly change: DiffDeltaOptions;
    }
  | {
      readonly kind: 'functions-of-diff';
      readonly table: TableId;
      readonly options: CallTreeOptions;
      readonly change: DiffDeltaOptions;
    }
  | { readonly kind: 'function-table'; readonly table: TableId; readonly options: CallTreeOptions }
  | {
      readonly kind: 'module-tree';
      readonly table: TableId;
      readonly options: CallTreeOptions;
      readonly names: ModuleTreeOptions;
    }
  | {
      readonly kind: 'sandwich';
      readonly table: TableId;
      readonly frame: FrameKey;
      readonly options: CallTreeOptions;
    }
  | {
      readonly kind: 'search';
      readonly table: TableId;
      readonly query: SearchQuery;
      readonly options: CallTreeOptions;
    };

export interface JobResults {
  readonly tree: CallTree;
  readonly diff: DiffTree;
  readonly 'diff-functions': DiffFunctionTable;
  readonly 'functions-of-diff': DiffFunctionTable;
  readonly 'function-table': FunctionTable;
  readonly 'module-tree': CallTree;
  readonly sandwich: Sandwich;
  readonly search: StackSearchResult;
}

export type JobResult = JobResults[Job['kind']];

/** How far rows are read after another piece of them, and the texts that came with it. */
export interface RowsPushed {
  readonly read: RowsRead;
  readonly strings: readonly string[];
}

/** Told from time to time how much of a job is done, from 0 to 1. */
export type ProgressListener = (share: number) => void;

/** A table's own columns; without frame indices where these have come in parts. */
export type LoadedColumns = Omit<StackTable, 'frames' | 'frameIndex'> & {
  readonly frameIndex?: Uint32Array;
};

/** A part of a diff, of the columns that its functions depend on. */
export interface DiffPart extends Partial<
  Pick<
    DiffTree,
    'length' | 'frame' | 'parent' | 'end' | 'inverted' | 'unit' | 'granularity' | 'samplingRate'
  >
> {
  readonly before?: Partial<DiffSide>;
  readonly after?: Partial<DiffSide>;
}

/** The side that computes, whether it is in a worker or in place. */
export interface Host {
  /** Frames are loaded apart from stacks: tables that share them go on doing so. */
  loadFrames(id: FramesId, frames: FrameTable): void;
  load(id: TableId, stacks: LoadedColumns, frames: FramesId): void;
  /** A part, from a position on, of the frame indices of a table that is loaded without them. */
  loadPart(id: TableId, part: Uint32Array, from: number, length: number): void;
  /** A diff comes in parts, and is there once all of them are. */
  loadDiff(id: TableId, part: DiffPart, frames: FramesId): void;
  unload(id: TableId): void;
  unloadFrames(id: FramesId): void;
  /** Reads another piece of text; the first one begins. */
  pushRows(id: RowsId, text: string): Answer<RowsPushed> | Promise<Answer<RowsPushed>>;
  endRows(id: RowsId): Answer<RowsPushed> | Promise<Answer<RowsPushed>>;
  /** The rows so far as a table, which stays loaded under these numbers. */
  tableOfRows(
    id: RowsId,
    total: RowsTotal,
    table: TableId,
    frames: FramesId,
  ): StackTable | Promise<StackTable>;
  closeRows(id: RowsId): void;
  /** Who is told how far jobs are: one for all of them, which has to be kept for as long. */
  listen(listener: (id: RequestId, share: number) => void): void;
  /** Leaves out the frames of results that are those of the job's table: the asker has them. */
  run(id: RequestId, job: Job, tellsProgress: boolean): Promise<Answer<JobResult>>;
  /** Makes a running job end early; its answer is an error of kind `superseded`. */
  cancel(id: RequestId): void;
}
