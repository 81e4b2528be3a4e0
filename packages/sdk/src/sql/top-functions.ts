import { checkCount, checkScope } from '../questions/check.ts';
import type { TopFunctionsQuestion } from '../questions/questions.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { headTexts, headTuple } from './head.ts';
import { Parameters } from './parameters.ts';
import { sampleSource } from './source.ts';
import { heaviestStacks } from './weights.ts';

const DEFAULT_FUNCTIONS = 100;
const MOST_FUNCTIONS = 100_000;

/**
 * The heaviest functions over ALL stacks in scope (no stack is left out), in the form that
 * `parseTopFunctions` reads.
 *
 * A function is a name with its file and mapping; a frame without a name is told apart by its
 * address. A function has many frames, one for each line, and may be in a stack several times. So
 * each frame is replaced by its function, named by the least of the function's frame ids, and each
 * stack counts a function once:
 *
 *     main → walk:10 → walk:12     30 ms     walk: self 30, total 30 (not 60)
 */
export function topFunctionsQuery(
  question: TopFunctionsQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  const limit = checkCount(question.limit, 'limit', {
    most: MOST_FUNCTIONS,
    otherwise: DEFAULT_FUNCTIONS,
  });
  const parameters = new Parameters();
  const source = sampleSource(scope, parameters, context);
  const { stacks, frames } = context.tables;
  const [first, second] = question.sortBy === 'total' ? ['total', 'self'] : ['self', 'total'];
  const known = `SELECT StackId, FrameIds FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(heaviest.9))`;
  const query = `WITH
${[...source.withs, heaviestStacks(source)].join(',\n')},
(
  SELECT (groupArray(FrameId), groupArray(function))
  FROM (
    SELECT DISTINCT
      FrameId,
      min(FrameId) OVER (
        PARTITION BY FunctionName, MappingName, if(FunctionName = '', '', FileName), if(FunctionName = '', Address, 0)
      ) AS function
    FROM ${frames}
    WHERE FrameId IN (SELECT arrayJoin(FrameIds) FROM (${known}))
  )
) AS functions
SELECT part, self, total, selfSamples, totalSamples, texts
FROM (
  SELECT
    0 AS part, 0 AS place,
    toInt128(0) AS self, head.4 AS total,
    toFloat64(0) AS selfSamples, head.5 AS totalSamples,
    ${headTexts(source, 'head', `head.6 - (SELECT uniqExact(StackId) FROM (${known}))`)} AS texts
  FROM (SELECT heaviest AS kept, ${headTuple('kept')} AS head)
  UNION ALL
  SELECT
    1, place, self, total, selfSamples, totalSamples,
    [FunctionName, FileName, MappingName, Kind, if(FunctionName = '', toString(Address), ''), toString(functionCount)]
  FROM (
    SELECT *, row_number() OVER (ORDER BY ${first} DESC, ${second} DESC, function) AS place
    FROM (
      SELECT
        function,
        sumIf(weight, function = leaf) AS self, sum(weight) AS total,
        sumIf(samples, function = leaf) AS selfSamples, sum(samples) AS totalSamples,
        count() OVER () AS functionCount
      FROM (
        SELECT weight, samples, arrayMap(frame -> transform(frame, functions.1, functions.2, frame), FrameIds) AS path, path[1] AS leaf
        FROM (
          SELECT StackId, weight, samples
          FROM (SELECT heaviest AS kept) ARRAY JOIN kept.9 AS StackId, kept.10 AS weight, kept.11 AS samples
        ) AS weighed
        INNER ANY JOIN (${known}) AS known USING StackId
      )
      ARRAY JOIN arrayDistinct(path) AS function
      GROUP BY function
    )
    ORDER BY place
    LIMIT ${parameters.bind('limit', 'UInt32', limit)}
  ) AS counted
  LEFT ANY JOIN (
    SELECT FrameId, FunctionName, FileName, MappingName, Kind, Address
    FROM ${frames} WHERE FrameId IN (SELECT arrayJoin(functions.2))
  ) AS described ON described.FrameId = counted.function
)
ORDER BY part, place`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONCompactEachRow',
    table: source.table,
  };
}
