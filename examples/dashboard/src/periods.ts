import type { TimeRange } from '@hyperflame/sdk';

/** Two stretches of time of one length, one right after the other. */
export interface Periods {
  readonly before: TimeRange;
  readonly after: TimeRange;
}

const MINUTE = 60_000;

/**
 * The last `minutes` that are over, and as many before them. They end on a whole minute, so that a
 * page that is opened twice in one minute asks the same questions and finds the answers it has.
 *
 *     12:34:56, 30 minutes      before 11:34 to 12:04      after 12:04 to 12:34
 */
export function lastPeriods(now: Date, minutes: number): Periods {
  const end = Math.floor(now.getTime() / MINUTE) * MINUTE;
  const at = (minutesAgo: number): Date => new Date(end - minutesAgo * MINUTE);
  return {
    before: { from: at(2 * minutes), to: at(minutes) },
    after: { from: at(minutes), to: at(0) },
  };
}
