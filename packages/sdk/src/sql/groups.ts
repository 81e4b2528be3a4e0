import { HEAD } from './head.ts';
import type { Parameters } from './parameters.ts';
import type { SampleSource } from './source.ts';
import { chosenKind, weights } from './weights.ts';

/** What all values are called that are not among the heaviest of their label. */
export const OTHER_VALUES = '(other)';

/**
 * The stacks of the chosen kind as `chosenKind` has them, told apart by labels, and a row for each
 * group that says what all of it weighs: a relation of
 *
 *     groupNumber   isGroup          from 1
 *     StackId   weight   samples     of a stack, or of all of a group
 *     said                           of a group, what {@link saidOfGroups} reads; else ''
 *     allStacks                      how many stacks there are
 *
 * All stacks with the same labels are one row first, with an array. There are few of these, which are
 * ranked label by label; those beyond the heaviest are renamed, and then the same stack may be twice
 * in one group. What is said of groups is a text, for it goes with each of their stacks: ClickHouse
 * takes five times as long for tuples.
 *
 * @param maxGroups values of each label, as a placeholder
 */
export function groupedStacks(source: SampleSource, labels: number, maxGroups: string): string {
  const each = (expression: (value: string, n: number) => string) =>
    Array.from({ length: labels }, (_, i) => expression(`setLabels[${i + 1}]`, i + 1)).join(', ');
  const bySet = `(
    SELECT
      any(type) AS type, any(unit) AS unit, processBy, kind, sum(weighed.weight) AS weight,
      sum(weighed.samples) AS samples, sum(weighed.spread) AS spread, sumForEach(weighed.sampled) AS sampled,
      (labels, sum(weighed.weight), sum(weighed.samples), groupArray((id, weighed.weight, weighed.samples))) AS sets
    FROM ${weights(source, 'StackId')} AS weighed
    GROUP BY kind, processBy, labels
  )`;
  const ranked = `(
    SELECT *, ${each((value, n) => `dense_rank() OVER (ORDER BY ${value} = '', abs(whole${n}) DESC, ${value}) AS place${n}`)}
    FROM (
      SELECT *, ${each((value, n) => `sum(setWeight) OVER (PARTITION BY ${value}) AS whole${n}`)}
      FROM (
        SELECT ${HEAD} AS head, ofKind.1 AS setLabels, ofKind.2 AS setWeight, ofKind.3 AS setSamples, ofKind.4 AS ofSet
        FROM ${chosenKind(bySet, 'sets')}
        ARRAY JOIN stacks AS ofKind
      )
    )
  )`;
  const kept = (value: string, n: number) =>
    `if(${value} = '' OR place${n} <= ${maxGroups}, ${value}, '${OTHER_VALUES}')`;
  return `(
    SELECT *, countIf(NOT isGroup) OVER () AS allStacks
    FROM (
      SELECT
        groupNumber, place = 1 AS isGroup, ofGroup.1 AS StackId,
        sum(ofGroup.2) AS weight, sum(ofGroup.3) AS samples, any(text) AS said
      FROM (
        SELECT
          row_number() OVER (ORDER BY values) AS groupNumber,
          groupArrayArray(ofSet) AS stacksOfGroup,
          arrayPushFront(stacksOfGroup, (toUInt64(0), sum(setWeight), sum(setSamples))) AS ofGroups,
          arrayPushFront(arrayWithConstant(length(stacksOfGroup), ''), toString((any(head), values))) AS texts
        FROM (SELECT head, setWeight, setSamples, ofSet, [${each(kept)}] AS values FROM ${ranked})
        GROUP BY values
      )
      ARRAY JOIN ofGroups AS ofGroup, texts AS text, arrayMap(n -> if(n = 1, 1, 2), arrayEnumerate(ofGroups)) AS place
      GROUP BY groupNumber, isGroup, StackId
    )
  )`;
}

/** An Array(Tuple(head, values of labels)), of texts that {@link groupedStacks} made. */
export function saidOfGroups(texts: string): string {
  return `arrayMap(said -> CAST(said, 'Tuple(Tuple(String, String, UInt8, Int128, Float64, UInt64, Float64, Array(Float64), Array(String)), Array(String))'), ${texts})`;
}

/** What is known of each group, and of each of the heaviest stacks besides what is known anyway. */
export const GROUP_COLUMNS = ['isGroup', 'groupNumber', 'said', 'stackCount'];

/**
 * The heaviest stacks of all groups, and a row for each group. Of a group's weight, the stacks that
 * are skipped are no part.
 */
export function heaviestOfGroups(
  grouped: string,
  { skip, limit, mostGroups }: { skip: string; limit: string; mostGroups: number },
): string {
  return `(
          SELECT
            '' AS head, StackId, rank, isGroup, groupNumber, said, stackCount,
            if(isGroup, placed.weight - skippedWeight, placed.weight) AS weight,
            if(isGroup, placed.samples - skippedSamples, placed.samples) AS samples
          FROM (
            SELECT
              *,
              sumIf(numbered.weight, NOT isGroup AND rank <= ${skip}) OVER (PARTITION BY groupNumber) AS skippedWeight,
              sumIf(numbered.samples, NOT isGroup AND rank <= ${skip}) OVER (PARTITION BY groupNumber) AS skippedSamples
            FROM (
              SELECT *, allStacks AS stackCount, row_number() OVER (PARTITION BY isGroup ORDER BY abs(weight) DESC, StackId, groupNumber) AS rank
              FROM (
                SELECT * FROM ${grouped}
                ORDER BY isGroup DESC, abs(weight) DESC, StackId, groupNumber
                LIMIT ${skip} + ${limit} + ${mostGroups}
              )
            ) AS numbered
            WHERE isGroup OR rank <= ${skip} + ${limit}
          ) AS placed
        )`;
}

/** Keys and values of a group's labels as texts; `values` are an array. */
export function labelTexts(
  labels: readonly string[],
  values: string,
  parameters: Parameters,
): string {
  const texts = labels.map(
    (key, i) => `${parameters.bind('label', 'String', key)}, ${values}[${i + 1}]`,
  );
  return `[${texts.join(', ')}]`;
}
