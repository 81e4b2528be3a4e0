import { useMemo } from 'react';
import type { FrameKey, StackTable } from '@hyperflame/calltree';
import type { Facet, FacetsQuestion, FlamegraphAnswer, FlamegraphQuestion } from '@hyperflame/sdk';
import { functionOfKey } from '../frames/functionOfKey.ts';
import { useFacets, useFlamegraph } from '../query/hooks.ts';
import { scopeOf } from '../query/scopeOf.ts';

/** Labels listed of a function; the values of each are listed by the inspector. */
const MOST_LABELS = 12;

/** The samples of one function with their lines, which are asked for. */
export interface AskedLines {
  /** Undefined until they are there. */
  readonly stacks: StackTable | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

interface AskedDetails {
  /** Undefined where lines are known without asking. */
  readonly askedLines: AskedLines | undefined;
  readonly labels: readonly Facet[] | undefined;
  /** Asks for labels again; where they could not be loaded. */
  readonly retryLabels: (() => void) | undefined;
}

/**
 * Asks what an inspector tells beyond the picture: the lines of a function and the labels of its
 * samples. An empty key asks nothing: most pictures are looked at without.
 */
export function useAskedDetails(
  question: FlamegraphQuestion,
  { profileType, linkage }: FlamegraphAnswer,
  pivot: FrameKey,
): AskedDetails {
  const containing = useMemo(() => (pivot === '' ? undefined : functionOfKey(pivot)), [pivot]);
  const byLine = useMemo<FlamegraphQuestion>(
    () => ({
      ...question,
      profileType,
      // A host may have asked for stacks with another function: those with both are among these.
      containing: question.containing ?? containing,
      granularity: 'line',
      groupBy: undefined,
      // What was skipped are stacks of the whole profile, not of this function.
      skipStacks: undefined,
    }),
    [question, profileType, containing],
  );
  const ofFunction = useMemo<FacetsQuestion>(
    () => ({ ...scopeOf(question), profileType, containing, maxKeys: MOST_LABELS }),
    [question, profileType, containing],
  );
  const enabled = containing !== undefined;
  const asksLines = enabled && question.granularity !== 'line';
  const lines = useFlamegraph(byLine, { enabled: asksLines });
  // Facets are of rows, and which rows an estimate takes is not known before it is made; nor can they be
  // of two functions at once.
  const asksLabels = enabled && linkage === 'linked' && question.containing === undefined;
  const labels = useFacets(ofFunction, { enabled: asksLabels });
  const askedLines = {
    // Those that stay until others have come are of another function.
    stacks: lines.isPlaceholderData ? undefined : lines.data?.stacks,
    error: lines.error,
    retry: () => void lines.refetch(),
  };
  return {
    askedLines: asksLines ? askedLines : undefined,
    labels: labels.data?.items,
    retryLabels: labels.isError && !labels.data ? () => void labels.refetch() : undefined,
  };
}
