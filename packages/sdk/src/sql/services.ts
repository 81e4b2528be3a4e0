import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { checkCount, checkScope } from '../questions/check.ts';
import type { ServicesQuestion } from '../questions/questions.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { KIND } from './weights.ts';
import { fromSource, sampleSource, withClause } from './source.ts';

export const DEFAULT_SERVICES = 1_000;
const MOST_SERVICES = 100_000;

/**
 * The services in scope, the one with the most samples first; a row for each profile type of each.
 * One service more than the limit is asked for, which tells whether there are more.
 */
export function servicesQuery(question: ServicesQuestion, options: BuildOptions = {}): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  if (scope.linkage === 'estimated') {
    throw new ProfileQueryError(
      'invalid-question',
      'linkage: An estimate is about one process; there are no services to list.',
      { field: 'linkage' },
    );
  }
  const limit = checkCount(question.limit, 'limit', {
    most: MOST_SERVICES,
    otherwise: DEFAULT_SERVICES,
  });
  const parameters = new Parameters();
  const source = sampleSource(scope, parameters, context);
  const query = `${withClause(source)}SELECT name, profileType, unit, samples, total, firstSeen, lastSeen
FROM (
  SELECT *, dense_rank() OVER (ORDER BY allSamples DESC, name) AS place
  FROM (
    SELECT *, sum(samples) OVER (PARTITION BY name) AS allSamples
    FROM (
      SELECT
        xxHash64(ServiceName) AS service,
        ${KIND} AS kind,
        toString(any(ServiceName)) AS name,
        toString(any(ProfileType)) AS profileType,
        toString(any(Unit)) AS unit,
        ${source.samples} AS samples,
        toString(${source.weight}) AS total,
        toUnixTimestamp64Milli(min(Timestamp)) AS firstSeen,
        toUnixTimestamp64Milli(max(Timestamp)) AS lastSeen
      ${fromSource(source)}
      GROUP BY service, kind
    )
  )
)
WHERE place <= ${parameters.bind('limit', 'UInt32', limit + 1)}
ORDER BY place, samples DESC, profileType, unit`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSONEachRow',
    table: source.table,
  };
}
