import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { checkScope } from '../questions/check.ts';
import type { SpanSampleCountsQuestion } from '../questions/questions.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { isCpu } from './kind.ts';
import { Parameters } from './parameters.ts';
import { sampleSource, withClause } from './source.ts';

/**
 * The spans of a trace that have samples linked to them; a row for each profile type of each, in the
 * order in which `chosenKind` chooses.
 */
export function spanSampleCountsQuery(
  question: SpanSampleCountsQuestion,
  options: BuildOptions = {},
): BuiltQuery {
  const context = buildContext(options);
  const { traceId, timeRange } = checkScope(question, context.limits);
  if (traceId === undefined) {
    throw new ProfileQueryError('invalid-question', 'traceId: It is missing.', {
      field: 'traceId',
    });
  }
  const parameters = new Parameters();
  const source = sampleSource(
    { traceId, timeRange },
    { columns: () => ({ SpanId: 'SpanId' }), conditions: ["SpanId != ''"] },
    parameters,
    context,
  );
  const query = `${withClause(source)}SELECT
  SpanId AS name,
  toString(ProfileType) AS profileType,
  toString(Unit) AS unit,
  ${source.samples} AS samples,
  toString(${source.weight}) AS total
FROM ${source.relation}
GROUP BY name, profileType, unit
ORDER BY name, ${isCpu('profileType')} DESC, samples DESC, profileType DESC, unit DESC`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSON',
    plan: source.plan,
  };
}
