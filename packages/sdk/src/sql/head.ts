import type { SampleSource } from './source.ts';

/**
 * The texts of an answer's first row, as `readHead` takes them: linkage, profile type, unit, process
 * identity, spread samples, a number of stacks (all in a flame graph, the unknown ones of a function
 * list), unplaced spans, the number of further units with these units, and for an estimate the
 * span's start and end (Unix nanoseconds) and service.
 *
 * @param head the first eight elements of `heaviest`, as a tuple
 */
export function headTexts(source: SampleSource, head: string, stacks: string): string {
  return `arrayConcat(
        ['${source.linkage}', ${head}.1, ${head}.2, toString(${head}.3), toString(${head}.7),
         toString(${stacks}), toString(${source.unplacedSpans}), toString(length(${head}.8))],
        ${head}.8,
        ${source.spanTexts}
      )`;
}

/** Those first eight, none of them NULL: a scalar's elements can be, in recent versions. */
export function headTuple(heaviest: string): string {
  const element = (n: number, none: string) => `ifNull(${heaviest}.${n}, ${none})`;
  return `(
    ${element(1, "''")}, ${element(2, "''")}, ${element(3, 'toUInt8(0)')}, ${element(4, 'toInt128(0)')},
    ${element(5, 'toFloat64(0)')}, ${element(6, 'toUInt64(0)')}, ${element(7, 'toFloat64(0)')}, ${heaviest}.8
  )`;
}
