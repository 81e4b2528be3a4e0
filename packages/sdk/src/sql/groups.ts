import { HEAD } from './head.ts';
import type { SampleSource } from './source.ts';
import { chosenKind, weights } from './weights.ts';

/** What all values are called that are not among the heaviest of their label. */
export const OTHER_VALUES = '(other)';

/**
 * The stacks of the chosen kind as `chosenKind` has them, told apart by labels: a relation of
 *
 *     head   allStacks                       as everywhere
 *     groupNumber   isGroup                  from 1
 *     StackId   weight   samples   labels    of a stack; of a group without a stack, with its values
 *
 * First each set of labels is one row, with its stacks in an array. There are few of these, which are
 * ranked label by label; those beyond the heaviest are renamed, and then the same stack may be twice
 * in one group.
 *
 * @param maxGroups values of each label, as a placeholder
 */
export function groupedStacks(source: SampleSource, labels: number, maxGroups: string): string {
  const each = (expression: (value: string, n: number) => string) =>
    Array.from({ length: labels }, (_, i) => expression(`values[${i + 1}]`, i + 1)).join(', ');
  const bySet = `(
    SELECT
      any(head) AS head, values, sum(ofSet.2) AS setWeight, sum(ofSet.3) AS setSamples,
      groupArray(ofSet) AS ofSets
    FROM (
      SELECT ${HEAD} AS head, (stack.1, stack.2, stack.3) AS ofSet, stack.4 AS values
      FROM ${chosenKind(weights(source, 'StackId'), '(id, weight, samples, labels)')}
      ARRAY JOIN stacks AS stack
    )
    GROUP BY values
  )`;
  const ranked = `(
    SELECT *, ${each((value, n) => `dense_rank() OVER (ORDER BY ${value} = '', abs(whole${n}) DESC, ${value}) AS place${n}`)}
    FROM (SELECT *, ${each((value, n) => `sum(setWeight) OVER (PARTITION BY ${value}) AS whole${n}`)} FROM ${bySet})
  )`;
  const kept = (value: string, n: number) =>
    `if(${value} = '' OR place${n} <= ${maxGroups}, ${value}, '${OTHER_VALUES}')`;
  const byGroup = `(
    SELECT
      any(head) AS head, groupValues, row_number() OVER (ORDER BY groupValues) AS groupNumber,
      arrayPushFront(groupArrayArray(ofSets), (toUInt64(0), sum(setWeight), sum(setSamples))) AS ofGroups
    FROM (SELECT head, setWeight, setSamples, ofSets, [${each(kept)}] AS groupValues FROM ${ranked})
    GROUP BY groupValues
  )`;
  return `(
    SELECT *, countIf(NOT isGroup) OVER () AS allStacks
    FROM (
      SELECT
        any(head) AS head, groupNumber, isGroup, StackId,
        sum(ofGroup.2) AS weight, sum(ofGroup.3) AS samples, any(values) AS labels
      FROM (
        SELECT
          head, groupNumber, place = 1 AS isGroup, ofGroup.1 AS StackId, ofGroup,
          if(isGroup, groupValues, emptyArrayString()) AS values
        FROM ${byGroup}
        ARRAY JOIN ofGroups AS ofGroup, arrayEnumerate(ofGroups) AS place
      )
      GROUP BY groupNumber, isGroup, StackId
    )
  )`;
}
