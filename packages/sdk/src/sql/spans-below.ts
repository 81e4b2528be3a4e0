import type { Parameters } from './parameters.ts';
import { whereAll } from './where.ts';

/**
 * `spans`: a pair of the ids of a span and all spans below it, and the number of the trace's spans
 * that could not be placed.
 *
 * Every span of the trace climbs from parent to parent, all of them one step at a time, until it
 * stands on the span asked for, or on one that has no parent or is not stored:
 *
 *     a ── b ── c        asked for b:   a → ''      no
 *     └─── d                            b → a → ''
 *      x ── e            x: not stored  c → b       yes
 *                                       d → a → ''  no
 *                                       e → x       not placed
 *
 * What is below a span that is not stored may be below the one asked for, unless that is below it
 * too. The span asked for therefore climbs from its parent on, and tells where others may end.
 *
 * This reads the trace once, whatever its depth; a recursive CTE takes 5 ms for each generation. A
 * circle of parents never arrives, so after `maxSpanDepth` steps it counts as not placed, and so do
 * the spans after the first `maxSpans`.
 */
export function spansBelow(
  traceId: string,
  spanId: string,
  parameters: Parameters,
  tracesTable: string,
  { maxSpans, maxSpanDepth }: { maxSpans: number; maxSpanDepth: number },
  /** On when the trace was. */
  inTime: readonly string[],
): string {
  const trace = parameters.bind('traceId', 'String', traceId);
  const span = parameters.bind('spanId', 'String', spanId);
  const steps = parameters.bind('maxSpanDepth', 'UInt32', maxSpanDepth);
  const most = parameters.bind('maxSpans', 'UInt32', maxSpans);
  return `(
  SELECT (groupArray(${most})(SpanId), groupArray(${most})(ParentSpanId), count())
  FROM (SELECT DISTINCT SpanId, ParentSpanId FROM ${tracesTable}${whereAll([`TraceId = ${trace}`, ...inTime])})
) AS parents,
(
  SELECT (
    arrayDistinct(arrayPushBack(groupArrayIf(id, reached = ${span}), ${span})),
    countIf(reached NOT IN (${span}, '') AND reached != own) + parents.3 - length(parents.1)
  )
  FROM (
    SELECT
      id,
      anyIf(reached, id = ${span}) OVER () AS own,
      arrayFold(
        (at, step) -> if(at = ${span}, at, transform(at, parents.1, parents.2, at)),
        range(${steps}),
        if(id = ${span}, transform(id, parents.1, parents.2, ''), id)
      ) AS reached
    FROM (SELECT arrayJoin(parents.1) AS id)
  )
) AS spans`;
}
