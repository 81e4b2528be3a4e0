/**
 * Sorts `order[0 … length - 1]` so that the weights they point at fall, and equal weights are
 * told apart by `rankOf`, lowest first. Ranks are asked for only where weights are equal.
 */
export function sortHeaviestFirst(
  order: Uint32Array,
  length: number,
  weight: Float64Array,
  rankOf: (item: number) => number,
): void {
  if (length > 32) {
    order.subarray(0, length).sort((a, b) => weight[b] - weight[a] || rankOf(a) - rankOf(b));
    return;
  }
  for (let i = 1; i < length; i++) {
    const item = order[i];
    const value = weight[item];
    let hole = i;
    while (hole > 0) {
      const before = order[hole - 1];
      const difference = weight[before] - value;
      if (difference > 0 || (difference === 0 && rankOf(before) <= rankOf(item))) break;
      order[hole--] = before;
    }
    order[hole] = item;
  }
}
