import type { FullLimits } from './limits.ts';
import type { ProfileScope, TimeRange } from './scope.ts';

/** A scope as queries take it: checked, with ids in lower case. */
export interface CheckedScope extends ProfileScope {
  /**
   * When the samples happened, where they are asked for by their own time. `timeRange` is then of the
   * windows that may hold some.
   */
  readonly happened?: TimeRange;
}

/** What is asked where samples are to have happened in a range. */
export function bySampleTime(
  happened: TimeRange,
  limits: FullLimits,
): Required<Pick<CheckedScope, 'timeRange' | 'happened'>> {
  return { timeRange: windowsInto(happened, limits), happened };
}

/** When the collection windows began that may have events in the range, as some began before it. */
export function windowsInto({ from, to }: TimeRange, { maxWindowSeconds }: FullLimits): TimeRange {
  return { from: new Date(from.getTime() - maxWindowSeconds * 1000), to };
}
