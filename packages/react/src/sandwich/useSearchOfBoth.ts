import { useState } from 'react';
import type { CallTree } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import type { NodeOfTree } from '../frames/sameNode.ts';
import { searchOutcome } from '../search/searchOutcome.ts';
import { useFrameSearch, type FrameSearching } from '../search/useFrameSearch.ts';
import { useSettings } from '../theme/settings.ts';
import { nextMatch } from '../view/moveCursor.ts';

interface SearchOfBoth {
  /** What was found on each side. */
  readonly above: FrameSearching;
  readonly below: FrameSearching;
  /** The same in words. */
  readonly outcome: string;
  readonly canStep: boolean;
  /** To the next match: first those of the callers, then those of the callees, round and round. */
  readonly step: (direction: 1 | -1) => void;
  /** Where the last step has led; a new object for every step. */
  readonly found: NodeOfTree | undefined;
}

/** One search in both sides of a sandwich. `whole` is the weight that shares are taken of. */
export function useSearchOfBoth(
  callers: CallTree,
  callees: CallTree,
  text: string,
  whole: number,
): SearchOfBoth {
  const settings = useSettings();
  const { messages } = settings;
  const above = useFrameSearch(callers, text);
  const below = useFrameSearch(callees, text);
  const [last, setLast] = useState<NodeOfTree & { text: string }>();
  const isOld = !last || last.text !== text || (last.tree !== callers && last.tree !== callees);
  const found = isOld ? undefined : last;

  const inWords = (tree: CallTree, { search, error }: FrameSearching): string => {
    if (error) return error.message;
    // A side is what the samples of the function are; all other shares are of the whole profile.
    const share = search ? shareOf(search.share * tree.total[0], whole) : 0;
    return searchOutcome(search && { ...search, share }, settings);
  };
  const [of, to] = [inWords(callers, above), inWords(callees, below)];
  const step = (direction: 1 | -1): void => {
    const count = callers.length;
    const isMatch = (at: number): boolean =>
      (at < count ? above.search?.isMatch(at) : below.search?.isMatch(at - count)) ?? false;
    const before = direction === 1 ? -1 : 0;
    const from = found ? found.node + (found.tree === callees ? count : 0) : before;
    const at = nextMatch(count + callees.length, from, direction, isMatch);
    if (at === -1) return;
    setLast({
      text,
      ...(at < count ? { tree: callers, node: at } : { tree: callees, node: at - count }),
    });
  };
  return {
    above,
    below,
    outcome: of === to ? of : `${messages.callers}: ${of} · ${messages.callees}: ${to}`,
    canStep: [above, below].some(({ search }) => search !== null && search.matchedNodes > 0),
    step,
    found,
  };
}
