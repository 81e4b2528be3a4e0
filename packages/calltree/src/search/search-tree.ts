import type { CallTree } from '../model/tree.ts';
import type { SearchQuery } from './query.ts';
import { searchFrames } from './search-frames.ts';

export interface SearchResult {
  /** 1 for each node whose frame matches. Indexed by node. */
  readonly matches: Uint8Array;
  /** Number of nodes that match. */
  readonly matchedNodes: number;
  /** Weight of the samples with at least one matching frame: recursion counts once. */
  readonly matchedTotal: number;
  readonly matchedCount: number;
  /** `matchedTotal` as a share of the whole profile, 0 to 1; 0 when the whole is 0. */
  readonly share: number;
}

/** Finds the nodes that a query matches. Throws `invalid-pattern`. */
export function searchTree(tree: CallTree, query: SearchQuery): SearchResult {
  const inFrame = searchFrames(tree.frames, query);
  const { length, frame, end, total, totalCount } = tree;
  const matches = new Uint8Array(length);
  let matchedNodes = 0;
  let matchedTotal = 0;
  let matchedCount = 0;
  // Everything before this node lies inside a subtree that has been counted as a whole.
  let counted = 0;
  for (let node = 1; node < length; node++) {
    const at = frame[node];
    // The rest has no frame in the table. To read beyond a column is several times as slow.
    if (at >= inFrame.length || inFrame[at] !== 1) continue;
    matches[node] = 1;
    matchedNodes++;
    if (node >= counted) {
      counted = end[node];
      matchedTotal += total[node];
      matchedCount += totalCount[node];
    }
  }
  const share = total[0] === 0 ? 0 : matchedTotal / total[0];
  return { matches, matchedNodes, matchedTotal, matchedCount, share };
}
