import { useMemo } from 'react';
import type { StackTable } from '@hyperflame/calltree';
import type { FlamegraphAnswer, FlamegraphQuestion, ProfileScope } from '@hyperflame/sdk';
import type { Messages } from '../messages/messages.ts';
import { describeScope } from '../panel/describeScope.ts';
import { useFlamegraph } from '../query/hooks.ts';

/** One of the two profiles of a diff: asked for, or here from the start. */
export interface Side {
  readonly question: FlamegraphQuestion;
  /** While it is still coming, what there is of it. */
  readonly answer: FlamegraphAnswer | undefined;
  /** How much of its stacks is there, from 0 to 1. */
  readonly share: number;
  readonly stacks: StackTable | undefined;
  readonly error: Error | null;
  /** Why there is no newer answer than the one that is shown. */
  readonly staleness: Error | null;
  readonly isEmpty: boolean;
  /** The type that the other side must have too; `undefined` where this one does not say. */
  readonly profileType: string | undefined;
  /** Whatever there is to know about this side is known. */
  readonly isKnown: boolean;
  readonly retry: () => void;
}

export function isStacks(source: ProfileScope | StackTable): source is StackTable {
  return 'stackOffset' in source;
}

function isEmptyTable({ weight, otherCount, otherWeight }: StackTable): boolean {
  return weight.length === 0 && otherCount === 0 && otherWeight === 0;
}

export function useSide(
  source: ProfileScope | StackTable,
  {
    profileType,
    granularity,
    exact,
    groupBy,
  }: Pick<FlamegraphQuestion, 'profileType' | 'granularity' | 'exact' | 'groupBy'>,
  enabled = true,
): Side {
  const given = isStacks(source) ? source : undefined;
  const question = useMemo<FlamegraphQuestion>(
    () =>
      isStacks(source)
        ? {}
        : {
            ...source,
            // A type that is there and says nothing is one that is left out.
            profileType: source.profileType || profileType,
            ...{ granularity, exact, groupBy },
          },
    [source, profileType, granularity, exact, groupBy],
  );
  const result = useFlamegraph(question, { enabled: enabled && given === undefined });
  const { partial } = result;
  // One that stays until another has come is of another question: the sides would not be of one.
  const answer = partial?.answer ?? (result.isPlaceholderData ? undefined : result.data);
  const stacks = given ?? answer?.stacks;
  return {
    question,
    answer,
    share: partial?.share ?? 1,
    stacks,
    error: answer ? null : result.error,
    staleness: answer ? result.error : null,
    isEmpty: stacks !== undefined && isEmptyTable(stacks),
    profileType: answer?.profileType || undefined,
    isKnown: stacks !== undefined,
    retry: () => void result.refetch(),
  };
}

export function describeSide(
  source: ProfileScope | StackTable,
  messages: Messages,
  locale: string | undefined,
): string {
  return isStacks(source) ? messages.givenStacks : describeScope(source, messages, locale);
}
