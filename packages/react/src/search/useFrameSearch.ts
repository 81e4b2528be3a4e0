import { useDeferredValue, useMemo } from 'react';
import { searchFrames, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { parseSearch } from './parseSearch.ts';

export interface FrameSearch {
  readonly isMatch: (node: NodeIndex) => boolean;
  /** Part of the whole profile whose samples pass through a match; recursion counts once. */
  readonly share: number;
  readonly matchedNodes: number;
}

/** What a search finds in a tree; `null` while nothing is searched for. */
export function useFrameSearch(tree: CallTree, query: string): FrameSearch | null {
  // Typing goes on while the last letter's answer is worked out.
  const deferred = useDeferredValue(query.trim());
  const isFrame = useMemo(() => {
    const parsed = parseSearch(deferred);
    return parsed && searchFrames(tree.frames, parsed);
  }, [tree.frames, deferred]);
  return useMemo(() => (isFrame ? weigh(tree, isFrame) : null), [tree, isFrame]);
}

function weigh(tree: CallTree, isFrame: Uint8Array): FrameSearch {
  const { length, frame, end, total } = tree;
  let matched = 0;
  let matchedNodes = 0;
  // Nodes before this one lie in a subtree that has been counted as a whole.
  let counted = 0;
  for (let node = 1; node < length; node++) {
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
  };
}
