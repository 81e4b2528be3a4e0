import { checkCount, checkScope } from '../questions/check.ts';
import type { FlamegraphQuestion } from '../questions/questions.ts';
import { buildContext, samplingOf, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { headTexts, headTuple } from './head.ts';
import { Parameters } from './parameters.ts';
import { sampleSource } from './source.ts';
import { heaviestStacks, IDS, SAMPLES, WEIGHTS } from './weights.ts';

export const DEFAULT_MAX_STACKS = 20_000;
const MOST_STACKS = 1_000_000;
const MOST_SKIPPED = 100_000_000;

/**
 * Stacks are sent in groups of this many, the heaviest group first, so that a reader can draw the
 * large part early; inside a group they are sorted by frames, which is what makes prefixes short.
 */
const STACKS_PER_GROUP = 5_000;

/**
 * The stacks in scope, in the form that `parseFlamegraph` reads (described there).
 *
 * One pass: weigh the stacks, keep the heaviest, fetch their frames, code them. The coding is array
 * functions over one row, in which frames get small numbers without a join:
 * `arrayEnumerateDenseRanked` numbers them in the order in which `arrayDistinct` lists them. Where no
 * stack is left after `skipStacks`, a row of rank 0 carries the head.
 */
export function flamegraphQuery(
  question: FlamegraphQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  const maxStacks = checkCount(question.maxStacks, 'maxStacks', {
    most: MOST_STACKS,
    otherwise: DEFAULT_MAX_STACKS,
  });
  const skipStacks = checkCount(question.skipStacks, 'skipStacks', {
    least: 0,
    most: MOST_SKIPPED,
    otherwise: 0,
  });
  const parameters = new Parameters();
  const { granularity = 'function' } = question;
  // A trace has few stacks. Whoever reads them merges those that differ in lines only, which is
  // faster than to look each of them up once more.
  const isOfTrace = scope.traceId !== undefined || scope.spanId !== undefined;
  const wanted = {
    stacks: isOfTrace ? 'line' : granularity,
    sampling: samplingOf(question, context),
  } as const;
  const source = sampleSource(scope, wanted, parameters, context);
  const { stacks, frames } = context.tables;
  const limit = parameters.bind('maxStacks', 'UInt32', maxStacks);
  const skip = skipStacks === 0 ? undefined : parameters.bind('skipStacks', 'UInt32', skipStacks);
  const query = `WITH
${[...source.withs, heaviestStacks(source, { by: 'StackId', limit, skip })].join(',\n')}
SELECT
  part,
  ${granularity === 'line' ? `if(part = 1, [Line], numbers)` : 'numbers'} AS numbers,
  weight,
  samples,
  if(part = 1, [FunctionName, FileName, MappingName, Kind, if(FunctionName = '', toString(Address), '')], texts) AS texts
FROM (
  SELECT row.1 AS part, row.2 AS FrameId, row.3 AS numbers, row.4 AS weight, row.5 AS samples, row.6 AS texts, place
  FROM (
    SELECT arrayConcat(
      [(0, toUInt64(0), emptyArrayUInt32(), head.4, head.5, ${headTexts(source, 'head', 'head.6')})],
      arrayMap(
        frame -> (1, frame, emptyArrayUInt32(), toInt128(0), toFloat64(0), emptyArrayString()),
        arrayDistinct(arrayFlatten(own))
      ),
      arrayMap(
        (shared, frames, weight, samples, stored) ->
          (if(stored, 2, 3), toUInt64(0), arrayPushFront(frames, shared), weight, samples, emptyArrayString()),
        sharedLength, arrayEnumerateDenseRanked(1, own, 2), sorted.3, sorted.4, sorted.5
      )
    ) AS rows
    FROM (
      SELECT
        head,
        sorted,
        sorted.2 AS paths,
        arrayPopBack(arrayPushFront(paths, [])) AS before,
        arrayMap((path, other) -> least(length(path), length(other)), paths, before) AS shorter,
        arrayMap(
          (path, other, n) -> arrayFirstIndex((a, b) -> a != b, arraySlice(path, 1, n), arraySlice(other, 1, n)),
          paths, before, shorter
        ) AS differsAt,
        arrayMap((at, n) -> toUInt32(if(at = 0, n, toUInt64(at - 1))), differsAt, shorter) AS sharedLength,
        arrayMap((path, n) -> arraySlice(path, n + 1), paths, sharedLength) AS own
      FROM (
        SELECT
          any(head) AS head,
          arraySort(groupArrayIf((intDiv(rank - 1, ${STACKS_PER_GROUP}), arrayReverse(FrameIds), weight, samples, stored), rank > 0)) AS sorted
        FROM (
          SELECT StackId, weight, samples, rank, ${headTuple('kept')} AS head
          FROM (SELECT heaviest AS kept)
          LEFT ARRAY JOIN kept.${IDS} AS StackId, kept.${WEIGHTS} AS weight, kept.${SAMPLES} AS samples, arrayEnumerate(kept.${IDS}) AS rank
        ) AS weighed
        LEFT ANY JOIN (
          SELECT StackId, FrameIds, 1 AS stored FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(heaviest.${IDS}))
        ) AS known USING StackId
      )
    )
  )
  ARRAY JOIN rows AS row, arrayEnumerate(rows) AS place
) AS coded
LEFT ANY JOIN (
  SELECT FrameId, FunctionName, FileName, MappingName, Kind, Line, Address
  FROM ${frames}
  WHERE FrameId IN (
    SELECT arrayJoin(FrameIds) FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(heaviest.${IDS}))
  )
) AS described USING FrameId
ORDER BY place`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONCompactEachRow',
    plan: source.plan,
  };
}
