export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Inserts of an hour's samples that are on their way when it ends have arrived by then. */
export const GRACE = 120_000;

/** A span of time, in milliseconds since 1970: [from, to). */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

export function within({ from, to }: Slice): string {
  const at = (ms: number) => `fromUnixTimestamp64Milli(toInt64(${ms}), 'UTC')`;
  return `Timestamp >= ${at(from)} AND Timestamp < ${at(to)}`;
}
