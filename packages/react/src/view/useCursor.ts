import { useCallback, useState } from 'react';
import { framePath, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { nearestNode } from '../frames/nearestNode.ts';
import type { NodeOfTree } from '../frames/sameNode.ts';

/**
 * The frame that the keyboard is at. In new data it is the same frame, or its nearest caller.
 *
 * @param sentTo  where somebody else has it go, if to this tree: once for each object
 */
export function useCursor(
  tree: CallTree,
  focus: NodeIndex,
  sentTo?: NodeOfTree,
): [cursor: NodeIndex, setCursor: (node: NodeIndex) => void] {
  const [at, setAt] = useState<NodeOfTree & { sentTo?: NodeOfTree }>({ tree, node: focus });
  let { node } = at;
  if (sentTo?.tree === tree && sentTo !== at.sentTo) {
    node = sentTo.node;
    setAt({ tree, node, sentTo });
  } else if (at.tree !== tree) {
    node = nearestNode(tree, framePath(at.tree, at.node));
    setAt({ tree, node, sentTo });
  }
  // What a changed zoom has put outside of the picture cannot be moved from.
  const inPicture = (node >= focus && node < tree.end[focus]) || isCaller(tree, node, focus);
  const setCursor = useCallback(
    (next: NodeIndex) => setAt({ tree, node: next, sentTo }),
    [tree, sentTo],
  );
  return [inPicture ? node : focus, setCursor];
}

function isCaller(tree: CallTree, node: NodeIndex, of: NodeIndex): boolean {
  return node <= of && of < tree.end[node];
}
