import {
  ROOT_FRAME,
  OTHER_FRAME,
  selfWeight,
  type CallTree,
  type NodeIndex,
} from '@hyperflame/calltree';

/**
 * The function with the most self weight over all its places, as one of its nodes; the first of
 * equals. `undefined` for a tree without functions.
 */
export function hottestFunction(
  tree: CallTree,
): { readonly node: NodeIndex; readonly self: number } | undefined {
  const { frames, frame, length } = tree;
  const sums = new Float64Array(frames.length);
  let hottest: NodeIndex | undefined;
  for (let node = 0; node < length; node++) {
    if (frame[node] === ROOT_FRAME || frame[node] === OTHER_FRAME) continue;
    sums[frame[node]] += selfWeight(tree, node);
  }
  for (let node = 0; node < length; node++) {
    if (frame[node] === ROOT_FRAME || frame[node] === OTHER_FRAME) continue;
    if (hottest === undefined || sums[frame[node]] > sums[frame[hottest]]) hottest = node;
  }
  return hottest === undefined ? undefined : { node: hottest, self: sums[frame[hottest]] };
}
