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
 */
export function atFunctionLevel(source: SampleSource, { stacks }: QuotedTables): SampleSource {
  const lines = `(
  SELECT groupArray((id, type, unit, processBy, weight, samples, spread, variance${source.isLabelled ? ', labels' : ''}))
  FROM ${weights(source, 'StackId')}
) AS lines`;
  return {
    ...source,
    withs: [...source.withs, lines],
    relation: `(
  SELECT
    toLowCardinality(line.2) AS ProfileType, toLowCardinality(line.3) AS Unit,
    if(known.FunctionStackId = 0, stack, known.FunctionStackId) AS StackId,
    line.4 AS ProcessBy, line.5 AS Value, line.6 AS Count, line.7 AS Spread, line.8 AS Variance${source.isLabelled ? ', line.9 AS labels' : ''}
  FROM (SELECT arrayJoin(lines) AS line, line.1 AS stack) AS summed
  LEFT ANY JOIN (
    SELECT StackId AS stack, FunctionStackId FROM ${stacks}
    WHERE StackId IN (SELECT arrayJoin(lines.1))
  ) AS known USING stack
)`,
    weight: 'sum(Value)',
    samples: 'sum(Count)',
    spreadSamples: 'sum(Spread)',
    variance: 'sum(Variance)',
    processBy: 'ProcessBy',
  };
}
