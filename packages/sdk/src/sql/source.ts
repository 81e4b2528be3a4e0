import {
  isLinked,
  planStacks,
  SAMPLED_ONE_IN,
  type Plan,
  type Sampling,
  type StackTableName,
} from '../plan/plan.ts';
import type { CheckedScope } from '../questions/checked-scope.ts';
import type { Linkage } from '../questions/scope.ts';
import type { BuildContext } from './build-context.ts';
import { eventsIn, type HappenedEvents } from './events.ts';
import { atFunctionLevel } from './function-level.ts';
import { labelColumns, labelNames, presenceIn } from './labels.ts';
import type { Parameters } from './parameters.ts';
import { processSource } from './process-source.ts';
import { spansBelow } from './spans-below.ts';
import { stackConditions } from './stack-conditions.ts';
import { traceWindow } from './trace-window.ts';
import { hasRows, scopeConditions, timeConditions, whereAll } from './where.ts';

/**
 * The samples of a scope as a relation that every question aggregates: columns `ProfileType`,
 * `Unit`, `StackId` if asked for, and the expressions below. A question does not know which tables
 * it reads, or whether its samples are linked or estimated.
 */
export interface SampleSource {
  readonly linkage: Linkage;
  /** Entries for the query's `WITH`, in order. */
  readonly withs: readonly string[];
  /** A subquery. */
  readonly relation: string;
  /** Aggregates: the weight (Int128: a fleet's year of nanoseconds is more than 64 bits hold) … */
  readonly weight: string;
  /** … the samples behind it (Float64) … */
  readonly samples: string;
  /** … those of them that are spread evenly over their collection window (Float64) … */
  readonly spreadSamples: string;
  /**
   * … and, where these are estimated from a part of the rows, the variance of the weight and how many
   * samples were seen (Array(Float64), else empty).
   */
  readonly sampled: string;
  /** Whether a sample of the rows answers, in part at least. */
  readonly isSampled: boolean;
  /** How a sample was found to belong to the span's process; 0 for linked samples. */
  readonly processBy: string;
  /** How many spans could not be placed in the trace (UInt64). */
  readonly unplacedSpans: string;
  /** Start, end (Unix nanoseconds) and service of the span whose process was asked about, if any. */
  readonly spanTexts: string;
  /** How many columns `label1`, `label2`, … there are. */
  readonly labelCount: number;
  /** Which tables answer. */
  readonly plan: Plan;
}

/** What a question wants to know of its samples besides their kind and weight. */
export interface Wanted {
  /** Stacks that differ in functions only, or in lines too; none if left out. */
  readonly stacks?: 'function' | 'line';
  /** Keys of labels, whose values are in the columns `label1`, `label2`, … */
  readonly labels?: readonly string[];
  /** Further columns, by name; a rollup's `Timestamp` is the start of its bucket. */
  readonly columns?: (table: StackTableName) => Readonly<Record<string, string>>;
  /** Length of the buckets of time that the answer has. */
  readonly bucketMs?: number;
  /** Whether a sample of the rows will do. */
  readonly sampling?: Sampling;
  /** Tables that have been chosen already. */
  readonly plan?: Plan<StackTableName>;
  /** Further conditions on all tables. */
  readonly conditions?: readonly string[];
}

export function sampleSource(
  scope: CheckedScope,
  wanted: Wanted,
  parameters: Parameters,
  context: BuildContext,
): SampleSource {
  return scope.linkage === 'estimated'
    ? processSource(scope, wanted, parameters, context)
    : linkedSource(scope, wanted, parameters, context);
}

function linkedSource(
  scope: CheckedScope,
  wanted: Wanted,
  parameters: Parameters,
  context: BuildContext,
): SampleSource {
  const { tables, catalog } = context;
  const plan =
    wanted.plan ??
    planStacks(scope, catalog, {
      lines: wanted.stacks === 'line',
      bucketMs: wanted.bucketMs,
      sampling: wanted.sampling,
      labels: wanted.labels,
    });
  const shared = linkedConditions(scope, parameters, context);
  const isSampled = plan.pieces.some(({ table }) => table === 'sampled25');
  const { labels = [] } = wanted;
  const presences: string[] = [];
  const happened = scope.happened && eventsIn(scope.happened, parameters);

  const rowsOf = (table: StackTableName): string => {
    const inScope = [
      ...timeConditions(
        plan.pieces.filter((piece) => piece.table === table),
        hasRows(table) ? 'rows' : 'buckets',
        parameters,
      ),
      ...scopeConditions(scope, table, parameters),
    ];
    const conditions = [...shared.conditions, ...inScope, ...(wanted.conditions ?? [])];
    // A trace has few rows.
    const presence = isLinked(scope)
      ? undefined
      : presenceIn(table, tables[table], inScope, parameters, presences);
    const columns = {
      ProfileType: 'ProfileType',
      Unit: 'Unit',
      ...(wanted.stacks === undefined ? {} : { StackId: "CAST(StackId, 'UInt64')" }),
      ...wanted.columns?.(table),
      ...(happened ? columnsOf(happened) : weightColumns(table, isSampled)),
      ...labelColumns(labels, table, parameters, presence),
    };
    if (happened) conditions.push(`(notEmpty(Events) OR ${happened.undated})`);
    const list = Object.entries(columns).map(([name, column]) => `${column} AS \`${name}\``);
    return `SELECT ${list.join(', ')} FROM ${tables[table]} AS stored${whereAll(conditions)}`;
  };

  const used = new Set(plan.pieces.map(({ table }) => table));
  // Of a plan without pieces something has to be asked all the same: that nothing was found.
  if (used.size === 0) used.add('profiles');
  const source = (relations: readonly string[]): SampleSource => ({
    linkage: 'linked',
    withs: [...shared.withs, ...presences],
    relation: `(${relations.join('\nUNION ALL ')})`,
    weight: 'sum(Value)',
    samples: 'sum(Count)',
    spreadSamples: 'toFloat64(0)',
    sampled: isSampled ? '[sum(Variance), sum(Seen)]' : 'emptyArrayFloat64()',
    isSampled,
    processBy: 'toUInt8(0)',
    unplacedSpans: scope.includeChildren ? 'spans.2' : 'toUInt64(0)',
    spanTexts: 'emptyArrayString()',
    labelCount: labels.length,
    plan,
  });
  const relations = new Map([...used].map((table) => [table, rowsOf(table)]));
  const rows = relations.get('profiles');
  if (wanted.stacks !== 'function' || rows === undefined || !catalog.functionStacks) {
    return source([...relations.values()]);
  }
  const looksUpAll = labels.length > 0 && catalog.smallDictionaries;
  const byLines = atFunctionLevel(source([rows]), tables, looksUpAll);
  relations.delete('profiles');
  const others = [...relations.values()];
  if (others.length === 0) return byLines;
  const columns = ['ProfileType', 'Unit', 'StackId', 'Value', 'Count'];
  if (isSampled) columns.push('Variance', 'Seen');
  columns.push(...labelNames(labels.length));
  const union = source([...others, `SELECT ${columns.join(', ')} FROM ${byLines.relation}`]);
  return { ...union, withs: byLines.withs };
}

function linkedConditions(
  scope: CheckedScope,
  parameters: Parameters,
  { tables, limits, catalog }: BuildContext,
): { withs: string[]; conditions: string[] } {
  const withs: string[] = [];
  const conditions: string[] = [];
  const { traceId, spanId } = scope;
  let inTime: readonly string[] = [];
  if (traceId !== undefined) {
    if (catalog.traceTimes) {
      const { spans, samples } = traceWindow(traceId, parameters, tables, limits);
      withs.push(...samples.withs);
      conditions.push(...samples.conditions);
      inTime = spans.conditions;
    }
    conditions.push(`TraceId = ${parameters.bind('traceId', 'String', traceId)}`);
  }
  if (traceId !== undefined && spanId !== undefined && scope.includeChildren) {
    const { maxSpans, maxSpanDepth } = limits;
    const most = { maxSpans, maxSpanDepth };
    withs.push(spansBelow(traceId, spanId, parameters, tables.traces, most, inTime));
    conditions.push('SpanId IN (SELECT arrayJoin(spans.1))');
  } else if (spanId !== undefined) {
    conditions.push(`SpanId = ${parameters.bind('spanId', 'String', spanId)}`);
  }
  const ofStacks = stackConditions(scope, parameters, tables);
  return {
    withs: [...withs, ...ofStacks.withs],
    conditions: [...conditions, ...ofStacks.conditions],
  };
}

/**
 * Weight and samples of a row. One in 25 of the rows stands for all of them: each counts 25 times,
 * and adds w² × (1 - p) / p² with p = 1/25 to the variance of the sum. That is Horvitz and
 * Thompson's estimator where each row is drawn by itself (Poisson sampling).
 */
function weightColumns(table: StackTableName, isSampled: boolean): Record<string, string> {
  const times = table === 'sampled25' ? SAMPLED_ONE_IN : 1;
  const factor = times === 1 ? '' : ` * ${times}`;
  const perSquare = times * (times - 1);
  return {
    Value: `toInt128(stored.Value)${factor}`,
    Count: `toFloat64(stored.Count)${factor}`,
    ...(isSampled && {
      Variance: `pow(toFloat64(stored.Value), 2) * ${perSquare}`,
      Seen: 'toFloat64(stored.Count)',
    }),
  };
}

/** Weight and samples of a row as far as they happened in a time; and its `Events` in that time. */
function columnsOf({ events }: HappenedEvents): Record<string, string> {
  return {
    Events: events,
    Value: 'if(empty(stored.EventOffsets), toInt128(stored.Value), arraySum(Events.2))',
    Count: 'toFloat64(if(empty(stored.EventOffsets), stored.Count, length(Events)))',
  };
}

/** `WITH …`, if the source needs one. */
export function withClause(source: SampleSource): string {
  return source.withs.length === 0 ? '' : `WITH\n${source.withs.join(',\n')}\n`;
}
