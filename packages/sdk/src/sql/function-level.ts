import { labelNames } from './labels.ts';
import type { SampleSource } from './source.ts';
import type { QuotedTables } from './tables.ts';
import { weights } from './weights.ts';

/**
 * The same samples with their stacks at function level, where the rows name stacks by lines.
 *
 *     main:12 → work:40   30 ms  ┐
 *     main:12 → work:41   10 ms  ┴▶   main → work   40 ms
 *
 * Rows are summed up by their own stack first, so that each stack is looked up once, and as a scalar,
 * so that rows are read once and only the stacks that occur are looked up. One that does not know
 * its function-level stack stays as it is.
 *
 * @param looksUpAll whether to look up all stacks there are: a scalar that has most of them, and each
 * once for each pod or thread, takes ClickHouse seconds
 */
export function atFunctionLevel(
  source: SampleSource,
  { stacks }: QuotedTables,
  looksUpAll = false,
): SampleSource {
  const sums = ['id', 'type', 'unit', 'processBy', 'weight', 'samples', 'spread'];
  if (source.isSampled) sums.push('sampled');
  if (source.labelCount > 0) sums.push('labels');
  const summed = weights(source, 'StackId');
  const lines = `(
  SELECT groupArray((${sums.join(', ')}))
  FROM ${summed}
) AS lines`;
  const unpacked = sums.map((name, i) => `line.${i + 1} AS ${name}`).join(', ');
  const ofLabels = labelNames(source.labelCount).map((name, i) => `, labels[${i + 1}] AS ${name}`);
  return {
    ...source,
    withs: looksUpAll ? source.withs : [...source.withs, lines],
    relation: `(
  SELECT
    toLowCardinality(type) AS ProfileType, toLowCardinality(unit) AS Unit,
    if(known.FunctionStackId = 0, id, known.FunctionStackId) AS StackId,
    processBy AS ProcessBy, weight AS Value, samples AS Count, spread AS Spread${source.isSampled ? ', sampled[1] AS Variance, sampled[2] AS Seen' : ''}${ofLabels.join('')}
  FROM ${looksUpAll ? summed : `(SELECT arrayJoin(lines) AS line, ${unpacked})`} AS summed
  LEFT ANY JOIN (
    SELECT StackId AS id, FunctionStackId FROM ${stacks}${looksUpAll ? '' : ' WHERE StackId IN (SELECT arrayJoin(lines.1))'}
  ) AS known USING id
)`,
    weight: 'sum(Value)',
    samples: 'sum(Count)',
    spreadSamples: 'sum(Spread)',
    processBy: 'ProcessBy',
  };
}
