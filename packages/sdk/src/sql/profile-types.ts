import { checkScope } from '../questions/check.ts';
import type { ProfileTypesQuestion } from '../questions/questions.ts';
import { buildContext, samplingOf, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { isCpu, KIND } from './kind.ts';
import { sampleSource, withClause } from './source.ts';

/**
 * The kinds of profile in scope, the one that a question without a profile type is answered with
 * first. Of the ways in which a sample can belong to a span's process, for each type the best that
 * found any.
 */
export function profileTypesQuery(
  question: ProfileTypesQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  const parameters = new Parameters();
  const sampling = samplingOf(question, context);
  const source = sampleSource(scope, { sampling }, parameters, context);
  const query = `${withClause(source)}SELECT profileType, unit, samples, total${source.isSampled ? ', sampled' : ''}
FROM (
  SELECT
    ${KIND} AS kind,
    toString(any(ProfileType)) AS profileType,
    toString(any(Unit)) AS unit,
    ${source.processBy} AS processBy,
    min(processBy) OVER (PARTITION BY profileType) AS best,
    ${source.samples} AS samples,
    toString(${source.weight}) AS total,${source.isSampled ? `\n    toString(${source.sampled}) AS sampled,` : ''}
    ${isCpu('profileType')} AS cpu
  FROM ${source.relation}
  GROUP BY kind, processBy
)
WHERE processBy = best
ORDER BY cpu DESC, samples DESC, profileType DESC, unit DESC`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSON',
    plan: source.plan,
  };
}
