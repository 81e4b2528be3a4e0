/** The beginning of an answer, and whether it goes on. */
export interface FirstRows<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/** @param found at most `most + 1`: the one too many is what tells that there are more */
export function firstRows<Row>(found: readonly Row[], most: number): FirstRows<Row> {
  return { rows: found.slice(0, most), hasMore: found.length > most };
}
