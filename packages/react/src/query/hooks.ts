import { useContext } from 'react';
import { hashKey, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type {
  Facet,
  FacetsQuestion,
  FlamegraphAnswer,
  FlamegraphQuestion,
  HeatmapAnswer,
  HeatmapQuestion,
  ListAnswer,
  ProfileTypesQuestion,
  ProfileTypeSummary,
  ServicesQuestion,
  ServiceSummary,
  SpanSampleCount,
  SpanSampleCountsQuestion,
  TimelineAnswer,
  TimelineQuestion,
  TopFunctionsAnswer,
  TopFunctionsQuestion,
} from '@hyperflame/sdk';
import { EngineContext } from '../engine/EngineContext.ts';
import { showingParts, usePartialAnswer, type PartialFlamegraph } from './partialAnswers.ts';
import { useProfiles, useProfilesQueryClient } from './ProfilesContext.ts';
import { profileQueries, type profileKeys } from './queries.ts';

type FlamegraphKey = ReturnType<typeof profileKeys.flamegraph>;

export interface AskOptions {
  /** False asks nothing for now. True if not said. */
  enabled?: boolean;
}

/** An answer, and what there is of it while it is on its way. */
export type FlamegraphResult = UseQueryResult<FlamegraphAnswer> & {
  readonly partial: PartialFlamegraph | undefined;
};

/**
 * The samples in scope as distinct stacks; `useCallTree` makes a tree of them. While another type of
 * profile of the same scope, another part of its tree, or the same by label is on its way, the last
 * one stays (`isPlaceholderData`). Of a large answer there is a `partial` one, with exact totals,
 * until `data` is there.
 */
export function useFlamegraph(
  question: FlamegraphQuestion,
  { enabled = true }: AskOptions = {},
): FlamegraphResult {
  const profiles = useProfiles();
  const client = useQueryClient(useProfilesQueryClient());
  const engine = useContext(EngineContext);
  const options = profileQueries.flamegraph(profiles, question);
  const hash = hashKey(options.queryKey);
  const result = useQuery(
    {
      ...options,
      queryFn: ({ signal }) =>
        showingParts(client, hash, signal, (onPartial) =>
          profiles.flamegraph(question, { signal, reader: engine(), onPartial }),
        ),
      enabled,
      placeholderData: (last, query) =>
        query && sameButForPart(query.queryKey, options.queryKey) ? last : undefined,
    },
    client,
  );
  const partial = usePartialAnswer(client, hash);
  const isWanted = result.isFetching && (result.data === undefined || result.isPlaceholderData);
  return { ...result, partial: isWanted ? partial : undefined };
}

/** Asked of the same connection, about the same samples: what differs is what is shown of them. */
function sameButForPart(one: FlamegraphKey, other: FlamegraphKey): boolean {
  const whole = ([root, connection, kind, question]: FlamegraphKey) => {
    const samples = { ...question, profileType: undefined, under: undefined, groupBy: undefined };
    return hashKey([root, connection, kind, samples]);
  };
  return whole(one) === whole(other);
}

/** The heaviest functions, summed up by the server. */
export function useTopFunctions(
  question: TopFunctionsQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<TopFunctionsAnswer> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.topFunctions(useProfiles(), question), enabled }, client);
}

/** Which kinds of profile there are in scope. */
export function useProfileTypes(
  question: ProfileTypesQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<ListAnswer<ProfileTypeSummary>> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.profileTypes(useProfiles(), question), enabled }, client);
}

/** Which services have samples in scope. */
export function useServices(
  question: ServicesQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<ListAnswer<ServiceSummary>> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.services(useProfiles(), question), enabled }, client);
}

/** Which spans of a trace have samples of their own, and how many. */
export function useSpanSampleCounts(
  question: SpanSampleCountsQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<ListAnswer<SpanSampleCount>> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.spanSampleCounts(useProfiles(), question), enabled }, client);
}

/** Weight over time, bucket by bucket. */
export function useTimeline(
  question: TimelineQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<TimelineAnswer> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.timeline(useProfiles(), question), enabled }, client);
}

/** When events happened: by second, and by part of the second. */
export function useHeatmap(
  question: HeatmapQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<HeatmapAnswer> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.heatmap(useProfiles(), question), enabled }, client);
}

/** Which attributes the samples in scope have, with their most frequent values. */
export function useFacets(
  question: FacetsQuestion,
  { enabled = true }: AskOptions = {},
): UseQueryResult<ListAnswer<Facet>> {
  const client = useProfilesQueryClient();
  return useQuery({ ...profileQueries.facets(useProfiles(), question), enabled }, client);
}
