import type { Interval } from '../plan/intervals.ts';
import type { FullLimits } from '../questions/limits.ts';
import { parseRows, type WireNumber } from '../wire/rows.ts';
import type { BuildContext } from './build-context.ts';
import type { SendableQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';

/** A window that an event fell into began before it, but hardly ever this long before. */
const LEAST_SLACK_SECONDS = 3_600;

/**
 * Bounds on `Timestamp` for the samples of a trace: from an hour before its first span to an hour
 * after its last. Without them the filters of every day that is kept would be read to find a few
 * rows. A trace whose spans are not stored has no bounds.
 *
 *     spans            |---|--------|
 *     windows     |- 1 h -|--------|- 1 h -|
 */
export function traceWindow(
  traceId: string,
  parameters: Parameters,
  traceTimes: string,
  limits: FullLimits,
): { with: string; conditions: string[] } {
  const slack = parameters.bind('slackSeconds', 'UInt32', slackSeconds(limits));
  const trace = parameters.bind('traceId', 'String', traceId);
  // DateTime64, for which an hour before 1970 is one.
  return {
    with: `(
  SELECT if(
    count() = 0,
    (toDateTime64('1900-01-01 00:00:00', 9, 'UTC'), toDateTime64('2262-01-01 00:00:00', 9, 'UTC')),
    (toDateTime64(min(Start), 9, 'UTC') - toIntervalSecond(${slack}), toDateTime64(max(End), 9, 'UTC') + toIntervalSecond(${slack}))
  )
  FROM ${traceTimes} WHERE TraceId = ${trace}
) AS traceTime`,
    conditions: ['Timestamp >= traceTime.1', 'Timestamp <= traceTime.2'],
  };
}

/** The same bounds as an answer of their own; no row where there are none. */
export function traceWindowQuery(traceId: string, { tables, limits }: BuildContext): SendableQuery {
  const parameters = new Parameters();
  const slack = parameters.bind('slackSeconds', 'UInt32', slackSeconds(limits));
  const trace = parameters.bind('traceId', 'String', traceId);
  return {
    query: `SELECT toUnixTimestamp(min(Start)) - ${slack} AS first, toUnixTimestamp(max(End)) + ${slack} AS last
FROM ${tables.traceTimes} WHERE TraceId = ${trace} HAVING count() > 0`,
    query_params: parameters.values,
    format: 'JSONEachRow',
  };
}

/** Reads the answer to `traceWindowQuery`: Unix milliseconds. */
export function parseTraceWindow(text: string): Interval | undefined {
  const [bounds] = parseRows(text) as { first: WireNumber; last: WireNumber }[];
  // The last millisecond is in.
  return bounds && { from: Number(bounds.first) * 1000, to: Number(bounds.last) * 1000 + 1 };
}

function slackSeconds({ maxWindowSeconds }: FullLimits): number {
  return Math.max(LEAST_SLACK_SECONDS, maxWindowSeconds);
}
