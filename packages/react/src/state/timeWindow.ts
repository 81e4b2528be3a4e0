import type { TimeRange } from '@hyperflame/sdk';
import type { TimeWindow } from './flameState.ts';

/** A time that can be asked about: whole milliseconds, and at least one of them. */
export function wholeMs({ from, to }: TimeWindow): TimeWindow {
  const begin = Math.floor(from);
  return { from: begin, to: Math.max(begin + 1, Math.ceil(to)) };
}

/**
 * The part of a time that was picked out of it; all of it where nothing was, or what was picked is
 * of another time: a link may bring that, or the host may have gone on.
 */
export function pickedRange(
  whole: TimeRange | undefined,
  picked: TimeWindow | null,
): TimeRange | undefined {
  if (!picked) return whole;
  const { from, to } = wholeMs(picked);
  if (!whole) return { from: new Date(from), to: new Date(to) };
  if (to <= whole.from.getTime() || from >= whole.to.getTime()) return whole;
  return {
    from: new Date(Math.max(from, whole.from.getTime())),
    to: new Date(Math.min(to, whole.to.getTime())),
  };
}
