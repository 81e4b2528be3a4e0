import { checkGranularity, checkScope, grouping } from '../questions/check.ts';
import type { FlamegraphQuestion } from '../questions/questions.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { stackCounts } from './flamegraph.ts';
import { Parameters } from './parameters.ts';
import { sampleSource } from './source.ts';
import { weights } from './weights.ts';

/** Traces with more stacks than this are asked for with `flamegraphQuery`, which codes them. */
export const MOST_TRACE_STACKS = 2_000;

/**
 * Whether the question is about a trace, and all of its stacks: then there is little to code. A part
 * of them would be another one here, where stacks that differ in lines are not one yet.
 */
export function isOfTrace(question: FlamegraphQuestion): boolean {
  const { maxStacks, skipStacks } = stackCounts(question);
  const isLinked = question.traceId !== undefined || question.spanId !== undefined;
  return isLinked && skipStacks === 0 && maxStacks >= MOST_TRACE_STACKS;
}

/**
 * The stacks of a trace as they are stored, for `traceRows` to choose from and to code: one row
 * `[weights, stacks, frames, linkage, unplaced spans, span]`.
 *
 * To draw a span, ClickHouse reads a few thousand rows, which takes it a few milliseconds. To
 * analyse `flamegraphQuery` takes it 35, whatever there is to read. So what a query can leave to its
 * reader is left out of this one. Stacks of one more than `MOST_TRACE_STACKS` say that there are too
 * many of them.
 */
export function traceFlamegraphQuery(
  question: FlamegraphQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  stackCounts(question);
  checkGranularity(question);
  const parameters = new Parameters();
  // Whoever reads the stacks merges those that differ in lines only, which is faster than to look
  // each of them up once more.
  const { labels } = grouping(question);
  const source = sampleSource(scope, { stacks: 'line', labels }, parameters, context);
  const { stacks, frames } = context.tables;
  const most = parameters.bind('mostStacks', 'UInt32', MOST_TRACE_STACKS + 1);
  const query = `WITH
${[...source.withs, ''].join(',\n')}(
  SELECT groupArray((id, type, unit, processBy, toString(weight), samples, spread${source.labelCount > 0 ? ', labels' : ''}))
  FROM (SELECT * FROM ${weights(source, 'StackId')} LIMIT ${most})
) AS sums,
(
  SELECT groupArray((StackId, FrameIds)) FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(sums.1))
) AS known
SELECT
  sums, known,
  groupArray((FrameId, FunctionName, FileName, MappingName, Kind, toString(Address), Line)),
  '${source.linkage}', ${source.unplacedSpans}, ${source.spanTexts}
FROM ${frames}
WHERE FrameId IN (SELECT arrayJoin(arrayFlatten(known.2)))`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONCompact',
    plan: source.plan,
  };
}
