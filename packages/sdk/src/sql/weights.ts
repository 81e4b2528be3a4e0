import { fromSource, type SampleSource } from './source.ts';

/**
 * `chosen`: the profile type, unit and process identity that the answer is about, as one tuple.
 *
 * Weights of different kinds do not add up, so when the question names no profile type, one is
 * chosen: CPU time if there is any, else the type with the most samples. Of the ways in which a
 * sample can belong to a span's process, only the best that found any is used.
 */
export function chosenType(source: SampleSource): string {
  return `(
  SELECT argMax((type, unit, processBy), (-processBy, cpu, taken, type, unit))
  FROM (
    SELECT
      toString(ProfileType) AS type,
      toString(Unit) AS unit,
      ${source.processBy} AS processBy,
      ${isCpu('type')} AS cpu,
      ${source.samples} AS taken
    ${fromSource(source)}
    GROUP BY type, unit, processBy
  )
) AS chosen`;
}

/** The weight and samples of each stack of the chosen type. */
export function stackWeights(source: SampleSource): string {
  const ofChosen = ['ProfileType = chosen.1', 'Unit = chosen.2', `${source.processBy} = chosen.3`];
  return `SELECT
    StackId,
    ${source.weight} AS weight,
    ${source.samples} AS samples,
    ${source.spreadSamples} AS spread
  ${fromSource(source, ...ofChosen)}
  GROUP BY StackId`;
}

/** Whether a profile type counts CPU time, by its sample type or the type of its period. */
export function isCpu(profileType: string): string {
  return `'cpu' IN (splitByChar(':', ${profileType})[1], splitByChar(':', ${profileType})[3])`;
}
