import { checkChoice, checkCount, checkQuestion, checkScope, invalid } from '../questions/check.ts';
import type { FindFunctionsQuestion, TopFunctionsQuestion } from '../questions/questions.ts';
import { buildContext, samplingOf, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { functionSource } from './function-source.ts';
import { headTexts, scalarHead } from './head.ts';
import { Parameters } from './parameters.ts';
import { whereAll } from './where.ts';

const DEFAULT_FUNCTIONS = 100;
const MOST_FUNCTIONS = 100_000;

/**
 * The heaviest functions over ALL stacks in scope (no stack is left out), in the form that
 * `parseTopFunctions` reads.
 */
export function topFunctionsQuery(
  question: TopFunctionsQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  return functionsQuery(question, options, ['self', 'total']);
}

/** The heaviest functions whose name contains a text, in the form of {@link topFunctionsQuery}. */
export function findFunctionsQuery(
  question: FindFunctionsQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  checkQuestion(question);
  const { text } = question;
  if (typeof text !== 'string' || text === '') {
    throw invalid('text', 'There is nothing to look for.');
  }
  return functionsQuery(question, options, ['total', 'self'], text);
}

/** @param sortings the first is taken where the question does not say */
function functionsQuery(
  question: TopFunctionsQuestion,
  options: BuildOptions,
  sortings: readonly ['self' | 'total', 'self' | 'total'],
  text?: string,
): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  const limit = checkCount(question.limit, 'limit', {
    most: MOST_FUNCTIONS,
    otherwise: DEFAULT_FUNCTIONS,
  });
  const first = checkChoice(question.sortBy, 'sortBy', sortings);
  const second = first === 'total' ? 'self' : 'total';
  const parameters = new Parameters();
  const source = functionSource(scope, samplingOf(question, context), parameters, context);
  const { frames } = context.tables;
  const found =
    text === undefined
      ? []
      : [
          `function IN (SELECT FrameId FROM ${frames} WHERE positionCaseInsensitiveUTF8(FunctionName, ${parameters.bind('text', 'String', text)}) > 0)`,
        ];
  const query = `WITH
${source.withs.join(',\n')},
(
  SELECT groupArray((function, self, total, selfSamples, totalSamples, functionCount))
  FROM (
    SELECT
      function, sum(self) AS self, sum(total) AS total,
      sum(selfSamples) AS selfSamples, sum(totalSamples) AS totalSamples,
      count() OVER () AS functionCount
    FROM (
      ${source.relations.join('\n      UNION ALL ')}
    )${whereAll(found)}
    GROUP BY function
    ORDER BY abs(${first}) DESC, abs(${second}) DESC, function
    LIMIT ${parameters.bind('limit', 'UInt32', limit)}
  )
) AS ranked
SELECT part, self, total, selfSamples, totalSamples, texts
FROM (
  SELECT
    0 AS part, toUInt32(0) AS place,
    toInt128(0) AS self, head.4 AS total,
    toFloat64(0) AS selfSamples, head.5 AS totalSamples,
    ${headTexts(source.whole, 'head', { stacks: source.unknownStacks })} AS texts
  FROM (SELECT weighed AS kept, ${scalarHead('kept')} AS head)
  UNION ALL
  SELECT
    1, place, counted.2, counted.3, counted.4, counted.5,
    [FunctionName, FileName, MappingName, Kind, if(FunctionName = '', toString(Address), ''), toString(counted.6)]
  FROM (
    SELECT counted, place, counted.1 AS FrameId
    FROM (SELECT ranked AS list) ARRAY JOIN list AS counted, arrayEnumerate(list) AS place
  ) AS placed
  LEFT ANY JOIN (
    SELECT FrameId, FunctionName, FileName, MappingName, Kind, Address
    FROM ${frames} WHERE FrameId IN (SELECT arrayJoin(ranked.1))
  ) AS described USING FrameId
)
ORDER BY part, place`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONCompact',
    plan: source.plan,
  };
}
