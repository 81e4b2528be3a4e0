import { KIND } from './kind.ts';
import type { SampleSource } from './source.ts';
import type { QuotedTables } from './tables.ts';

/**
 * The same samples with their stacks at function level, where the rows name stacks by lines.
 *
 *     main:12 → work:40   30 ms  ┐
 *     main:12 → work:41   10 ms  ┴▶   main → work   40 ms
 *
 * Rows are summed up by their own stack first, so that each stack is looked up once. One that does
 * not know its function-level stack stays as it is.
 *
 * @param stackIds a query for the ids of all stacks that may occur, so that no others are read. It
 *   is asked a second time rather than kept as a scalar: each mention of a scalar takes ClickHouse
 *   10 ms to analyse, and a short question has no more than 50.
 */
export function atFunctionLevel(
  source: SampleSource,
  stackIds: string,
  { stacks }: QuotedTables,
): SampleSource {
  return {
    ...source,
    // GLOBAL, of no effect on one server: of a UNION over several, 26.7 does not make it by itself.
    relation: `(
  SELECT
    type AS ProfileType, unit AS Unit, processBy AS ProcessBy,
    weight AS Value, samples AS Count, spread AS Spread, variance AS Variance,
    if(known.FunctionStackId = 0, stack, known.FunctionStackId) AS StackId
  FROM (
    SELECT
      StackId AS stack,
      ${KIND} AS kind,
      ${source.processBy} AS processBy,
      any(ProfileType) AS type,
      any(Unit) AS unit,
      ${source.weight} AS weight,
      ${source.samples} AS samples,
      ${source.spreadSamples} AS spread,
      ${source.variance} AS variance
    FROM ${source.relation}
    GROUP BY stack, kind, processBy
  ) AS summed
  LEFT ANY JOIN (
    SELECT StackId AS stack, FunctionStackId FROM ${stacks} WHERE StackId GLOBAL IN (${stackIds})
  ) AS known USING stack
)`,
    weight: 'sum(Value)',
    samples: 'sum(Count)',
    spreadSamples: 'sum(Spread)',
    variance: 'sum(Variance)',
    processBy: 'ProcessBy',
  };
}
