import type { ProfileScope } from '@hyperflame/sdk';
import type { TimeWindow } from './flameState.ts';

/** A time that can be asked about: whole milliseconds, and at least one of them. */
export function wholeMs({ from, to }: TimeWindow): TimeWindow {
  const begin = Math.floor(from);
  return { from: begin, to: Math.max(begin + 1, Math.ceil(to)) };
}

/** A longer time is drawn in bars: seconds of an hour are as many as can be told apart. */
export const LONGEST_HEATMAP_MS = 3600e3;

/** A time to ask about, and what of a sample has to be in it. */
type AskedTime = Pick<ProfileScope, 'timeRange' | 'timeBy'>;

/**
 * The part of a time that was picked out of it; all of it where nothing was, or what was picked is
 * of another time: a link may bring that, or the host may have gone on.
 *
 * It is of what the timeline there draws: of samples in a heatmap, of collections in bars.
 */
export function pickedTime(
  { timeRange: whole, timeBy }: AskedTime,
  picked: TimeWindow | null,
): AskedTime & Pick<TimeWindow, 'profileType'> {
  if (!picked) return { timeRange: whole, timeBy };
  const { from, to } = wholeMs(picked);
  const begin = whole?.from.getTime() ?? from;
  const end = whole?.to.getTime() ?? to;
  if (to <= begin || from >= end) return { timeRange: whole, timeBy };
  return {
    timeRange: { from: new Date(Math.max(from, begin)), to: new Date(Math.min(to, end)) },
    timeBy: end - begin <= LONGEST_HEATMAP_MS ? 'sample' : timeBy,
    profileType: picked.profileType,
  };
}
