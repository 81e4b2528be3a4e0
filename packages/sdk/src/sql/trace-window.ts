import type { Parameters } from './parameters.ts';

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
  maxWindowSeconds: number,
): { with: string; conditions: string[] } {
  const slack = parameters.bind(
    'slackSeconds',
    'UInt32',
    Math.max(LEAST_SLACK_SECONDS, maxWindowSeconds),
  );
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
