import type {
  FlamegraphAnswer,
  ListAnswer,
  ProfileTypeSummary,
  ServiceSummary,
  SpanSampleCount,
  TopFunctionsAnswer,
} from './answers.ts';
import { ask, type SettingsOption } from './clients/ask.ts';
import type { ProfileClient } from './clients/profile-client.ts';
import type { QueryLimits } from './questions/limits.ts';
import type {
  FlamegraphQuestion,
  ProfileTypesQuestion,
  ServicesQuestion,
  SpanSampleCountsQuestion,
  TopFunctionsQuestion,
} from './questions/questions.ts';
import type { BuildOptions } from './sql/build-context.ts';
import type { BuiltQuery } from './sql/built-query.ts';
import { flamegraphQuery } from './sql/flamegraph.ts';
import { profileTypesQuery } from './sql/profile-types.ts';
import { DEFAULT_SERVICES, servicesQuery } from './sql/services.ts';
import { spanSampleCountsQuery } from './sql/span-sample-counts.ts';
import { DEFAULT_TABLES, quoteTables } from './sql/tables.ts';
import { topFunctionsQuery } from './sql/top-functions.ts';
import { parseFlamegraph } from './wire/flamegraph.ts';
import { parseProfileTypes, parseServices, parseSpanSampleCounts } from './wire/summaries.ts';
import { parseTopFunctions } from './wire/top-functions.ts';

/** `limits` are those of every question; each question can have its own. */
export interface ProfilesOptions extends BuildOptions {
  readonly client: ProfileClient;
  readonly settings?: SettingsOption;
}

/** How one question is asked. */
export interface AskingOptions {
  /** Ends the query, on the server too. */
  readonly signal?: AbortSignal;
  /** On top of the limits given to `createProfiles`. */
  readonly limits?: QueryLimits;
  /** The query's id in ClickHouse's `system.query_log`. */
  readonly queryId?: string;
}

/** Questions about the profiles in a ClickHouse. Each rejects with a `ProfileQueryError`. */
export interface Profiles {
  /** Which data is asked, for the keys of query caches: client, database and tables as a text. */
  readonly key: string;
  /** Stacks with their weights. */
  flamegraph(question: FlamegraphQuestion, options?: AskingOptions): Promise<FlamegraphAnswer>;
  /** The heaviest functions, over all places where they occur. */
  topFunctions(
    question: TopFunctionsQuestion,
    options?: AskingOptions,
  ): Promise<TopFunctionsAnswer>;
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

export function createProfiles({
  client,
  database,
  tables,
  limits: ownLimits,
  settings,
}: ProfilesOptions): Profiles {
  const quoted = quoteTables(database, tables);

  async function answer<Question, Parsed>(
    build: (question: Question, options: BuildOptions) => BuiltQuery,
    parse: (text: string) => Parsed,
    question: Question,
    { signal, queryId, limits: furtherLimits }: AskingOptions = {},
  ) {
    const limits = { ...ownLimits, ...furtherLimits };
    const query = build(question, { database, tables, limits });
    const { parsed, stats } = await ask(client, query, parse, {
      signal,
      queryId,
      limits,
      settings,
    });
    const table = tables?.[query.table] ?? DEFAULT_TABLES[query.table];
    return { parsed, stats: { table, ...stats } };
  }

  return {
    key: [client.key, ...Object.values(quoted)].join(' '),
    async flamegraph(question, options) {
      const { parsed, stats } = await answer(flamegraphQuery, parseFlamegraph, question, options);
      return { ...parsed, stats };
    },
    async topFunctions(question, options) {
      const { parsed, stats } = await answer(
        topFunctionsQuery,
        parseTopFunctions,
        question,
        options,
      );
      return { ...parsed, stats };
    },
    async profileTypes(question, options) {
      const { parsed, stats } = await answer(
        profileTypesQuery,
        parseProfileTypes,
        question,
        options,
      );
      return { items: parsed, complete: true, stats };
    },
    async services(question, options) {
      const limit = question.limit ?? DEFAULT_SERVICES;
      const { parsed, stats } = await answer(servicesQuery, parseServices, question, options);
      return { items: parsed.slice(0, limit), complete: parsed.length <= limit, stats };
    },
    async spanSampleCounts(question, options) {
      const { parsed, stats } = await answer(
        spanSampleCountsQuery,
        parseSpanSampleCounts,
        question,
        options,
      );
      return { items: parsed, complete: true, stats };
    },
  };
}
