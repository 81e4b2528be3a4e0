import type { EngineFigures, WidestFigures } from './engine.ts';

/**
 * One package with one profile: medians over its runs, and percentiles over all gestures in them.
 * `null`: not measured, and `reason` says why.
 */
export interface RenderRun {
  readonly package: string;
  readonly nodes: number;
  readonly runs: number;
  /** From stacks in memory to a painted picture. */
  readonly inputToPixelsMs: number | null;
  /** The picture again, of what is merged already. */
  readonly drawMs: number | null;
  /** Longest task of the main thread between stacks and picture. */
  readonly longestTaskMs: number | null;
  /** The same without the time in which the machine ran something else. */
  readonly longestTaskCpuMs: number | null;
  /** Main thread taken up by one input: the task that hears it and the longest that follows. */
  readonly zoomP50Ms: number | null;
  readonly zoomP95Ms: number | null;
  /** From a move of the pointer to the frame that shows what came of it, if anything does. */
  readonly hoverP50Ms: number | null;
  readonly hoverP95Ms: number | null;
  /** All that the main thread does for such a move, the median of them. */
  readonly hoverWorkMs: number | null;
  /** A letter typed into the search box, where the picture has one. */
  readonly searchP50Ms: number | null;
  readonly searchP95Ms: number | null;
  /** What the page's memory grew by, workers included, after garbage collection. */
  readonly heapBytes: number | null;
  readonly gzipBytes: number;
  readonly gzipWithoutReactBytes: number;
  readonly reason?: string;
}

export interface RenderReport {
  readonly runs: readonly RenderRun[];
  /** Packages that could not be built, with the reason. */
  readonly left: readonly { readonly package: string; readonly reason: string }[];
  readonly engine: {
    /** At the largest size. */
    readonly framesMergedPerSecond: number;
    /** The most of all sizes. */
    readonly bytesPerNode: number;
    readonly growth: readonly EngineFigures[];
    readonly widest: WidestFigures;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly os: string;
    readonly node: string;
    readonly chromium: string;
  };
}
