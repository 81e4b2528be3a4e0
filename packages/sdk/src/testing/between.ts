import type { TimeRange } from '../questions/scope.ts';

/** A time range of Unix milliseconds. */
export function between(from: number, to: number): TimeRange {
  return { from: new Date(from), to: new Date(to) };
}
