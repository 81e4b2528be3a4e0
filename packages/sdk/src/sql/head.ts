import type { SampleSource } from './source.ts';

/**
 * The texts of an answer's first row, as `readHead` takes them: linkage, profile type, unit, a
 * number of stacks (all in a flame graph, the unknown ones of a function list), spread samples, process identity, unplaced spans, and for an estimate
 * the span's start and end (Unix nanoseconds) and service.
 */
export function headTexts(source: SampleSource, stacks: string, spreadSamples: string): string {
  return `arrayConcat(
        ['${source.linkage}', chosen.1, chosen.2, toString(${stacks}), toString(${spreadSamples}),
         toString(chosen.3), toString(${source.unplacedSpans})],
        ${source.spanTexts}
      )`;
}
