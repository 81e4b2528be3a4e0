import { RadixSort } from '../sort/radix-sort.ts';
import type { Steps } from '../sort/steps.ts';

/** Up to here, inserting one after the other is the fastest way. */
const FEW = 32;

/**
 * Sorts `order[0 … length - 1]` so that the weights they point at fall, and equal weights are
 * told apart by `compare`, which is asked nowhere else.
 *
 * `room` is as long as `order`; what is in it is lost.
 */
export function sortHeaviestFirst(
  order: Uint32Array,
  length: number,
  weight: Float64Array,
  compare: (a: number, b: number) => number,
  room: Uint32Array,
): void {
  for (let from = 0; from < length; from += FEW) {
    insertionSort(order, from, Math.min(from + FEW, length), weight, compare);
  }
  // Neighbouring runs are merged, twice as long each time.
  let source = order;
  let target = room;
  for (let run = FEW; run < length; run *= 2) {
    for (let from = 0; from < length; from += 2 * run) {
      const middle = Math.min(from + run, length);
      mergeRuns(source, target, from, middle, Math.min(from + 2 * run, length), weight, compare);
    }
    [source, target] = [target, source];
  }
  if (source !== order) order.set(source.subarray(0, length));
}

function insertionSort(
  order: Uint32Array,
  from: number,
  to: number,
  weight: Float64Array,
  compare: (a: number, b: number) => number,
): void {
  for (let i = from + 1; i < to; i++) {
    const item = order[i];
    const value = weight[item];
    let hole = i;
    while (hole > from) {
      const before = order[hole - 1];
      const difference = weight[before] - value;
      if (difference > 0 || (difference === 0 && compare(before, item) <= 0)) break;
      order[hole--] = before;
    }
    order[hole] = item;
  }
}

/** Two sorted runs, `from … middle` and `middle … to`, into one at the same place of `target`. */
function mergeRuns(
  source: Uint32Array,
  target: Uint32Array,
  from: number,
  middle: number,
  to: number,
  weight: Float64Array,
  compare: (a: number, b: number) => number,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    let takesLeft = right === to;
    if (left < middle && right < to) {
      const difference = weight[source[left]] - weight[source[right]];
      takesLeft = difference > 0 || (difference === 0 && compare(source[left], source[right]) <= 0);
    }
    target[at] = takesLeft ? source[left++] : source[right++];
  }
}

/** More than this are sorted by {@link sortManyHeaviestFirst}. */
export const MANY = 1 << 15;

/**
 * Puts very many items, the numbers from 0 on, in the same order, in steps and in a time that grows
 * with their number alone. Equal weights are told apart by the next weight, and in the end by
 * `rankOf`.
 */
export function* sortManyHeaviestFirst(
  weights: readonly Float64Array[],
  rankOf: (item: number) => number,
): Steps<Uint32Array> {
  const sort = new RadixSort(weights[0].length);
  yield* sort.by(rankOf);
  for (const weight of weights.toReversed()) {
    // The bits of numbers above zero grow with them, those of numbers below zero fall.
    const words = new Uint32Array(weight.buffer, weight.byteOffset, weight.length * 2);
    const isBelowZero = (item: number) => words[2 * item + 1] >>> 31 === 1;
    yield* sort.by((item) => (isBelowZero(item) ? words[2 * item] : ~words[2 * item]));
    yield* sort.by((item) => words[2 * item + 1] ^ (isBelowZero(item) ? 0 : 0x7fffffff));
  }
  return sort.items;
}
