import { frameLabel } from '../frames/label.ts';
import type { FrameIndex } from '../model/frames.ts';
import type { StackTable, Unit } from '../model/stacks.ts';
import { OTHER_FRAME, type CallTree, type NodeIndex } from '../model/tree.ts';
import { buildCallTree } from '../tree/build-call-tree.ts';
import { functionTable } from '../tree/function-table.ts';
import { leftOutWeight } from '../tree/left-out.ts';
import { code, functionCells, plain } from './markdown-text.ts';
import { percentText, unitText, weightText } from './weight-text.ts';

export interface MarkdownOptions {
  /** `Profile` if not said. */
  readonly title?: string;
  /** Rows of each list. 10 if not said. */
  readonly rows?: number;
  /** How weights are written. Three figures and a unit if not said. */
  readonly weightText?: (weight: number, unit: Unit) => string;
}

/** Longest path that is written out; of longer ones the middle is left out. */
const PATH_FRAMES = 16;

/**
 * A summary that a person can paste into a ticket and a language model can read: totals, the functions
 * with most weight of their own and in all, and the paths on which most samples ended. Names are
 * written as code, the title and units are escaped or code too, so nothing in them is taken for Markdown
 * or HTML.
 */
export function markdownSummary(stacks: StackTable, options: MarkdownOptions = {}): string {
  const tree = buildCallTree(stacks);
  const functions = functionTable(tree);
  const rows = options.rows ?? 10;
  const text = options.weightText ?? weightText;
  const weight = (value: number) => plain(text(value, tree.unit));
  const share = (value: number) => percentText(value, tree.total[0]);
  const other = leftOutWeight(tree);

  const byTotal = Array.from({ length: functions.length }, (_, row) => row).sort(
    (a, b) => functions.total[b] - functions.total[a] || a - b,
  );
  const functionRow = (row: number) =>
    `| ${weight(functions.self[row])} | ${share(functions.self[row])} | ${weight(functions.total[row])} | ${share(functions.total[row])} | ${functionCells(functions.frames, functions.frame[row])} |`;
  const table = (chosen: readonly number[]) => [
    '| Self | of all | Total | of all | Function | Where |',
    '| ---: | ---: | ---: | ---: | --- | --- |',
    ...chosen.map(functionRow),
  ];

  return [
    `# ${plain(options.title ?? 'Profile')}`,
    '',
    `- Total: ${weight(tree.total[0])} (${plain(unitText(tree.unit))}) in ${weightText(tree.totalCount[0], 'count')} samples`,
    `- Distinct stacks: ${stacks.weight.length}, functions: ${functions.length}, deepest stack: ${tree.maxDepth} frames`,
    ...(other === 0 ? [] : [`- Left out of the stacks: ${share(other)} of the total`]),
    '',
    '## Functions by their own weight',
    '',
    ...table(Array.from({ length: Math.min(rows, functions.length) }, (_, row) => row)),
    '',
    '## Functions by weight including what they call',
    '',
    ...table(byTotal.slice(0, rows)),
    '',
    '## Paths on which most samples ended',
    '',
    ...hottestNodes(tree, rows).map(
      (node, i) =>
        `${i + 1}. ${share(tree.self[node])} (${weight(tree.self[node])}): ${path(tree, node)}`,
    ),
    '',
  ].join('\n');
}

/** Nodes with most weight of their own, heaviest first. */
function hottestNodes(tree: CallTree, most: number): NodeIndex[] {
  const nodes: NodeIndex[] = [];
  for (let node = 1; node < tree.length; node++) {
    if (tree.self[node] <= 0 || tree.frame[node] === OTHER_FRAME) continue;
    if (nodes.length === most && tree.self[node] <= tree.self[nodes[most - 1]]) continue;
    const before = nodes.findIndex((other) => tree.self[other] < tree.self[node]);
    nodes.splice(before === -1 ? nodes.length : before, 0, node);
    nodes.length = Math.min(nodes.length, most);
  }
  return nodes;
}

function path(tree: CallTree, node: NodeIndex): string {
  const frames: FrameIndex[] = [];
  for (let above = node; above > 0; above = tree.parent[above]) frames.push(tree.frame[above]);
  frames.reverse();
  const names = (some: readonly FrameIndex[]) =>
    some.map((frame) => code(frameLabel(tree.frames, frame)));
  if (frames.length <= PATH_FRAMES) return names(frames).join(' → ');
  const start = 4;
  const end = PATH_FRAMES - start;
  return [
    ...names(frames.slice(0, start)),
    `… ${frames.length - PATH_FRAMES} frames …`,
    ...names(frames.slice(-end)),
  ].join(' → ');
}
