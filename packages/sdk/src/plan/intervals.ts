/** A time range in Unix milliseconds, half open; infinite where it is open. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** What `DateTime64(9)` can hold; outside of it ClickHouse would wrap around silently. */
export const NAMEABLE: Interval = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2262, 3, 11) };

/** A table that has its samples summed up by buckets of `grain`, complete from `holdsFrom` on. */
export interface Tier<Table> {
  readonly table: Table;
  readonly grain: number;
  readonly holdsFrom: number;
}

export interface Piece<Table> extends Interval {
  readonly table: Table;
}

/**
 * Cuts the ranges into pieces, each for the first tier that has it: only whole buckets, and only
 * those that begin at or after `holdsFrom`. What no tier has is the `rest`.
 *
 *     tiers: day from Tuesday on, hour, minute
 *
 *       Mon 22:58:30                Tue              Wed    01:00:10
 *     ──────┼──┼────┼────────────────┼────────────────┼───────┼─┼──
 *        rest  minute     hour              day          hour  rest
 *              22:59…    23:00…                         00:00… 01:00…
 */
export function divide<Table>(
  ranges: readonly Interval[],
  tiers: readonly Tier<Table>[],
): { pieces: Piece<Table>[]; rest: Interval[] } {
  const pieces: Piece<Table>[] = [];
  let rest = [...ranges];
  for (const { table, grain, holdsFrom } of tiers) {
    const gaps: Interval[] = [];
    for (const range of rest) {
      const from = Math.ceil(Math.max(range.from, holdsFrom) / grain) * grain;
      const to = Math.floor(range.to / grain) * grain;
      if (!(from < to)) {
        gaps.push(range);
        continue;
      }
      pieces.push({ table, from, to });
      if (range.from < from) gaps.push({ from: range.from, to: from });
      if (to < range.to) gaps.push({ from: to, to: range.to });
    }
    rest = gaps;
  }
  return { pieces: pieces.sort((a, b) => a.from - b.from), rest };
}

/** The parts of the ranges that are inside of another. */
export function inside(ranges: readonly Interval[], { from, to }: Interval): Interval[] {
  return ranges
    .map((range) => ({ from: Math.max(range.from, from), to: Math.min(range.to, to) }))
    .filter((range) => range.from < range.to);
}

/** How long the ranges are in all. An open end is as far away as a question can name. */
export function lengthOf(ranges: readonly Interval[]): number {
  return inside(ranges, NAMEABLE).reduce((sum, { from, to }) => sum + to - from, 0);
}
