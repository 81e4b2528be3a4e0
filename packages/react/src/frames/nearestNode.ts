import { findPath, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import type { FramePath } from '../state/flameState.ts';

/**
 * The node that a path leads to in this tree, or the last one on the way there: the frame that a
 * link points at may not be in newer data, its callers often are.
 */
export function nearestNode(tree: CallTree, path: FramePath): NodeIndex {
  const whole = findPath(tree, path);
  if (whole !== -1) return whole;
  // If a path exists, so do its beginnings: halve the range in which it breaks off.
  let found: NodeIndex = 0;
  let low = 0;
  let high = path.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const node = findPath(tree, path.slice(0, middle));
    if (node === -1) {
      high = middle - 1;
    } else {
      found = node;
      low = middle;
    }
  }
  return found;
}
