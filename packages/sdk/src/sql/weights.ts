import { fromSource, type SampleSource } from './source.ts';

/**
 * `heaviest`: the stacks of the one kind of profile that the answer is about, as one tuple
 *
 *     1 profile type   2 unit   3 process identity
 *     4 weight   5 samples   6 number   7 spread samples: of ALL its stacks
 *     8 further units that samples of this profile type have
 *     9 stack ids   10 weights   11 samples: parallel arrays, heaviest first, cut at `limit`
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
export function heaviestStacks(source: SampleSource, limit?: string): string {
  const all = 'groupArray((abs(weight), StackId, weight, samples))';
  const kept =
    limit === undefined
      ? all
      : `arraySlice(arrayPartialReverseSort(${limit}, ${all}), 1, ${limit})`;
  return `(
  SELECT (
    best.1, best.2, best.3, best.4, best.5, best.6, best.7,
    arrayMap(other -> other.2, arrayFilter(other -> other.1 = best.1 AND other.2 != best.2 AND other.3 = best.3, kinds)),
    best.8.2, best.8.3, best.8.4
  )
  FROM (
    SELECT
      argMax(
        (type, unit, processBy, allWeight, allSamples, allStacks, allSpread, stacks),
        (-processBy, cpu, allSamples, type, unit)
      ) AS best,
      groupArray((type, unit, processBy)) AS kinds
    FROM (
      SELECT
        any(type) AS type, any(unit) AS unit, processBy,
        ${isCpu('type')} AS cpu,
        sum(weight) AS allWeight, sum(samples) AS allSamples, count() AS allStacks, sum(spread) AS allSpread,
        ${kept} AS stacks
      FROM (
        SELECT
          StackId,
          ${KIND} AS kind,
          ${source.processBy} AS processBy,
          toString(any(ProfileType)) AS type,
          toString(any(Unit)) AS unit,
          ${source.weight} AS weight,
          ${source.samples} AS samples,
          ${source.spreadSamples} AS spread
        ${fromSource(source)}
        GROUP BY StackId, kind, processBy
      )
      GROUP BY kind, processBy
    )
  )
) AS heaviest`;
}

/**
 * Profile type and unit as one number. Grouping by two numbers takes a quarter of the time that
 * grouping by a number and two LowCardinality columns does. Two hash functions, so that equal texts
 * do not cancel out.
 */
export const KIND = 'bitXor(cityHash64(ProfileType), sipHash64(Unit))';

/** Whether a profile type counts CPU time, by its sample type or the type of its period. */
export function isCpu(profileType: string): string {
  return `'cpu' IN (splitByChar(':', ${profileType})[1], splitByChar(':', ${profileType})[3])`;
}
