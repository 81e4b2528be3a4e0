import { useDeferredValue, useEffect, useMemo } from 'react';
import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { codeOf, useCodeState } from '../later/code.ts';

export interface FrameSearch {
  readonly isMatch: (node: NodeIndex) => boolean;
  /** Part of the whole profile whose samples pass through a match; recursion counts once. */
  readonly share: number;
  readonly matchedNodes: number;
  /** Something is written as a regular expression and is none; it was looked for as text. */
  readonly hasBrokenExpression: boolean;
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
  const isFrame = useMemo(
    () => (code && deferred !== '' ? code.findFrames(tree.frames, deferred) : null),
    [code, tree.frames, deferred],
  );
  const search = useMemo(
    () => (code && isFrame ? code.weigh(tree, isFrame, deferred) : null),
    [code, tree, isFrame, deferred],
  );
  return { search, error };
}
