/**
 * Splits things into parcels of at most `limit` grams, each filled as full as can be: for one
 * parcel after the other, the subset-sum problem by dynamic programming.
 *
 *     weights [7, 5, 4, 3], limit 10  →  [[7, 3], [5, 4]]
 */
export function packParcels(weights: readonly number[], limit: number): number[][] {
  const parcels: number[][] = [];
  let left = [...weights];
  while (left.length > 0) {
    // lastItem[w]: the item that first made the weight w reachable; -1 while it is not.
    const lastItem = new Int32Array(limit + 1).fill(-1);
    lastItem[0] = left.length;
    for (let item = 0; item < left.length; item++) {
      for (let weight = limit; weight >= left[item]; weight--) {
        if (lastItem[weight] === -1 && lastItem[weight - left[item]] !== -1)
          lastItem[weight] = item;
      }
    }
    let weight = limit;
    while (lastItem[weight] === -1) weight--;
    const chosen = new Set<number>();
    while (weight > 0) {
      chosen.add(lastItem[weight]);
      weight -= left[lastItem[weight]];
    }
    // Heavier than any parcel may be: it travels alone.
    if (chosen.size === 0) chosen.add(0);
    parcels.push(left.filter((_, item) => chosen.has(item)));
    left = left.filter((_, item) => !chosen.has(item));
  }
  return parcels;
}
