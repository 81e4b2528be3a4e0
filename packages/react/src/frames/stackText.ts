import { frameLabel, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { framePlace } from './frameNames.ts';

/** The stack down to a node as text, outermost frame first, one line each: `name (file:line)`. */
export function stackText(tree: CallTree, node: NodeIndex): string {
  const { frames } = tree;
  const lines: string[] = [];
  for (let above = node; above > 0; above = tree.parent[above]) {
    const frame = tree.frame[above];
    const place = framePlace(frames, frame);
    lines.push(frameLabel(frames, frame) + (place && ` (${place})`));
  }
  return lines.reverse().join('\n');
}
