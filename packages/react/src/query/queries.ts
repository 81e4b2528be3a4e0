import { queryOptions } from '@tanstack/react-query';
import {
  isProfileQueryError,
  type FacetsQuestion,
  type FlamegraphQuestion,
  type FunctionKey,
  type HeatmapQuestion,
  type Profiles,
  type ProfileScope,
  type ProfileTypesQuestion,
  type ServicesQuestion,
  type SpanSampleCountsQuestion,
  type TimelineQuestion,
  type FlamegraphOptions,
  type TopFunctionsQuestion,
} from '@hyperflame/sdk';

/**
 * Keys under which answers are kept. They hold the connection and the tables (`Profiles.key`) and
 * the question, never a client object: `profileKeys.all` is the one to invalidate everything by.
 */
export const profileKeys = {
  all: ['hyperflame'] as const,
  connection: (connection: string) => [...profileKeys.all, connection] as const,
  flamegraph: (connection: string, question: FlamegraphQuestion) =>
    [...profileKeys.connection(connection), 'flamegraph', inKey(question)] as const,
  topFunctions: (connection: string, question: TopFunctionsQuestion) =>
    [...profileKeys.connection(connection), 'topFunctions', inKey(question)] as const,
  profileTypes: (connection: string, question: ProfileTypesQuestion) =>
    [...profileKeys.connection(connection), 'profileTypes', inKey(question)] as const,
  services: (connection: string, question: ServicesQuestion) =>
    [...profileKeys.connection(connection), 'services', inKey(question)] as const,
  spanSampleCounts: (connection: string, question: SpanSampleCountsQuestion) =>
    [...profileKeys.connection(connection), 'spanSampleCounts', question] as const,
  timeline: (connection: string, question: TimelineQuestion) =>
    [...profileKeys.connection(connection), 'timeline', inKey(question)] as const,
  heatmap: (connection: string, question: HeatmapQuestion) =>
    [...profileKeys.connection(connection), 'heatmap', inKey(question)] as const,
  facets: (connection: string, question: FacetsQuestion) =>
    [...profileKeys.connection(connection), 'facets', inKey(question)] as const,
};

/** An address is a bigint, which the hash of a key cannot hold: there it is a text. */
function inKey<Question extends ProfileScope>(question: Question): Question {
  const { containing, under } = question;
  if (containing?.address === undefined && !under?.some(({ address }) => address !== undefined)) {
    return question;
  }
  const plain = (one: FunctionKey) => ({ ...one, address: String(one.address ?? 0) });
  const spelled = {
    ...question,
    containing: containing && plain(containing),
    under: under?.map(plain),
  };
  // Only ever compared, never asked.
  return spelled as unknown as Question;
}

/** Samples of a finished span no longer change, but late ones may still be on their way. */
const STALE_AFTER_MS = 30_000;

const common = {
  staleTime: STALE_AFTER_MS,
  // A question that was refused would be refused again; a connection may come back.
  retry: (failures: number, error: Error) =>
    failures < 1 && isProfileQueryError(error) && error.kind === 'network',
};

/** Options for `useQuery`, `prefetchQuery` and the like. */
export const profileQueries = {
  /** With an engine as `reader`, its worker has the stacks already when it is to make a tree of them. */
  flamegraph: (
    profiles: Profiles,
    question: FlamegraphQuestion,
    options?: Pick<FlamegraphOptions, 'reader'>,
  ) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.flamegraph(profiles.key, question),
      queryFn: ({ signal }) => profiles.flamegraph(question, { ...options, signal }),
      // Where there is nothing yet, the samples of a span that has just ended are on their way.
      staleTime: ({ state }) => (state.data?.samples === 0 ? 0 : STALE_AFTER_MS),
      // Comparing two stack tables value by value would take longer than drawing them.
      structuralSharing: false,
    }),
  topFunctions: (profiles: Profiles, question: TopFunctionsQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.topFunctions(profiles.key, question),
      queryFn: ({ signal }) => profiles.topFunctions(question, { signal }),
      // Addresses are bigints, which JSON, and so the comparison, does not know.
      structuralSharing: false,
    }),
  profileTypes: (profiles: Profiles, question: ProfileTypesQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.profileTypes(profiles.key, question),
      queryFn: ({ signal }) => profiles.profileTypes(question, { signal }),
    }),
  services: (profiles: Profiles, question: ServicesQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.services(profiles.key, question),
      queryFn: ({ signal }) => profiles.services(question, { signal }),
    }),
  spanSampleCounts: (profiles: Profiles, question: SpanSampleCountsQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.spanSampleCounts(profiles.key, question),
      queryFn: ({ signal }) => profiles.spanSampleCounts(question, { signal }),
    }),
  timeline: (profiles: Profiles, question: TimelineQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.timeline(profiles.key, question),
      queryFn: ({ signal }) => profiles.timeline(question, { signal }),
      structuralSharing: false,
    }),
  heatmap: (profiles: Profiles, question: HeatmapQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.heatmap(profiles.key, question),
      queryFn: ({ signal }) => profiles.heatmap(question, { signal }),
      structuralSharing: false,
    }),
  facets: (profiles: Profiles, question: FacetsQuestion) =>
    queryOptions({
      ...common,
      queryKey: profileKeys.facets(profiles.key, question),
      queryFn: ({ signal }) => profiles.facets(question, { signal }),
    }),
};
