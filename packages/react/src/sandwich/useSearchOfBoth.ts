import { useState } from 'react';
import type { CallTree } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import type { NodeOfTree } from '../frames/sameNode.ts';
import { searchOutcome } from '../search/searchOutcome.ts';
import { useFrameSearch, type FrameSearching } from '../search/useFrameSearch.ts';
import { useAllSettings } from '../theme/allSettings.ts';

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
  const settings = useAllSettings();
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
    const sides = [above, below].flatMap(({ search }) => search ?? []);
    if (direction === -1) sides.reverse();
    // From where we are to the end of this side; then the others; then this one from its beginning.
    const at = sides.findIndex(({ tree }) => tree === found?.tree);
    const rest = found && sides[at];
    if (rest) {
      const { node, tree } = found;
      const next =
        direction === 1
          ? rest.nextMatch(node, 1, node + 1, tree.length)
          : rest.nextMatch(node, -1, 0, node);
      if (next !== -1) return setLast({ text, tree, node: next });
    }
    for (const { nextMatch, tree } of [...sides.slice(at + 1), ...sides.slice(0, at + 1)]) {
      const node = nextMatch(direction === 1 ? -1 : tree.length, direction, 0, tree.length);
      if (node !== -1) return setLast({ text, tree, node });
    }
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
