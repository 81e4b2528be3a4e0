import {
  FRAME_KINDS,
  siblingsTotal,
  type CallTree,
  type DiffSide,
  type DiffTree,
  type NodeIndex,
} from '@hyperflame/calltree';
import { isSampleCount, shareOf } from '../format/numbers.ts';
import { frameMapping, framePlace, nodeName } from '../frames/frameNames.ts';
import type { Settings } from '../theme/settings.ts';

/** A label and three figures. */
export type FigureRow = readonly [label: string, first: string, second: string, third: string];

/** What the tooltip of a frame says. */
export interface TooltipText {
  readonly name: string;
  /** `file:line`, then binary and kind, where they are known. */
  readonly places: readonly string[];
  readonly rows: readonly FigureRow[];
}

const isSaid = (text: string): boolean => text !== '';

/** A frame's name and where it comes from, with figures of one's own below. */
export function tooltipText(
  tree: CallTree,
  node: NodeIndex,
  { messages }: Settings,
  rows: readonly FigureRow[],
): TooltipText {
  const { frames } = tree;
  const frame = tree.frame[node];
  const kind = frame < frames.length ? FRAME_KINDS[frames.kind[frame]] : undefined;
  const origin = [
    frameMapping(frames, frame),
    kind === undefined || kind === 'unknown' ? '' : messages.kinds[kind],
  ];
  return {
    name: nodeName(tree, node, messages),
    places: [framePlace(tree, frame), origin.filter(isSaid).join(' · ')].filter(isSaid),
    rows,
  };
}

/** What siblings weigh together that share a rectangle; in a diff, before and after. */
export function narrowTooltip(
  tree: CallTree | DiffTree,
  first: NodeIndex,
  until: NodeIndex,
  whole: number | undefined,
  settings: Settings,
): TooltipText {
  const { messages } = settings;
  const row = (label: string, side: DiffSide): FigureRow =>
    weightRow(
      label,
      { unit: tree.unit, total: whole === undefined ? side.total : [whole] },
      siblingsTotal(tree, first, until, side),
      siblingsTotal(tree, first, until, { total: side.totalCount, self: side.selfCount }),
      settings,
    );
  return {
    name: messages.tooNarrow,
    places: [],
    rows:
      'before' in tree
        ? [row(messages.before, tree.before), row(messages.after, tree.after)]
        : [row(messages.total, tree)],
  };
}

/** A weight, its part of the whole, and the samples behind it. */
export function weightRow(
  label: string,
  tree: Pick<CallTree, 'unit'> & { readonly total: ArrayLike<number> },
  weight: number,
  count: number,
  { messages, format }: Settings,
): FigureRow {
  return [
    label,
    format.weight(weight, tree.unit),
    format.share(shareOf(weight, tree.total[0])),
    isSampleCount(tree.unit, weight, count) ? '' : messages.samples(count, format.count(count)),
  ];
}
