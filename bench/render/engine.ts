import {
  buildCallTree,
  diffCallTrees,
  layoutTree,
  searchTree,
  type CallTree,
  type StackTable,
} from '@hyperflame/calltree';
import { makeProfile } from './profile.ts';
import { WIDTH } from './page/adapter.ts';
import { median } from './statistics.ts';

/** What the engine costs at one size. */
export interface EngineFigures {
  readonly nodes: number;
  readonly stacks: number;
  readonly frames: number;
  readonly depth: number;
  readonly mergeMs: number;
  readonly framesMergedPerSecond: number;
  /** Nanoseconds for each node of the tree that the operation makes or goes through. */
  readonly invertNsPerNode: number;
  readonly diffNsPerNode: number;
  readonly searchNsPerNode: number;
  readonly layoutNsPerNode: number;
  readonly layoutRectangles: number;
  readonly bytesPerNode: number;
}

export function measureEngine(nodes: number, stacks: StackTable, runs: number): EngineFigures {
  // A table that is new each time, as one that comes from a query: nothing is remembered of it.
  const fresh = (): StackTable => ({ ...stacks, frames: { ...stacks.frames } });
  const tree = buildCallTree(stacks);
  const inverted = buildCallTree(stacks, { invert: true });
  const other = makeProfile(Math.round(nodes / 2), 2);
  const diff = diffCallTrees(stacks, other);
  const ns = (work: () => unknown, per: number) => (timed(work, runs) * 1e6) / per;
  const mergeMs = timed(() => buildCallTree(fresh()), runs);
  return {
    nodes: tree.length,
    stacks: stacks.weight.length,
    frames: stacks.frameIndex.length,
    depth: tree.maxDepth,
    mergeMs,
    framesMergedPerSecond: (stacks.frameIndex.length / mergeMs) * 1000,
    invertNsPerNode: ns(() => buildCallTree(fresh(), { invert: true }), inverted.length),
    diffNsPerNode: ns(() => diffCallTrees(fresh(), other), diff.length),
    searchNsPerNode: ns(() => searchTree(tree, 'encodeBuffer'), tree.length),
    layoutNsPerNode: ns(() => layoutTree(tree, { width: WIDTH }), tree.length),
    layoutRectangles: layoutTree(tree, { width: WIDTH }).length,
    bytesPerNode: bytesOf(tree) / tree.length,
  };
}

/** What a function with more callees than any program has costs. */
export interface WidestFigures {
  readonly callees: number;
  readonly mergeMs: number;
  /** Of the tree's columns, which the main thread is handed. */
  readonly bytes: number;
}

/** Once, for one takes seconds. */
export function measureWidest(stacks: StackTable): WidestFigures {
  const start = performance.now();
  const tree = buildCallTree(stacks);
  return {
    callees: stacks.weight.length,
    mergeMs: performance.now() - start,
    bytes: bytesOf(tree),
  };
}

/** Memory of a tree's columns, with the room that they do not use. */
export function bytesOf(tree: CallTree): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const column of Object.values(tree)) {
    if (ArrayBuffer.isView(column)) buffers.add(column.buffer);
  }
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Median time of a run, after one that does not count. */
function timed(work: () => unknown, runs: number): number {
  work();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}
