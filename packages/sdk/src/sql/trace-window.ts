import type { Interval } from '../plan/intervals.ts';
import type { FullLimits } from '../questions/limits.ts';
import { parseRows, type WireNumber } from '../wire/rows.ts';
import type { BuildContext } from './build-context.ts';
import type { SendableQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import type { QuotedTables } from './tables.ts';

/** A window that an event fell into began before it, but hardly ever this long before. */
const LEAST_SLACK_SECONDS = 3_600;

/** 31 years: a duration that is none still leads to a time that ClickHouse knows. */
const MOST_DURATION = 10n ** 18n;

/** Bounds on `Timestamp`, as conditions that need entries of the query's `WITH`. */
export interface TimeBounds {
  readonly withs: readonly string[];
  readonly conditions: readonly string[];
}

/**
 * Bounds for the spans of a trace, and for its samples: from an hour before its first span began to
 * an hour after its last one ended. Without them the filters of every day that is kept would be read
 * to find a few rows. A trace whose spans are not stored has no bounds.
 *
 *     spans            |---|--------|===|
 *     samples     |- 1 h -|----------|===|- 1 h -|
 *
 * The table of trace times knows when the last span began. How long the longest one took is asked of
 * the spans, and only of those that take longer than the hour: what ClickHouse notes of durations
 * tells it that nearly all rows need not be read.
 */
export function traceWindow(
  traceId: string,
  parameters: Parameters,
  { traces, traceTimes }: QuotedTables,
  limits: FullLimits,
): { spans: TimeBounds; samples: TimeBounds } {
  const slack = parameters.bind('slackSeconds', 'UInt32', slackSeconds(limits));
  const trace = parameters.bind('traceId', 'String', traceId);
  // DateTime64, for which an hour before 1970 is one.
  const time = `(
  SELECT if(
    count() = 0,
    (toDateTime64('1900-01-01 00:00:00', 9, 'UTC'), toDateTime64('2262-01-01 00:00:00', 9, 'UTC')),
    (toDateTime64(min(Start), 9, 'UTC') - toIntervalSecond(${slack}), toDateTime64(max(End), 9, 'UTC') + toIntervalSecond(${slack}))
  )
  FROM ${traceTimes} WHERE TraceId = ${trace}
) AS traceTime`;
  const [from, to] = ['Timestamp >= traceTime.1', 'Timestamp <= traceTime.2'];
  const longest = `(
  SELECT toInt64(least(toUInt64(max(Duration)), ${MOST_DURATION}))
  FROM ${traces} WHERE TraceId = ${trace} AND Duration > ${slack} * 1000000000 AND ${from} AND ${to}
) AS longestSpan`;
  return {
    spans: { withs: [time], conditions: [from, to] },
    samples: {
      withs: [time, longest],
      conditions: [from, `${to} + toIntervalNanosecond(longestSpan)`],
    },
  };
}

/** The bounds for samples as an answer of their own; no row where there are none. */
export function traceWindowQuery(traceId: string, { tables, limits }: BuildContext): SendableQuery {
  const parameters = new Parameters();
  const { withs } = traceWindow(traceId, parameters, tables, limits).samples;
  const trace = parameters.bind('traceId', 'String', traceId);
  return {
    query: `WITH
${withs.join(',\n')}
SELECT toUnixTimestamp64Milli(traceTime.1) AS first, toUnixTimestamp64Milli(traceTime.2 + toIntervalNanosecond(longestSpan)) AS last
FROM (SELECT count() AS spans FROM ${tables.traceTimes} WHERE TraceId = ${trace}) WHERE spans > 0`,
    query_params: parameters.values,
    format: 'JSON',
  };
}

/** Reads the answer to `traceWindowQuery`: Unix milliseconds. */
export function parseTraceWindow(text: string): Interval | undefined {
  const [bounds] = parseRows(text) as { first: WireNumber; last: WireNumber }[];
  // The last millisecond is in.
  return bounds && { from: Number(bounds.first), to: Number(bounds.last) + 1 };
}

function slackSeconds({ maxWindowSeconds }: FullLimits): number {
  return Math.max(LEAST_SLACK_SECONDS, maxWindowSeconds);
}
