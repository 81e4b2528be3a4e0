import type { CallTree, NodeIndex } from '../model/tree.ts';

/** Weights or counts by node: of all samples that pass through it, and of those whose path ends in it. */
interface Sums {
  readonly total: Float64Array;
  readonly self: Float64Array;
}

/**
 * Sum of neighbouring siblings `first … until`, such as those that share a rectangle of a `Layout`.
 * `sums`
 * are the tree's weights or its counts, or those of one side of a diff.
 *
 * Of ten million narrow siblings the few wide ones before them are quicker to add up:
 *
 *     main 100 = 5 of its own + 60 + 20 + the last ones, which must have 15
 */
export function siblingsTotal(
  { parent, end }: CallTree,
  first: NodeIndex,
  until: NodeIndex,
  { total, self }: Sums,
): number {
  const caller = parent[first];
  let sum = 0;
  if (until !== end[caller]) {
    for (let node = first; node < until; node = end[node]) sum += total[node];
    return sum;
  }
  for (let node = caller + 1; node < first; node = end[node]) sum += total[node];
  return total[caller] - self[caller] - sum;
}
