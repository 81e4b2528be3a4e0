import { useMemo, useState } from 'react';
import type { FlamegraphAnswer, FlamegraphQuestion, ProfileScope } from '@hyperflame/sdk';
import { useFacets } from '../query/hooks.ts';
import { scopeOf } from '../query/scopeOf.ts';
import type { AskedLabels } from '../transforms/AskedLabels.ts';

/** Collection windows that began this long before a span may have samples of it. */
const WINDOW_MS = 600_000;

/** The labels that the samples of an answer can be grouped by. */
export function useAskedLabels(
  question: FlamegraphQuestion,
  answer: FlamegraphAnswer,
): AskedLabels {
  const [isLooking, look] = useState(false);
  const { profileType, estimate } = answer;
  const asked = useMemo(
    () => (question.linkage === 'estimated' ? whileRunning(estimate) : scopeOf(question)),
    [question, estimate],
  );
  const { data, isFetching, isError } = useFacets(
    { ...asked, profileType, valuesPerKey: 1 },
    { enabled: isLooking && asked !== undefined },
  );
  const isAsking = isLooking && isFetching && !data;
  return { facets: data?.items, isAsking, hasFailed: isError && !isAsking && !data, look };
}

/** Which rows an estimate takes is not known before it is made; they are among these. */
function whileRunning(estimate: FlamegraphAnswer['estimate']): ProfileScope | undefined {
  const { service, from, to } = estimate ?? {};
  if (!service || !from || !to) return undefined;
  const timeRange = { from: new Date(from.getTime() - WINDOW_MS), to: new Date(to.getTime() + 1) };
  return { service, timeRange };
}
