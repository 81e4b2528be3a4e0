import { checkCount, checkScope } from '../questions/check.ts';
import type { TopFunctionsQuestion } from '../questions/questions.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { headTexts } from './head.ts';
import { Parameters } from './parameters.ts';
import { sampleSource } from './source.ts';
import { chosenType, stackWeights } from './weights.ts';

const DEFAULT_FUNCTIONS = 100;
const MOST_FUNCTIONS = 100_000;

/**
 * The heaviest functions over ALL stacks in scope (no stack is left out), in the form that
 * `parseTopFunctions` reads.
 *
 * A function is a name with its file and mapping; a frame without a name is told apart by its
 * address. It may be in a stack several times, at several lines, so frames become functions before
 * a stack counts, and each stack counts a function once:
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
  const sortBy = question.sortBy === 'total' ? 'total' : 'self';
  const unknownStacks = `length(sums.1) - (SELECT uniqExact(StackId) FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(weights.1)))`;
  const query = `WITH
${[...source.withs, chosenType(source)].join(',\n')},
(
  SELECT (groupArray(StackId), groupArray(weight), groupArray(samples), sum(weight), sum(samples), sum(spread))
  FROM (${stackWeights(source)})
) AS weights
SELECT part, self, total, selfSamples, totalSamples, texts
FROM (
  SELECT
    0 AS part, 0 AS place,
    toInt128(0) AS self, ifNull(sums.4, 0) AS total,
    toFloat64(0) AS selfSamples, ifNull(sums.5, 0) AS totalSamples,
    ${headTexts(source, unknownStacks, 'ifNull(sums.6, 0)')} AS texts
  FROM (SELECT weights AS sums)
  UNION ALL
  SELECT
    1, rowNumberInAllBlocks(),
    self, total, selfSamples, totalSamples,
    [name, file, mapping, kind, if(name = '', toString(address), ''), toString(functions)]
  FROM (
    SELECT
      any(name) AS name, any(file) AS file, any(mapping) AS mapping, any(kind) AS kind, any(address) AS address,
      sumIf(weight, leaf) AS self, sum(weight) AS total,
      sumIf(samples, leaf) AS selfSamples, sum(samples) AS totalSamples,
      count() OVER () AS functions
    FROM (
      SELECT
        any(weight) AS weight, any(samples) AS samples, max(place = 1) AS leaf, function,
        any(name) AS name, any(file) AS file, any(mapping) AS mapping, any(kind) AS kind, any(address) AS address
      FROM (
        SELECT StackId, weight, samples, FrameId, place
        FROM (
          SELECT StackId, weight, samples
          FROM (SELECT weights AS of) ARRAY JOIN of.1 AS StackId, of.2 AS weight, of.3 AS samples
        ) AS weighed
        INNER ANY JOIN (
          SELECT StackId, FrameIds FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(weights.1))
        ) AS known USING StackId
        ARRAY JOIN FrameIds AS FrameId, arrayEnumerate(FrameIds) AS place
      ) AS occurrences
      LEFT ANY JOIN (
        SELECT
          FrameId,
          FunctionName AS name, toString(FileName) AS file, toString(MappingName) AS mapping, toString(Kind) AS kind,
          if(name = '', Address, 0) AS address,
          sipHash128(name, if(name = '', '', file), mapping, address) AS function
        FROM ${frames}
        WHERE FrameId IN (
          SELECT arrayJoin(FrameIds) FROM ${stacks} WHERE StackId IN (SELECT arrayJoin(weights.1))
        )
      ) AS described USING FrameId
      GROUP BY StackId, function
    )
    GROUP BY function
    ORDER BY ${sortBy} DESC, ${sortBy === 'self' ? 'total' : 'self'} DESC, name, file, mapping, address
    LIMIT ${parameters.bind('limit', 'UInt32', limit)}
  )
)
ORDER BY part, place`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONCompactEachRow',
    table: source.table,
  };
}
