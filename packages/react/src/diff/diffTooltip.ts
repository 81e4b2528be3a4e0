import {
  diffConfidence,
  diffDelta,
  selfWeight,
  type DiffForm,
  type DiffTree,
  type NodeIndex,
} from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import type { AllSettings } from '../theme/allSettings.ts';
import { tooltipText, type FigureRow, type TooltipText } from '../view/tooltipText.ts';
import { changeText } from './changeText.ts';
import { confidenceText } from './confidenceText.ts';
import { fateText } from './fate.ts';

/**
 * What the tooltip of a frame in a diff says: total and self before and after, and the change, in
 * each form. How sure it is goes by the form that is shown, as the colours do.
 */
export function diffTooltip(
  tree: DiffTree,
  node: NodeIndex,
  form: DiffForm,
  settings: AllSettings,
): TooltipText {
  const { messages, format } = settings;
  const { before, after, unit } = tree;
  const side = (label: string, of: DiffTree['before']): FigureRow => [
    label,
    format.weight(of.total[node], unit),
    format.share(shareOf(of.total[node], of.total[0])),
    `${messages.self} ${format.weight(selfWeight(tree, node, of), unit)}`,
  ];
  return tooltipText(tree, node, settings, [
    side(messages.before, before),
    side(messages.after, after),
    [
      messages.change,
      format.change(after.total[node] - before.total[node], unit),
      changeText(diffDelta(tree, node, { form: 'normalised' }), 'normalised', tree, settings),
      fateText(tree, node, messages) ||
        format.shareChange(diffDelta(tree, node, { form: 'relative' })),
    ],
    [messages.confidence, confidenceText(diffConfidence(tree, node, { form }), settings), '', ''],
  ]);
}
