import { FRAME_KINDS, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
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

/** A weight, its part of the whole, and the samples behind it. */
export function weightRow(
  label: string,
  tree: CallTree,
  weight: number,
  count: number,
  { messages, format }: Settings,
): FigureRow {
  return [
    label,
    format.weight(weight, tree.unit),
    format.share(shareOf(weight, tree.total[0])),
    tree.unit === 'count' ? '' : messages.samples(count, format.count(count)),
  ];
}
