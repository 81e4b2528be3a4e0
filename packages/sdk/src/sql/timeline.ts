import type { StackTableName } from '../plan/plan.ts';
import { checkScope, invalid } from '../questions/check.ts';
import type { TimelineQuestion } from '../questions/questions.ts';
import { timelineLayout } from '../questions/time-layout.ts';
import { buildContext, samplingOf, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { headTexts, scalarHead } from './head.ts';
import { Parameters } from './parameters.ts';
import { sampleSource, type SampleSource } from './source.ts';
import { weighedScalar, IDS, SAMPLES, WEIGHTS } from './weights.ts';
import { hasRows } from './where.ts';

/** Weight by bucket of time, in the form that `parseTimeline` reads. */
export function timelineQuery(question: TimelineQuestion, options: BuildOptions = {}): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  if (scope.linkage === 'estimated') {
    throw invalid('linkage', 'A timeline is of samples that are linked, or of all in a scope.');
  }
  if (scope.happened) {
    throw invalid('timeBy', 'A timeline is by collection.', 'Leave it out, or ask for a heatmap.');
  }
  const { fromMs, bucketMs } = timelineLayout(question);
  const parameters = new Parameters();
  const from = parameters.bind('begin', 'Int64', String(fromMs));
  const length = parameters.bind('bucketMs', 'Int64', String(bucketMs));
  const columns = (table: StackTableName) => ({
    Bucket: `toUInt64(intDiv(${
      hasRows(table)
        ? 'toUnixTimestamp64Milli(stored.Timestamp)'
        : 'toInt64(toUnixTimestamp(stored.Timestamp)) * 1000'
    } - ${from}, ${length}))`,
  });
  const sampling = samplingOf(question, context);
  const source = sampleSource(scope, { columns, bucketMs, sampling }, parameters, context);
  return {
    query: bucketQuery(source),
    query_params: parameters.values,
    format: 'JSONCompact',
    plan: source.plan,
  };
}

/** Weight by the column `Bucket` of the source: the head, then `[1, bucket, weight, samples, []]`. */
export function bucketQuery(source: SampleSource): string {
  return `WITH
${[...source.withs, weighedScalar(source, 'Bucket')].join(',\n')}
SELECT part, bucket, weight, samples, texts
FROM (
  SELECT
    0 AS part, toUInt64(0) AS bucket, head.4 AS weight, head.5 AS samples,
    ${headTexts(source, 'head')} AS texts
  FROM (SELECT weighed AS kept, ${scalarHead('kept')} AS head)
  UNION ALL
  SELECT 1, bucket, weight, samples, emptyArrayString()
  FROM (SELECT weighed AS kept)
  ARRAY JOIN kept.${IDS} AS bucket, kept.${WEIGHTS} AS weight, kept.${SAMPLES} AS samples
)
ORDER BY part, bucket`;
}
