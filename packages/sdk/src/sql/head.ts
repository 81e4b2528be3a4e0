import type { SampleSource } from './source.ts';

/** The heaviest stacks, where a question leaves them out: expressions. */
export interface SkippedStacks {
  readonly weight: string;
  readonly samples: string;
  readonly stacks: string;
}

const NONE: SkippedStacks = { weight: '0', samples: '0', stacks: '0' };

/**
 * The texts of an answer's first row, as `readHead` takes them: linkage, profile type, unit, process
 * identity, spread samples, what a sample of the rows tells (`[variance, samples seen]`; empty where
 * nothing is estimated from one), a number of stacks (all in a flame graph, the unknown ones of a
 * function list), weight, samples and number of the stacks that were skipped, unplaced spans, the
 * number of further units with these units, and for an estimate the span's start and end (Unix
 * nanoseconds) and service.
 *
 * @param head the name of a tuple that {@link HEAD} or {@link scalarHead} made
 */
export function headTexts(
  source: SampleSource,
  head: string,
  { stacks = `${head}.6`, skipped = NONE }: { stacks?: string; skipped?: SkippedStacks } = {},
): string {
  return `arrayConcat(
        ['${source.linkage}', ${head}.1, ${head}.2, toString(${head}.3), toString(${head}.7), ${source.isSampled ? `toString(${head}.8)` : "''"},
         toString(${stacks}), toString(${skipped.weight}), toString(${skipped.samples}), toString(${skipped.stacks}),
         toString(${source.unplacedSpans}), toString(length(${head}.9))],
        ${head}.9,
        ${source.spanTexts}
      )`;
}

/** What the head of an answer says of its kind of profile, as a tuple of columns of `chosenKind`. */
export const HEAD =
  '(type, unit, processBy, allWeight, allSamples, allStacks, allSpread, allSampled, otherUnits)';

/**
 * The same of the scalar `weighed`. An element of a scalar can be NULL in recent versions, unless it is
 * an array.
 */
export function scalarHead(weighed: string): string {
  const element = (n: number, none: string) => `ifNull(${weighed}.${n}, ${none})`;
  return `(
    ${element(1, "''")}, ${element(2, "''")}, ${element(3, 'toUInt8(0)')}, ${element(4, 'toInt128(0)')},
    ${element(5, 'toFloat64(0)')}, ${element(6, 'toUInt64(0)')}, ${element(7, 'toFloat64(0)')}, ${weighed}.8,
    ${weighed}.9
  )`;
}
