import { useCallback, useState } from 'react';
import { framePath, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { nearestNode } from '../frames/nearestNode.ts';
import type { NodeOfTree } from '../frames/sameNode.ts';

/** The frame that the keyboard is at. In new data it is the same frame, or its nearest caller. */
export function useCursor(
  tree: CallTree,
  focus: NodeIndex,
): [cursor: NodeIndex, setCursor: (node: NodeIndex) => void] {
  const [at, setAt] = useState<NodeOfTree>({ tree, node: focus });
  let { node } = at;
  if (at.tree !== tree) {
    node = nearestNode(tree, framePath(at.tree, at.node));
    setAt({ tree, node });
  }
  // What a changed zoom has put outside of the picture cannot be moved from.
  const inPicture = (node >= focus && node < tree.end[focus]) || isCaller(tree, node, focus);
  const setCursor = useCallback((next: NodeIndex) => setAt({ tree, node: next }), [tree]);
  return [inPicture ? node : focus, setCursor];
}

function isCaller(tree: CallTree, node: NodeIndex, of: NodeIndex): boolean {
  return node <= of && of < tree.end[node];
}
