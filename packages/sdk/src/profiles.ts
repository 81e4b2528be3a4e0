import type {
  Facet,
  FlamegraphAnswer,
  HeatmapAnswer,
  ListAnswer,
  ProfileTypeSummary,
  ServiceSummary,
  SpanSampleCount,
  TimelineAnswer,
  TopFunctionsAnswer,
} from './answers.ts';
import type { SettingsOption } from './clients/settings.ts';
import type { QueryCacheOptions } from './clients/query-cache.ts';
import type { ProfileClient } from './clients/profile-client.ts';
import { ProfileQueryError } from './errors/profile-query-error.ts';
import type { QueryLimits } from './questions/limits.ts';
import type {
  FacetsQuestion,
  FindFunctionsQuestion,
  FlamegraphQuestion,
  HeatmapQuestion,
  ProfileTypesQuestion,
  ServicesQuestion,
  SpanSampleCountsQuestion,
  TimelineQuestion,
  TopFunctionsQuestion,
} from './questions/questions.ts';
import type { BuildOptions } from './sql/build-context.ts';
import type { StackReader } from './wire/flamegraph.ts';

/** `limits` are those of every question; each question can have its own. */
export interface ProfilesOptions extends Omit<BuildOptions, 'catalog' | 'sampled' | 'batched'> {
  readonly client: ProfileClient;
  readonly settings?: SettingsOption;
  /** Lets the server keep answers about times that are over. Default: it keeps none. */
  readonly queryCache?: QueryCacheOptions;
}

/** How one question is asked. */
export interface AskingOptions {
  /** Ends the query, on the server too. */
  readonly signal?: AbortSignal;
  /** On top of the limits given to `createProfiles`. */
  readonly limits?: QueryLimits;
  /**
   * The query's id in ClickHouse's `system.query_log`. A trace with very many stacks is asked for
   * again, as `<id>-2`.
   */
  readonly queryId?: string;
}

/** How stacks are asked for: their answer may be long, and is read as it comes. */
export interface FlamegraphOptions extends AskingOptions {
  /** Reads the answer: an engine, in its worker. In place, in short slices, if not said. */
  readonly reader?: StackReader;
  /**
   * Given what there is so far, while the rest is on its way: at most four times a second, and not
   * at all where everything comes at once. Its totals are those of the whole; what has not come yet
   * counts as left out. `share` is how much of the stacks is there.
   */
  readonly onPartial?: (partial: FlamegraphAnswer, share: number) => void;
  /** Told more often what share of the stacks is there. */
  readonly onProgress?: (share: number) => void;
}

/** Questions about the profiles in a ClickHouse. Each rejects with a `ProfileQueryError`. */
export interface Profiles {
  /** Which data is asked, for the keys of query caches: client, database and tables as a text. */
  readonly key: string;
  /** Stacks with their weights. */
  flamegraph(question: FlamegraphQuestion, options?: FlamegraphOptions): Promise<FlamegraphAnswer>;
  /** The heaviest functions, over all places where they occur. */
  topFunctions(
    question: TopFunctionsQuestion,
    options?: AskingOptions,
  ): Promise<TopFunctionsAnswer>;
  /** The heaviest functions whose name contains a text; `total` and `samples` are of the scope. */
  findFunctions(
    question: FindFunctionsQuestion,
    options?: AskingOptions,
  ): Promise<TopFunctionsAnswer>;
  /** Weight over time. */
  timeline(question: TimelineQuestion, options?: AskingOptions): Promise<TimelineAnswer>;
  /** Events by second and part of a second. */
  heatmap(question: HeatmapQuestion, options?: AskingOptions): Promise<HeatmapAnswer>;
  /** Attributes and their values, the most frequent first. */
  facets(question: FacetsQuestion, options?: AskingOptions): Promise<ListAnswer<Facet>>;
  /** Kinds of profile, the one that an answer would choose first. */
  profileTypes(
    question: ProfileTypesQuestion,
    options?: AskingOptions,
  ): Promise<ListAnswer<ProfileTypeSummary>>;
  /** Services, the one with the most samples first. */
  services(
    question: ServicesQuestion,
    options?: AskingOptions,
  ): Promise<ListAnswer<ServiceSummary>>;
  /** Spans of a trace that have samples of their own, the one with the most first. */
  spanSampleCounts(
    question: SpanSampleCountsQuestion,
    options?: AskingOptions,
  ): Promise<ListAnswer<SpanSampleCount>>;
}

/** The questions, without the name that they are known by. */
export type Answers = Omit<Profiles, 'key'>;

/**
 * Questions to a ClickHouse. What builds and reads the queries is loaded with the first question, so
 * that a page has it only once somebody looks at a profile.
 */
export function createProfiles(options: ProfilesOptions): Profiles {
  const { client, database = '', tables = {} } = options;
  let loading: Promise<Answers> | undefined;
  const answers = () =>
    (loading ??= import('./create-answers.ts').then(
      ({ createAnswers }) => createAnswers(options),
      (cause: unknown) => {
        // Perhaps the network was away: the next question tries again.
        loading = undefined;
        throw new ProfileQueryError('network', 'The code that asks could not be fetched.', {
          cause,
        });
      },
    ));
  return {
    key: [client.key, database, JSON.stringify(tables)].join(' '),
    flamegraph: async (...asked) => (await answers()).flamegraph(...asked),
    topFunctions: async (...asked) => (await answers()).topFunctions(...asked),
    findFunctions: async (...asked) => (await answers()).findFunctions(...asked),
    timeline: async (...asked) => (await answers()).timeline(...asked),
    heatmap: async (...asked) => (await answers()).heatmap(...asked),
    facets: async (...asked) => (await answers()).facets(...asked),
    profileTypes: async (...asked) => (await answers()).profileTypes(...asked),
    services: async (...asked) => (await answers()).services(...asked),
    spanSampleCounts: async (...asked) => (await answers()).spanSampleCounts(...asked),
  };
}
