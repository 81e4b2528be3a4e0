import { frameOrder, rankFrames } from '../frames/order.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import { allAtOnce } from '../sort/steps.ts';
import { MANY, sortManyHeaviestFirst } from './sort-siblings.ts';

/**
 * Frames with the heaviest first. Those of one weight are told apart by the next of the weights, which
 * are by frame, and in the end by the order of frames.
 */
export function sortFunctions(
  frames: FrameTable,
  functions: readonly FrameIndex[],
  weights: readonly Float64Array[],
): Uint32Array {
  const frame = Uint32Array.from(functions);
  if (frame.length > MANY) {
    const ranks = allAtOnce(rankFrames(frames));
    const ofEach = weights.map((weight) => Float64Array.from(frame, (frame) => weight[frame]));
    const order = allAtOnce(sortManyHeaviestFirst(ofEach, (i) => ranks[frame[i]]));
    return order.map((i) => frame[i]);
  }
  const compare = frameOrder(frames);
  return frame.sort((a, b) => {
    for (const weight of weights) {
      if (weight[a] !== weight[b]) return weight[b] - weight[a];
    }
    return compare(a, b);
  });
}
