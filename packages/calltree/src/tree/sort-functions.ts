import { picked } from '../build/picked.ts';
import { frameOrder, rankFrames } from '../frames/order.ts';
import type { FrameTable } from '../model/frames.ts';
import { allAtOnce } from '../sort/steps.ts';
import { MANY, sortManyHeaviestFirst } from './sort-siblings.ts';

/**
 * Puts the heaviest frames first. Those of one weight are told apart by the next of the weights, which
 * are by frame, and in the end by the order of frames.
 */
export function sortFunctions(
  frames: FrameTable,
  frame: Uint32Array,
  weights: readonly Float64Array[],
): Uint32Array {
  if (frame.length > MANY) {
    const ranks = allAtOnce(rankFrames(frames));
    const ofEach = weights.map((weight) => picked(weight, frame));
    const order = allAtOnce(sortManyHeaviestFirst(ofEach, (i) => ranks[frame[i]]));
    return picked(frame, order);
  }
  const compare = frameOrder(frames);
  return frame.sort((a, b) => {
    for (const weight of weights) {
      if (weight[a] !== weight[b]) return weight[b] - weight[a];
    }
    return compare(a, b);
  });
}
