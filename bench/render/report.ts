import { table } from '../../scripts/lib/table.mjs';
import type { EngineFigures } from './engine.ts';

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
  readonly hoverP50Ms: number | null;
  readonly hoverP95Ms: number | null;
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

const count = (value: number) => value.toLocaleString('en');
const ms = (value: number | null) =>
  value === null ? '–' : value >= 100 ? count(Math.round(value)) : value.toFixed(1);
const megabytes = (value: number | null) => (value === null ? '–' : (value / 1e6).toFixed(1));
const kilobytes = (value: number) => (value / 1000).toFixed(0);

/** The figures as tables, one for each size, for a terminal. */
export function renderText({ runs, left, engine, machine }: RenderReport): string {
  const sizes = [...new Set(runs.map(({ nodes }) => nodes))];
  const parts = sizes.map((nodes) => {
    const rows = runs
      .filter((run) => run.nodes === nodes)
      .map((run) => [
        run.package,
        ms(run.inputToPixelsMs),
        ms(run.drawMs),
        `${ms(run.longestTaskMs)} / ${ms(run.longestTaskCpuMs)}`,
        `${ms(run.zoomP50Ms)} / ${ms(run.zoomP95Ms)}`,
        `${ms(run.hoverP50Ms)} / ${ms(run.hoverP95Ms)}`,
        `${ms(run.searchP50Ms)} / ${ms(run.searchP95Ms)}`,
        megabytes(run.heapBytes),
        `${kilobytes(run.gzipBytes)} / ${kilobytes(run.gzipWithoutReactBytes)}`,
        run.reason ?? '',
      ]);
    const head = [
      `${count(nodes)} nodes`,
      'input to pixels, ms',
      'drawing alone, ms',
      'longest task / its CPU, ms',
      'zoom p50 / p95, ms',
      'hover p50 / p95, ms',
      'search p50 / p95, ms',
      'memory, MB',
      'gzip, KB / without React',
      '',
    ];
    return table([head, ...rows]);
  });
  const growth = table([
    [
      'engine, nodes',
      'frames',
      'merge, ms',
      'million frames/s',
      'invert',
      'diff',
      'search',
      'layout, ns a node',
      'rectangles',
      'bytes a node',
    ],
    ...engine.growth.map((figures) => [
      count(figures.nodes),
      count(figures.frames),
      ms(figures.mergeMs),
      (figures.framesMergedPerSecond / 1e6).toFixed(1),
      figures.invertNsPerNode.toFixed(0),
      figures.diffNsPerNode.toFixed(0),
      figures.searchNsPerNode.toFixed(1),
      figures.layoutNsPerNode.toFixed(2),
      count(figures.layoutRectangles),
      figures.bytesPerNode.toFixed(1),
    ]),
  ]);
  const { cpu, cores, memoryGiB, os, node, chromium } = machine;
  return [
    ...parts,
    growth,
    ...left.map(({ package: name, reason }) => `Not measured: ${name}: ${reason}`),
    `${cpu}, ${cores} cores, ${memoryGiB} GiB; ${os}, Chromium ${chromium}, Node ${node}`,
  ].join('\n\n');
}
