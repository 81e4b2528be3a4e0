import type { Settings } from '../theme/settings.ts';
import type { FrameSearch } from './useFrameSearch.ts';

/** What a search has found, in words: nothing while nothing is searched for. */
export function searchOutcome(
  search: FrameSearch | null,
  { messages, format }: Pick<Settings, 'messages' | 'format'>,
): string {
  if (!search) return '';
  if (search.problem === 'slow') return messages.slowExpression;
  if (search.matchedNodes > 0) return messages.matchedShare(format.share(search.share));
  return search.problem === 'broken' ? messages.brokenExpression : messages.noMatch;
}
