import type { ProfileScope } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';
import type { BuildContext } from './build-context.ts';
import type { SampleSource } from './source.ts';
import { attributeConditions, timeConditions, whereAll } from './where.ts';

/** What was compared to find the span's process, best first; `ProcessBy` counts from 1. */
export const PROCESS_IDENTITIES = [
  'service.instance.id',
  'container.id',
  'process.pid',
  'service.name',
] as const;

export type ProcessIdentity = (typeof PROCESS_IDENTITIES)[number];

/**
 * Samples that the span's process took while the span ran.
 *
 * A row is a collection window with events in it. Only the events inside the span count, and of the
 * row's value only their part:
 *
 *     window  |----e--e--------e---|      Value 150 ms, 3 events, 50 ms each
 *     span           [-----------]
 *     counts          e        e          100 ms, 2 samples
 *
 * A row without event times (most pprof data) is taken to be spread evenly over its window, and the
 * answer says how many samples were. Its part is a fraction, hence `Spread` and the Float64.
 */
export function processSource(
  scope: ProfileScope,
  parameters: Parameters,
  { tables, limits }: BuildContext,
): SampleSource {
  const { traceId = '', spanId = '' } = scope;
  const findSpan = [
    `TraceId = ${parameters.bind('traceId', 'String', traceId)}`,
    `SpanId = ${parameters.bind('spanId', 'String', spanId)}`,
    ...timeConditions(scope, 'Timestamp', parameters),
  ];
  const lookBack = parameters.bind('maxWindowSeconds', 'Int64', String(limits.maxWindowSeconds));
  const span = `(
  SELECT any((
    toUnixTimestamp64Nano(Timestamp),
    toUnixTimestamp64Nano(Timestamp) + toInt64(Duration),
    toString(ServiceName),
    ResourceAttributes['service.instance.id'],
    ResourceAttributes['container.id'],
    ResourceAttributes['process.pid'],
    ResourceAttributes['host.name'],
    1
  ))
  FROM ${tables.traces}${whereAll(findSpan)}
) AS span`;

  const conditions = [
    'span.8 = 1',
    // Windows that may hold an event of the span.
    `Timestamp <= fromUnixTimestamp64Nano(span.2)`,
    `Timestamp >= fromUnixTimestamp64Nano(span.1 - ${lookBack} * 1000000000)`,
    ...attributeConditions(scope, parameters),
    'ProcessBy > 0',
    '(Events > 0 OR Share > 0)',
  ];
  const inSpan = '(began + toInt64(ms) * 1000000) BETWEEN span.1 AND span.2';
  const relation = `(
  SELECT
    ProfileType,
    Unit,
    StackId,
    ${processBy()} AS ProcessBy,
    toUnixTimestamp64Nano(Timestamp) AS began,
    arrayCount(ms -> ${inSpan}, EventOffsets) AS Events,
    if(
      notEmpty(EventOffsets), 0,
      if(DurationNano = 0,
        toFloat64(began BETWEEN span.1 AND span.2),
        greatest(0, least(began + toInt64(DurationNano), span.2) - greatest(began, span.1)) / DurationNano)
    ) AS Share,
    arrayResize(EventValues, length(EventOffsets)) AS eventValues,
    arraySum(eventValues) AS eventSum,
    if(
      notEmpty(EventValues) AND eventSum != 0,
      intDiv(toInt128(Value) * arraySum((v, ms) -> if(${inSpan}, v, 0), eventValues, EventOffsets), if(eventSum = 0, 1, eventSum)),
      intDiv(toInt128(Value) * Events, greatest(length(EventOffsets), 1))
    ) AS Dated,
    if(Share = 0, 0, Value * Share) AS Spread,
    if(Share = 0, 0, Count * Share) AS SpreadSamples
  FROM ${tables.profiles}${whereAll(conditions)}
)`;
  return {
    linkage: 'estimated',
    withs: [span],
    relation,
    conditions: [],
    weight: 'sum(Dated) + toInt128(round(sum(Spread)))',
    samples: 'toFloat64(sum(Events)) + sum(SpreadSamples)',
    spreadSamples: 'sum(SpreadSamples)',
    processBy: 'ProcessBy',
    unplacedSpans: 'toUInt64(0)',
    spanTexts: `if(span.8 = 1, [toString(span.1), toString(span.2), span.3], emptyArrayString())`,
    table: 'profiles',
  };
}

/**
 * The best way in which a row's process is the span's, or 0 when it is not, or is known to be
 * another one: two different instance ids are two processes, whatever else agrees. Two different
 * pids may still be one process, seen from inside and from outside of its container.
 */
function processBy(): string {
  const attribute = (key: string) => `ResourceAttributes['${key}']`;
  const bothHave = (known: string, key: string) => `${known} != '' AND ${attribute(key)} != ''`;
  return `multiIf(
      ${bothHave('span.4', 'service.instance.id')}, if(${attribute('service.instance.id')} = span.4, 1, 0),
      ${bothHave('span.5', 'container.id')}, if(${attribute('container.id')} = span.5, 2, 0),
      ${bothHave('span.6', 'process.pid')} AND ${bothHave('span.7', 'host.name')}
        AND ${attribute('process.pid')} = span.6 AND ${attribute('host.name')} = span.7, 3,
      span.3 != '' AND ServiceName = span.3, 4,
      0)`;
}
