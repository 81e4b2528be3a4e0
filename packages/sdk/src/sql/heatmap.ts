import { checkQuestion, checkScope, invalid } from '../questions/check.ts';
import { bySampleTime } from '../questions/checked-scope.ts';
import type { HeatmapQuestion } from '../questions/questions.ts';
import { heatmapLayout } from '../questions/time-layout.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { sampleSource, type SampleSource } from './source.ts';
import { bucketQuery } from './timeline.ts';

/** The bucket of samples without a time of their own. */
export const UNDATED = 2 ** 32;

/**
 * Events by part of a second, in the form that `parseHeatmap` reads: cell `n` is the `n`-th part
 * since the first second. Rows without event times are counted as undated where their window begins.
 */
export function heatmapQuery(question: HeatmapQuestion, options: BuildOptions = {}): BuiltQuery {
  const context = buildContext(options);
  checkQuestion(question);
  const scope = checkScope({ ...question, timeBy: 'collection' }, context.limits);
  const layout = heatmapLayout(question);
  if (scope.linkage === 'estimated') {
    throw invalid('linkage', 'A heatmap is of samples that are linked, or of all in a scope.');
  }
  const parameters = new Parameters();
  const bind = (name: string, value: number) => parameters.bind(name, 'Int64', String(value));
  const first = bind('first', layout.fromMs);
  const rowMs = bind('rowMs', layout.rowMs);
  const rows = sampleSource(
    { ...scope, ...bySampleTime(question.timeRange, context.limits) },
    {},
    parameters,
    context,
  );
  const source: SampleSource = {
    ...rows,
    relation: `(
  SELECT ProfileType, Unit, event.1 AS Bucket, event.2 AS Value, event.3 AS Count, event.4 AS Spread
  FROM (
    SELECT
      ProfileType, Unit,
      if(
        empty(Events), [(toUInt64(${UNDATED}), toInt128(0), toFloat64(0), Count)],
        arrayMap(
          event -> (toUInt64(intDiv(event.1 - ${first}, ${rowMs})), event.2, toFloat64(1), toFloat64(0)),
          Events
        )
      ) AS placed
    FROM ${rows.relation}
  )
  ARRAY JOIN placed AS event
)`,
    spreadSamples: 'sum(Spread)',
  };
  return {
    query: bucketQuery(source),
    query_params: parameters.values,
    format: 'JSONCompact',
    plan: rows.plan,
  };
}
