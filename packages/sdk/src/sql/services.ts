import { ProfileQueryError } from '../errors/profile-query-error.ts';
import type { StackTableName } from '../plan/plan.ts';
import { checkCount, checkScope } from '../questions/check.ts';
import type { ServicesQuestion } from '../questions/questions.ts';
import { buildContext, samplingOf, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { KIND } from './kind.ts';
import { hasRows } from './where.ts';
import { sampleSource, withClause } from './source.ts';

export const DEFAULT_SERVICES = 1_000;
const MOST_SERVICES = 100_000;

/** Length of a bucket less one millisecond: the last time that it may hold. */
const LAST_IN_BUCKET = {
  rollup1m: 60_000 - 1,
  rollup1h: 3_600_000 - 1,
  rollup1d: 86_400_000 - 1,
};

/** Service, and the first and last time (Unix ms) at which the windows of a row may have begun. */
function seenColumns(table: StackTableName) {
  const first = hasRows(table)
    ? 'toUnixTimestamp64Milli(Timestamp)'
    : 'toInt64(toUnixTimestamp(Timestamp)) * 1000';
  const length = hasRows(table) ? 0 : LAST_IN_BUCKET[table];
  return { ServiceName: 'ServiceName', First: first, Last: `${first} + ${length}` };
}

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
  const sampling = samplingOf(question, context);
  const source = sampleSource(scope, { columns: seenColumns, sampling }, parameters, context);
  const query = `${withClause(source)}SELECT name, profileType, unit, samples, total, firstSeen, lastSeen${source.isSampled ? ', sampled' : ''}
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
        toString(${source.weight}) AS total,${source.isSampled ? `\n        toString(${source.sampled}) AS sampled,` : ''}
        min(First) AS firstSeen,
        max(Last) AS lastSeen
      FROM ${source.relation}
      GROUP BY service, kind
    )
  )
)
WHERE place <= ${parameters.bind('limit', 'UInt32', limit + 1)}
ORDER BY place, samples DESC, profileType, unit`;
  return {
    query,
    query_params: parameters.values,
    format: 'JSON',
    plan: source.plan,
  };
}
