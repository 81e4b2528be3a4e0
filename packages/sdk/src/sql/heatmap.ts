import { planRows } from '../plan/plan.ts';
import { checkScope, invalid } from '../questions/check.ts';
import type { HeatmapQuestion } from '../questions/questions.ts';
import { heatmapLayout, windowsInto } from '../questions/time-layout.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { BuiltQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { sampleSource, type SampleSource } from './source.ts';
import { bucketQuery } from './timeline.ts';

/** The bucket of samples without a time of their own. */
export const UNDATED = 2 ** 32;

/**
 * Events by part of a second, in the form that `parseHeatmap` reads: cell `n` is the `n`-th part
 * since the first second.
 *
 *     window  |--e--e--------------e-|      Value 100 ms, 3 events
 *     range       [---------------------]
 *     counts     33 ms            34 ms
 *
 * An event weighs what its producer said, or an equal part of its row; the parts of a row add up to
 * the row. Rows without event times can't be placed: those whose window begins in the range are
 * counted as undated.
 */
export function heatmapQuery(question: HeatmapQuestion, options: BuildOptions = {}): BuiltQuery {
  const context = buildContext(options);
  const scope = checkScope(question, context.limits);
  const layout = heatmapLayout(question);
  if (scope.linkage === 'estimated') {
    throw invalid('linkage', 'A heatmap is of samples that are linked, or of all in a scope.');
  }
  const { from, to } = question.timeRange;
  const parameters = new Parameters();
  const bind = (name: string, value: number) => parameters.bind(name, 'Int64', String(value));
  const first = bind('first', layout.fromMs);
  const start = bind('start', from.getTime());
  const end = bind('end', to.getTime());
  const rowMs = bind('rowMs', layout.rowMs);
  const timeRange = windowsInto(question.timeRange, context.limits);
  const rows = sampleSource(
    { ...scope, timeRange },
    {
      columns: () => ({
        Began: 'toUnixTimestamp64Milli(stored.Timestamp)',
        Offsets: 'stored.EventOffsets',
        Values: 'stored.EventValues',
      }),
      plan: planRows({ timeRange }, context.catalog),
    },
    parameters,
    context,
  );
  const source: SampleSource = {
    ...rows,
    relation: `(
  SELECT ProfileType, Unit, event.1 AS Bucket, event.2 AS Value, event.3 AS Count, event.4 AS Spread
  FROM (
    SELECT
      ProfileType, Unit, length(Offsets) AS events,
      if(
        events = 0,
        if(Began >= ${start}, [(toUInt64(${UNDATED}), toInt128(0), toFloat64(0), Count)], []),
        arrayFilter(
          event -> event.1 != ${UNDATED},
          arrayMap(
            (offset, value, n) -> (
              if(
                Began + offset >= ${start} AND Began + offset < ${end},
                toUInt64(intDiv(Began + offset - ${first}, ${rowMs})), toUInt64(${UNDATED})
              ),
              if(empty(Values), intDiv(Value * n, toInt128(events)) - intDiv(Value * (n - 1), toInt128(events)), toInt128(value)),
              toFloat64(1), toFloat64(0)
            ),
            Offsets, arrayResize(Values, events), arrayEnumerate(Offsets)
          )
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
