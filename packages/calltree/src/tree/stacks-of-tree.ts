import type { StackTable } from '../model/stacks.ts';
import { OTHER_FRAME, type CallTree } from '../model/tree.ts';

/**
 * The stacks that a tree was made from, one for each node with weight or samples of its own,
 * always ROOT FIRST: the stacks of an inverted tree are turned round again. Frames have lines where
 * the tree tells them apart: elsewhere, that of a frame is one of several.
 */
export function stacksOfTree(tree: CallTree): StackTable {
  const { length, parent, depth, end, frame, self, selfCount } = tree;
  let stackCount = 0;
  let frameCount = 0;
  let otherWeight = 0;
  let otherCount = 0;
  for (let node = 0; node < length; node++) {
    if (frame[node] === OTHER_FRAME) {
      otherWeight += tree.total[node];
      otherCount += tree.totalCount[node];
      // Upside down, the labels of what was left out stand below it.
      node = end[node] - 1;
      continue;
    }
    if (self[node] === 0 && selfCount[node] === 0) continue;
    stackCount++;
    frameCount += depth[node];
  }
  const stackOffset = new Uint32Array(stackCount + 1);
  const frameIndex = new Uint32Array(frameCount);
  const weight = new Float64Array(stackCount);
  const count = new Float64Array(stackCount);
  let stack = 0;
  for (let node = 0; node < length; node++) {
    if (frame[node] === OTHER_FRAME) {
      node = end[node] - 1;
      continue;
    }
    if (self[node] === 0 && selfCount[node] === 0) continue;
    const from = stackOffset[stack];
    const to = from + depth[node];
    let place = tree.inverted ? from : to - 1;
    for (let above = node; above > 0; above = parent[above]) {
      frameIndex[place] = frame[above];
      place += tree.inverted ? 1 : -1;
    }
    weight[stack] = self[node];
    count[stack] = selfCount[node];
    stackOffset[++stack] = to;
  }
  const { frames, granularity } = tree;
  return {
    frames: granularity === 'line' ? frames : { ...frames, line: new Uint32Array(frames.length) },
    stackOffset,
    frameIndex,
    weight,
    count,
    unit: tree.unit,
    otherWeight,
    otherCount,
  };
}
