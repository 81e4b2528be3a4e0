import type { Linkage, ProfileScope } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';
import { processSource } from './process-source.ts';
import { spansBelow } from './spans-below.ts';
import type { BuildContext } from './build-context.ts';
import type { TableNames } from './tables.ts';
import { attributeConditions, timeConditions, whereAll } from './where.ts';

/**
 * The samples of a scope as a relation that every question aggregates: columns `ProfileType`,
 * `Unit`, `StackId`, and the expressions below. A question does not know which table it reads, or
 * whether its samples are linked or estimated.
 */
export interface SampleSource {
  readonly linkage: Linkage;
  /** Entries for the query's `WITH`, in order. */
  readonly withs: readonly string[];
  /** A table, or a subquery. */
  readonly relation: string;
  readonly conditions: readonly string[];
  /** Aggregates: the weight (Int128: a fleet's year of nanoseconds is more than 64 bits hold) … */
  readonly weight: string;
  /** … the samples behind it (Float64) … */
  readonly samples: string;
  /** … and those of them that are spread evenly over their collection window (Float64). */
  readonly spreadSamples: string;
  /** How a sample was found to belong to the span's process; 0 for linked samples. */
  readonly processBy: string;
  /** How many spans could not be placed in the trace (UInt64). */
  readonly unplacedSpans: string;
  /** Start, end (Unix nanoseconds) and service of the span whose process was asked about, if any. */
  readonly spanTexts: string;
  /** The table that answers. */
  readonly table: keyof TableNames;
}

export function sampleSource(
  scope: ProfileScope,
  parameters: Parameters,
  context: BuildContext,
): SampleSource {
  return scope.linkage === 'estimated'
    ? processSource(scope, parameters, context)
    : linkedSource(scope, parameters, context);
}

function linkedSource(
  scope: ProfileScope,
  parameters: Parameters,
  { tables, limits }: BuildContext,
): SampleSource {
  const conditions: string[] = [];
  const withs: string[] = [];
  const { traceId, spanId } = scope;
  if (traceId !== undefined) {
    conditions.push(`TraceId = ${parameters.bind('traceId', 'String', traceId)}`);
  }
  if (traceId !== undefined && spanId !== undefined && scope.includeChildren) {
    withs.push(
      spansBelow(traceId, spanId, parameters, tables.traces, {
        maxSpans: limits.maxSpans,
        maxSpanDepth: limits.maxSpanDepth,
      }),
    );
    conditions.push('SpanId IN (SELECT arrayJoin(spans.1))');
  } else if (spanId !== undefined) {
    conditions.push(`SpanId = ${parameters.bind('spanId', 'String', spanId)}`);
  }
  conditions.push(
    ...timeConditions(scope, 'Timestamp', parameters),
    ...attributeConditions(scope, parameters),
  );
  return {
    linkage: 'linked',
    withs,
    relation: tables.profiles,
    conditions,
    weight: 'sum(toInt128(Value))',
    samples: 'toFloat64(sum(Count))',
    spreadSamples: 'toFloat64(0)',
    processBy: 'toUInt8(0)',
    unplacedSpans: scope.includeChildren ? 'spans.2' : 'toUInt64(0)',
    spanTexts: 'emptyArrayString()',
    table: 'profiles',
  };
}

/** `WITH …`, if the source needs one. */
export function withClause(source: SampleSource): string {
  return source.withs.length === 0 ? '' : `WITH\n${source.withs.join(',\n')}\n`;
}

/** `FROM … WHERE …` over the samples in scope, and `further` conditions. */
export function fromSource(source: SampleSource, ...further: readonly string[]): string {
  return `FROM ${source.relation}${whereAll([...source.conditions, ...further])}`;
}
