import { isCpu, KIND } from './kind.ts';
import type { SampleSource } from './source.ts';

export interface Heaviest {
  /** What is weighed, a UInt64: stacks, buckets of time, or all as one. */
  readonly by: 'StackId' | 'Bucket' | 'toUInt64(0)';
  /** How many to keep, as an expression; all if left out. */
  readonly limit?: string;
  /** How many of the heaviest to leave out, as an expression. */
  readonly skip?: string;
}

/**
 * `heaviest`: the stacks of the one kind of profile that the answer is about, as one tuple
 *
 *     1 profile type   2 unit   3 process identity
 *     4 weight   5 samples   6 number   7 spread samples   8 variance: of ALL its stacks
 *     9 weight   10 samples   11 number: of the stacks that were skipped
 *     12 further units that samples of this profile type have
 *     13 stack ids   14 weights   15 samples: parallel arrays, heaviest first, cut at `limit`
 *
 * Weights of different kinds do not add up. So when the question names no profile type, one is
 * chosen: CPU time if there is any, else the type with the most samples. (A type has a second unit
 * when some producer leaves out the period that turns counts into time.) Of the ways in which a
 * sample can belong to a span's process, only the best that found any is used.
 *
 * It is a scalar, not a CTE: ClickHouse evaluates a CTE again at each mention. And as a constant it
 * lets the primary keys of the other tables prune what is read. Still, each mention of it is
 * analysed again, which takes milliseconds: mention it rarely.
 */
export function heaviestStacks(source: SampleSource, { by, limit, skip }: Heaviest): string {
  const all = 'groupArray((abs(weight), id, weight, samples))';
  const from = skip ?? '0';
  const kept =
    limit === undefined
      ? all
      : `arraySlice(arrayPartialReverseSort(${from} + ${limit}, ${all}) AS ordered, ${from} + 1, ${limit})`;
  const skipped = (element: number, none: string) =>
    skip === undefined
      ? none
      : `arrayReduce('sum', arrayMap(one -> one.${element}, arraySlice(ordered, 1, ${skip})))`;
  return `(
  SELECT (
    best.1, best.2, best.3, best.4, best.5, best.6, best.7, best.8, best.10, best.11, best.12,
    arrayMap(other -> other.2, arrayFilter(other -> other.1 = best.1 AND other.2 != best.2 AND other.3 = best.3, kinds)),
    best.9.2, best.9.3, best.9.4
  )
  FROM (
    SELECT
      argMax(
        (type, unit, processBy, allWeight, allSamples, allStacks, allSpread, allVariance, stacks, skippedWeight, skippedSamples, skippedStacks),
        (-processBy, cpu, allSamples, type, unit)
      ) AS best,
      groupArray((type, unit, processBy)) AS kinds
    FROM (
      SELECT
        any(type) AS type, any(unit) AS unit, processBy,
        ${isCpu('type')} AS cpu,
        sum(weight) AS allWeight, sum(samples) AS allSamples, count() AS allStacks,
        sum(spread) AS allSpread, sum(variance) AS allVariance,
        ${kept} AS stacks,
        ${skipped(3, 'toInt128(0)')} AS skippedWeight,
        ${skipped(4, 'toFloat64(0)')} AS skippedSamples,
        least(toUInt64(${from}), allStacks) AS skippedStacks
      FROM (
        SELECT
          ${by} AS id,
          ${KIND} AS kind,
          ${source.processBy} AS processBy,
          toString(any(ProfileType)) AS type,
          toString(any(Unit)) AS unit,
          ${source.weight} AS weight,
          ${source.samples} AS samples,
          ${source.spreadSamples} AS spread,
          ${source.variance} AS variance
        FROM ${source.relation}
        GROUP BY id, kind, processBy
      )
      GROUP BY kind, processBy
    )
  )
) AS heaviest`;
}

/** Where in `heaviest` its parallel arrays are. */
export const IDS = 13;
export const WEIGHTS = 14;
export const SAMPLES = 15;
