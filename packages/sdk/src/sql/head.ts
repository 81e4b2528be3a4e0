import type { SampleSource } from './source.ts';

/**
 * The texts of an answer's first row, as `readHead` takes them: linkage, profile type, unit, process
 * identity, spread samples, variance (empty where nothing is estimated from a part of the rows), a number of stacks (all in a flame graph, the unknown ones of
 * a function list), weight, samples and number of the stacks that were skipped, unplaced spans, the number
 * of further units with these units, and for an estimate the span's start and end (Unix nanoseconds)
 * and service.
 *
 * @param head the first elements of `heaviest`, as a tuple
 */
export function headTexts(source: SampleSource, head: string, stacks: string): string {
  return `arrayConcat(
        ['${source.linkage}', ${head}.1, ${head}.2, toString(${head}.3), toString(${head}.7), ${source.isSampled ? `toString(${head}.8)` : "''"},
         toString(${stacks}), toString(${head}.9), toString(${head}.10), toString(${head}.11),
         toString(${source.unplacedSpans}), toString(length(${head}.12))],
        ${head}.12,
        ${source.spanTexts}
      )`;
}

/** Those first twelve, none of them NULL: a scalar's elements can be, in recent versions. */
export function headTuple(heaviest: string): string {
  const element = (n: number, none: string) => `ifNull(${heaviest}.${n}, ${none})`;
  return `(
    ${element(1, "''")}, ${element(2, "''")}, ${element(3, 'toUInt8(0)')}, ${element(4, 'toInt128(0)')},
    ${element(5, 'toFloat64(0)')}, ${element(6, 'toUInt64(0)')}, ${element(7, 'toFloat64(0)')}, ${element(8, 'toFloat64(0)')},
    ${element(9, 'toInt128(0)')}, ${element(10, 'toFloat64(0)')}, ${element(11, 'toUInt64(0)')}, ${heaviest}.12
  )`;
}
