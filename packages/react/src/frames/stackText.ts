import { frameLabel, ROOT_FRAME, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { displayText } from '../format/displayText.ts';
import { framePlace } from './frameNames.ts';

/**
 * The stack that a node stands for as text, outermost frame first, one line each:
 * `name (file:line)`. A tree that is upside down has its innermost frames at the root.
 */
export function stackText(tree: CallTree, node: NodeIndex): string {
  const { frames } = tree;
  const lines: string[] = [];
  for (let at = node; at >= 0 && tree.frame[at] !== ROOT_FRAME; at = tree.parent[at]) {
    const frame = tree.frame[at];
    const place = framePlace(tree, frame);
    lines.push(displayText(frameLabel(frames, frame)) + (place && ` (${place})`));
  }
  return (tree.inverted ? lines : lines.reverse()).join('\n');
}
