import type { OpenRange } from '@hyperflame/sdk';
import type { Messages } from '../messages/messages.ts';

/** Which times an answer lacks because their rows are no longer kept, in a sentence; '' if none. */
export function describeExpired(
  expired: readonly OpenRange[],
  messages: Messages,
  locale: string | undefined,
  timeZone?: string,
): string {
  if (expired.length === 0) return '';
  const dates = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  const say = (date: Date | undefined): string => (date ? dates.format(date) : messages.openEnd);
  const ranges = expired.map(({ from, to }) => messages.timeRange(say(from), say(to)));
  return messages.expired(ranges.join(', '));
}
