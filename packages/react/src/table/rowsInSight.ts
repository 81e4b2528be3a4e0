/** Rows from `first` up to, but not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows kept above and below those in sight, so that a quick scroll does not show a gap. */
const OVERSCAN = 8;

/** The rows that are in sight of a list of `count`, and some round them. */
export function rowsInSight(
  count: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
): RowRange {
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN);
  const first = Math.floor(scrollTop / rowHeight) - OVERSCAN;
  return { first: Math.max(0, Math.min(first, end - 1)), end };
}

/** Where to scroll to so that a row is in sight; where it is already, nowhere. */
export function scrollForRow(
  row: number,
  scrollTop: number,
  room: number,
  rowHeight: number,
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - room);
}
