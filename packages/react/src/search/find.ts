import { searchFrames, type CallTree, type FrameTable } from '@hyperflame/calltree';
import { hasBrokenExpression, parseSearch } from './parseSearch.ts';
import type { FrameSearch } from './useFrameSearch.ts';

/** Of each frame whether it is looked for; `null` where nothing is. */
export function findFrames(frames: FrameTable, text: string): Uint8Array | null {
  const query = parseSearch(text);
  return query === null ? null : searchFrames(frames, query);
}

/** What these frames, found by a text, are of a tree. */
export function weigh(tree: CallTree, isFrame: Uint8Array, text: string): FrameSearch {
  const { length, frame, end, total } = tree;
  let matched = 0;
  let matchedNodes = 0;
  // Nodes before this one lie in a subtree that has been counted as a whole.
  let counted = 0;
  for (let node = 0; node < length; node++) {
    if (isFrame[frame[node]] !== 1) continue;
    matchedNodes++;
    if (node < counted) continue;
    counted = end[node];
    matched += total[node];
  }
  return {
    isMatch: (node) => isFrame[frame[node]] === 1,
    share: total[0] === 0 ? 0 : matched / total[0],
    matchedNodes,
    hasBrokenExpression: hasBrokenExpression(text),
  };
}
