import type { RenderReport, RenderRun } from './report.ts';

const count = (value: number) => value.toLocaleString('en');

function ms(value: number | null): string {
  if (value === null) return '–';
  if (value >= 100) return count(Math.round(value));
  return value.toFixed(value >= 10 ? 0 : 1);
}

const both = (a: number | null, b: number | null) => (a === null ? '–' : `${ms(a)} / ${ms(b)}`);

const megabytes = (value: number | null) =>
  value === null ? '–' : (value / 1e6).toFixed(value >= 1e7 ? 0 : 1);

/**
 * The figures as tables, for a terminal and for the documentation: one for each size, then what pages
 * load, and the engine.
 */
export function renderMarkdown({ runs, left, engine, versions, machine }: RenderReport): string {
  const sizes = [...new Set(runs.map(({ nodes }) => nodes))];
  const parts = sizes.flatMap((nodes) => {
    const here = runs.filter((run) => run.nodes === nodes);
    const search = here.find(({ searchP50Ms }) => searchP50Ms !== null);
    return [
      `### ${count(nodes)} nodes`,
      rows(
        [
          'package',
          'input to pixels, ms',
          'drawing alone, ms',
          'longest task / its CPU, ms',
          'zoom p50 / p95, ms',
          'hover to pixels p50 / p95, ms',
          'main thread for a hover, ms',
          'memory, MB',
        ],
        here.map((run) => [
          named(run),
          ms(run.inputToPixelsMs),
          ms(run.drawMs),
          both(run.longestTaskMs, run.longestTaskCpuMs),
          both(run.zoomP50Ms, run.zoomP95Ms),
          both(run.hoverP50Ms, run.hoverP95Ms),
          ms(run.hoverWorkMs),
          megabytes(run.heapBytes),
        ]),
      ),
      ...(search
        ? [
            `A letter typed into the search box of ${search.package}: ` +
              `${both(search.searchP50Ms, search.searchP95Ms)} ms (p50 / p95).`,
          ]
        : []),
    ];
  });
  const pages = rows(
    ['package', 'version', 'page, gzip KB', 'without React, gzip KB'],
    runs
      .filter((run) => run.nodes === sizes[0])
      .map((run) => [
        run.package,
        versions[run.package] ?? '',
        (run.gzipBytes / 1024).toFixed(0),
        (run.gzipWithoutReactBytes / 1024).toFixed(0),
      ]),
  );
  const growth = rows(
    [
      'nodes',
      'frames',
      'merge, ms',
      'million frames/s',
      'invert, ns a node',
      'diff',
      'search',
      'layout',
      'rectangles',
      'bytes a node',
    ],
    engine.growth.map((figures) => [
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
  );
  const { cpu, cores, memoryGiB, os, chromium, node } = machine;
  return [
    ...parts,
    '### Size',
    pages,
    '### The engine',
    growth,
    `A function with ${count(engine.widest.callees)} callees is merged in ` +
      `${ms(engine.widest.mergeMs)} ms, into ${megabytes(engine.widest.bytes)} MB of columns.`,
    ...left.map(({ package: name, reason }) => `Not measured: ${name}: ${reason}.`),
    `${cpu}, ${cores} cores, ${memoryGiB} GiB; ${os}, Chromium ${chromium} without a GPU, Node ${node}.`,
    '',
  ].join('\n\n');
}

/** `**ours**`, and what kept a package from having figures. */
function named({ package: name, reason }: RenderRun): string {
  const own = name.startsWith('@hyperflame/') ? `**${name}**` : name;
  return reason === undefined ? own : `${own} (${reason})`;
}

/** A table whose columns are aligned, as they are read in a terminal and kept in a repository. */
function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...body].map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
