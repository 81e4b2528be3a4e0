import type { ListAnswer, OpenRange, QueryStats } from './answers.ts';
import { ask, askInParts, untilAborted, type AskOptions, type WireStats } from './clients/ask.ts';
import { cacheSettings } from './clients/query-cache.ts';
import { KnownCatalog } from './clients/known-catalog.ts';
import { checkSettings } from './clients/settings.ts';
import { inside, type Interval } from './plan/intervals.ts';
import { timeOfRows, type Plan } from './plan/plan.ts';
import type { Answers, AskingOptions, ProfilesOptions } from './profiles.ts';
import { checkQuestion, checkScope } from './questions/check.ts';
import { mergeLimits, withDefaultLimits } from './questions/limits.ts';
import type { ProfileScope } from './questions/scope.ts';
import { buildContext, type BuildOptions } from './sql/build-context.ts';
import type { BuiltQuery } from './sql/built-query.ts';
import { facetsQuery } from './sql/facets.ts';
import { flamegraphQuery, stackCounts } from './sql/flamegraph.ts';
import { heatmapQuery } from './sql/heatmap.ts';
import { profileTypesQuery } from './sql/profile-types.ts';
import { parseRowEstimate, rowEstimateQuery } from './sql/row-estimate.ts';
import { DEFAULT_SERVICES, servicesQuery } from './sql/services.ts';
import { spanSampleCountsQuery } from './sql/span-sample-counts.ts';
import { tableNames } from './sql/tables.ts';
import { timelineQuery } from './sql/timeline.ts';
import { findFunctionsQuery, topFunctionsQuery } from './sql/top-functions.ts';
import { isOfTrace, traceFlamegraphQuery } from './sql/trace-flamegraph.ts';
import { parseTraceWindow, traceWindowQuery } from './sql/trace-window.ts';
import { parseFacets } from './wire/facets.ts';
import { readFlamegraph } from './wire/flamegraph.ts';
import { parseHeatmap, parseTimeline } from './wire/timeline.ts';
import { parseProfileTypes, parseServices, parseSpanSampleCounts } from './wire/summaries.ts';
import { parseTopFunctions } from './wire/top-functions.ts';
import { traceRows } from './wire/trace-rows.ts';

/** What asks and reads: the queries, and the way from what a server sends to answers. */
export function createAnswers({
  client,
  database,
  tables,
  limits: ownLimits,
  settings,
  queryCache,
}: ProfilesOptions): Answers {
  const names = tableNames(tables);
  const known = new KnownCatalog(client, { database, tables, settings });

  function answer<Question extends ProfileScope, Parsed>(
    build: (question: Question, options: BuildOptions) => BuiltQuery,
    parse: (text: string) => Parsed,
    question: Question,
    options?: AskingOptions,
  ): Promise<Answered<Parsed>> {
    return answerTo(
      build,
      (query, askOptions) => ask(client, query, parse, askOptions),
      question,
      options,
    );
  }

  /**
   * Finds the query for a question; `send` sends it and reads what comes back. Meanwhile it is found
   * out what is missing of the answer.
   */
  async function answerTo<Question extends ProfileScope, Parsed>(
    build: (question: Question, options: BuildOptions) => BuiltQuery,
    send: (
      query: BuiltQuery,
      options: AskOptions,
      plan: Promise<Plan>,
    ) => Promise<{ parsed: Parsed; stats: WireStats }>,
    question: Question,
    { signal, queryId, limits: furtherLimits }: AskingOptions = {},
  ): Promise<Answered<Parsed>> {
    const limits = mergeLimits(ownLimits, furtherLimits);
    const options = { signal, limits, settings };
    // Before anything is sent: it may be a question that can't be asked.
    checkSettings(options);
    build(question, { database, tables, limits });
    const catalog = await untilAborted(signal, () => known.get());
    const inDatabase = { database, tables, limits, catalog, batched: client.byLine };
    let query = build(question, inDatabase);
    const spared = build(question, { ...inDatabase, sampled: true });
    if (timeOfRows(spared.plan) < timeOfRows(query.plan)) {
      const estimate = rowEstimateQuery(question, query.plan, inDatabase);
      const { parsed: rows } = await ask(client, estimate, parseRowEstimate, options);
      if (rows > withDefaultLimits(limits).maxExactRows) query = spared;
    }
    const cache = cacheSettings(queryCache, question.timeRange);
    // Of two queries, one that fails ends the other: nobody is left to read its answer.
    const failed = new AbortController();
    const signals = signal ? [signal, failed.signal] : [failed.signal];
    const together = { ...options, signal: AbortSignal.any(signals) };
    try {
      const planned = planOfTrace(question, query.plan, inDatabase, together);
      const sent = send(query, { ...together, queryId, cache }, planned);
      const [{ parsed, stats }, plan] = await Promise.all([sent, planned]);
      return withPlan(parsed, stats, plan);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  }

  /**
   * Of what has expired, a trace misses what is of its own time. When that was is asked only where
   * it matters, and beside the question itself, which does not wait for it.
   */
  async function planOfTrace(
    question: ProfileScope,
    plan: Plan,
    inDatabase: BuildOptions,
    options: AskOptions,
  ): Promise<Plan> {
    if (plan.expired.length === 0) return plan;
    const context = buildContext(inDatabase);
    const { traceId } = checkScope(question, context.limits);
    if (traceId === undefined || !context.catalog.traceTimes) return plan;
    const query = traceWindowQuery(traceId, context);
    const { parsed: bounds } = await ask(client, query, parseTraceWindow, options);
    return bounds ? { ...plan, expired: inside(plan.expired, bounds) } : plan;
  }

  function withPlan<Parsed>(
    parsed: Parsed,
    stats: WireStats,
    { pieces, expired }: Plan,
  ): Answered<Parsed> {
    return {
      parsed,
      expired: expired.map(openRange),
      stats: {
        ...stats,
        tables: pieces.map((piece) => ({ table: names[piece.table], ...openRange(piece) })),
      },
    };
  }

  /** The answer to a question about one kind of profile. */
  async function whole<Question extends ProfileScope, Parsed extends { complete: boolean }>(
    ...asked: Parameters<typeof answer<Question, Parsed>>
  ) {
    return finished(await answer(...asked));
  }

  async function list<Question extends ProfileScope, Item>(
    limit: number,
    ...asked: Parameters<typeof answer<Question, Item[]>>
  ): Promise<ListAnswer<Item>> {
    const { parsed, expired, stats } = await answer(...asked);
    return {
      items: parsed.slice(0, limit),
      sampled: stats.tables.some(({ table }) => table === names.sampled25),
      complete: parsed.length <= limit && expired.length === 0,
      expired,
      stats,
    };
  }

  return {
    async flamegraph(question, { reader, onPartial, onProgress, ...options } = {}) {
      const { signal } = options;
      checkQuestion(question);
      const { maxStacks } = stackCounts(question);
      let { queryId } = options;
      if (isOfTrace(question)) {
        const rowsOf = (text: string) => traceRows(text, question);
        const { parsed: rows, ...answered } = await answer(
          traceFlamegraphQuery,
          rowsOf,
          question,
          options,
        );
        if (rows !== undefined) {
          const parsed = await readFlamegraph(only(rows), { reader, maxStacks, signal });
          return finished({ parsed, ...answered });
        }
        // ClickHouse may not have forgotten the first query yet, and refuses another of the same id.
        queryId &&= `${queryId}-2`;
      }
      return finished(
        await answerTo(
          flamegraphQuery,
          (query, askOptions, planned) =>
            askInParts(
              client,
              query,
              async (text, stats) => {
                const plan = await planned;
                return readFlamegraph(text, {
                  ...{ reader, maxStacks, signal, onProgress },
                  onPartial:
                    onPartial &&
                    ((parsed, share) =>
                      onPartial(finished(withPlan(parsed, stats(), plan)), share)),
                });
              },
              askOptions,
            ),
          question,
          { ...options, queryId },
        ),
      );
    },
    topFunctions: (question, options) =>
      whole(topFunctionsQuery, parseTopFunctions, question, options),
    findFunctions: (question, options) =>
      whole(findFunctionsQuery, parseTopFunctions, question, options),
    timeline: (question, options) =>
      whole(timelineQuery, (text) => parseTimeline(text, question), question, options),
    heatmap: (question, options) =>
      whole(heatmapQuery, (text) => parseHeatmap(text, question), question, options),
    async facets(question, options) {
      const { parsed, expired, stats } = await answer(
        facetsQuery,
        (text) => parseFacets(text, question),
        question,
        options,
      );
      const complete = parsed.complete && expired.length === 0;
      return { items: parsed.items, complete, expired, stats };
    },
    profileTypes: (question, options) =>
      list(Infinity, profileTypesQuery, parseProfileTypes, question, options),
    services(question, options) {
      checkQuestion(question);
      const { limit = DEFAULT_SERVICES } = question;
      return list(limit, servicesQuery, parseServices, question, options);
    },
    spanSampleCounts: (question, options) =>
      list(Infinity, spanSampleCountsQuery, parseSpanSampleCounts, question, options),
  };
}

/** An answer with what is known of it apart from what was sent. */
interface Answered<Parsed> {
  readonly parsed: Parsed;
  readonly expired: OpenRange[];
  readonly stats: QueryStats;
}

function finished<Parsed extends { complete: boolean }>({
  parsed,
  expired,
  stats,
}: Answered<Parsed>) {
  return { ...parsed, complete: parsed.complete && expired.length === 0, expired, stats };
}

/** Text that is there already. */
async function* only(text: string): AsyncGenerator<string> {
  yield text;
}

function openRange({ from, to }: Interval): OpenRange {
  return {
    from: from === -Infinity ? undefined : new Date(from),
    to: to === Infinity ? undefined : new Date(to),
  };
}
