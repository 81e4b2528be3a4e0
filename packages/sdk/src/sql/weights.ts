import { isCpu, KIND } from './kind.ts';
import { labelNames } from './labels.ts';
import type { SampleSource } from './source.ts';

/** What is weighed, a UInt64: stacks, buckets of time, or all as one. */
export type WeighedBy = 'StackId' | 'Bucket' | 'toUInt64(0)';

/**
 * The weights in scope, as a relation: a row for each `id`, kind of profile and way in which samples
 * were found to belong to a span's process, and for each set of `labels` where these are asked for.
 * Grouping by these takes less time as one number, like the kind, than as lists of texts.
 */
export function weights(source: SampleSource, by: WeighedBy): string {
  const labels = labelNames(source.labelCount).map((name) => `found.${name}`);
  const texts = labels.map((label) => `toString(any(${label}))`).join(', ');
  return `(
    SELECT
      ${by} AS id,${labels.length > 0 ? `\n      [${texts}] AS labels,` : ''}
      ${KIND} AS kind,
      ${source.processBy} AS processBy,
      toString(any(ProfileType)) AS type,
      toString(any(Unit)) AS unit,
      ${source.weight} AS weight,
      ${source.samples} AS samples,
      ${source.spreadSamples} AS spread,
      ${source.sampled} AS sampled
    FROM ${source.relation} AS found
    GROUP BY id, ${labels.length > 0 ? `cityHash64(${labels.join(', ')}), ` : ''}kind, processBy
  )`;
}

/**
 * The one kind of profile that the answer is about, as a relation of one row, or none where there
 * are no samples: `type`, `unit`, `processBy`, sums over all of it (`allWeight`, `allSamples`,
 * `allStacks`, `allSpread`, `allSampled`), `stacks` with its `(id, weight, samples)`, and
 * `otherUnits`, further units that samples of this profile type have.
 *
 * Weights of different kinds do not add up. So when the question names no profile type, one is
 * chosen: CPU time if there is any, else the type with the most samples. (A type has a second unit
 * when some producer leaves out the period that turns counts into time.) Of the ways in which a
 * sample can belong to a span's process, only the best that found any of its type is used: one
 * profiler of a process may know less of it than another does.
 *
 * @param weighed what {@link weights} gives
 * @param stack what is said of each stack
 */
export function chosenKind(weighed: string, stack = '(id, weight, samples)'): string {
  return `(
  SELECT
    *,
    arrayMap(
      other -> other.2,
      arrayFilter(other -> other.1 = type AND other.2 != unit AND other.3 = processBy, kinds)
    ) AS otherUnits
  FROM (
    SELECT *, groupArray((type, unit, processBy)) OVER () AS kinds
    FROM (
      SELECT
        any(type) AS type, any(unit) AS unit, processBy,
        ${isCpu('type')} AS cpu,
        sum(weight) AS allWeight, sum(samples) AS allSamples, count() AS allStacks,
        sum(spread) AS allSpread, sumForEach(sampled) AS allSampled,
        groupArray(${stack}) AS stacks
      FROM ${weighed}
      GROUP BY kind, processBy
    )
    ORDER BY arrayExists(other -> other.1 = type AND other.3 < processBy, kinds), cpu DESC, allSamples DESC, type DESC, unit DESC
    LIMIT 1
  )
)`;
}

/**
 * `weighed`: {@link chosenKind} as one tuple, for answers that are small enough to be a constant
 *
 *     1 profile type   2 unit   3 process identity
 *     4 weight   5 samples   6 number   7 spread samples   8 what a sample tells: of all ids
 *     9 further units that samples of this profile type have
 *     10 ids   11 weights   12 samples: parallel arrays
 *
 * It is a scalar, not a CTE: ClickHouse evaluates a CTE again at each mention. Still, each mention of
 * a scalar is analysed again, with all that is in it, which takes milliseconds: mention it rarely.
 */
export function weighedScalar(source: SampleSource, by: WeighedBy): string {
  return `(
  SELECT any((
    type, unit, processBy, allWeight, allSamples, allStacks, allSpread, allSampled, otherUnits,
    stacks.1, stacks.2, stacks.3
  ))
  FROM ${chosenKind(weights(source, by))}
) AS weighed`;
}

/** Where in `weighed` its parallel arrays are. */
export const IDS = 10;
export const WEIGHTS = 11;
export const SAMPLES = 12;
