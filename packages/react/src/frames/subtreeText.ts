import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import { plainFigure } from '../format/plainFigure.ts';
import type { AllSettings } from '../theme/allSettings.ts';
import { nodeName } from './frameNames.ts';

/** More lines than this are no longer read by anyone they are pasted for. */
const MOST_LINES = 2_000;

/**
 * What is below a node as text, heaviest first, two spaces for each level:
 *
 *     handle  70 ms (70%)
 *       hash  50 ms (50%)
 *       parse  20 ms (20%)
 */
export function subtreeText(
  tree: CallTree,
  node: NodeIndex,
  { messages, format }: Pick<AllSettings, 'messages' | 'format'>,
): string {
  const lines: string[] = [];
  const end = Math.min(tree.end[node], node + MOST_LINES);
  for (let at = node; at < end; at++) {
    const indent = '  '.repeat(tree.depth[at] - tree.depth[node]);
    const weight = format.weight(tree.total[at], tree.unit);
    const share = format.share(shareOf(tree.total[at], tree.total[0]));
    const figures = plainFigure(`${weight} (${share})`);
    lines.push(`${indent}${nodeName(tree, at, messages)}  ${figures}`);
  }
  const more = tree.end[node] - end;
  if (more > 0) lines.push(messages.moreNodes(more, format.count(more)));
  return lines.join('\n');
}
