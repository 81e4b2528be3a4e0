import { useDeferredValue, useEffect, useMemo } from 'react';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { codeOf, useCodeState } from '../later/code.ts';
import { useAnswer } from '../hooks/useAnswer.ts';
import type { Found } from './find.ts';
import { useFound } from './useFound.ts';

export interface FrameSearch {
  readonly tree: CallTree;
  readonly isMatch: (node: NodeIndex) => boolean;
  /** Whether any node matches from one on, as far as to another. */
  readonly hasMatch: (from: NodeIndex, until: NodeIndex) => boolean;
  /** The next match after a node, or before it, in such a part of the tree; goes round. -1 where none is. */
  readonly nextMatch: (
    node: NodeIndex,
    step: 1 | -1,
    from: NodeIndex,
    until: NodeIndex,
  ) => NodeIndex | -1;
  /** Part of the whole profile whose samples pass through a match; recursion counts once. */
  readonly share: number;
  readonly matchedNodes: number;
  readonly problem: Found['problem'];
}

/** Nothing is found before something is typed. */
const finding = /* @__PURE__ */ codeOf('search', () => import('./find.ts'));

export interface FrameSearching {
  /** `null` while nothing is searched for. */
  readonly search: FrameSearch | null;
  /** Why nothing can be searched for. */
  readonly error: Error | undefined;
}

/** What a search finds in a tree. */
export function useFrameSearch(tree: CallTree, query: string): FrameSearching {
  // Typing goes on while the last letter's answer is worked out.
  const deferred = useDeferredValue(query.trim());
  useEffect(() => {
    if (deferred !== '') finding.fetch();
  }, [deferred]);
  const { value: code, error } = useCodeState(finding);
  const { found, error: failed } = useFound(code?.find, tree.frames, deferred);
  const asked = useMemo(
    () => (code && found ? code.weigh(tree, found) : null),
    [code, tree, found],
  );
  const { value, error: unweighed } = useAnswer(asked);
  return { search: value?.tree === tree ? value : null, error: error ?? failed ?? unweighed };
}
