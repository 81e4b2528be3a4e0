import { planRows } from '../plan/plan.ts';
import type { ProfileScope } from '../questions/scope.ts';
import { windowsInto } from '../questions/checked-scope.ts';
import type { Parameters } from './parameters.ts';
import type { BuildContext } from './build-context.ts';
import { atFunctionLevel } from './function-level.ts';
import { labelColumns } from './labels.ts';
import type { SampleSource, Wanted } from './source.ts';
import { stackConditions } from './stack-conditions.ts';
import { traceWindow } from './trace-window.ts';
import { scopeConditions, timeConditions, whereAll } from './where.ts';

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
  { stacks, labels = [] }: Pick<Wanted, 'stacks' | 'labels'>,
  parameters: Parameters,
  { tables, limits, catalog }: BuildContext,
): SampleSource {
  const { traceId = '', spanId = '', timeRange } = scope;
  const range = {
    from: timeRange?.from.getTime() ?? -Infinity,
    to: timeRange?.to.getTime() ?? Infinity,
  };
  const window = catalog.traceTimes
    ? traceWindow(traceId, parameters, tables, limits).spans
    : undefined;
  const ofStacks = stackConditions(scope, parameters, tables);
  const findSpan = [
    `TraceId = ${parameters.bind('traceId', 'String', traceId)}`,
    `SpanId = ${parameters.bind('spanId', 'String', spanId)}`,
    ...timeConditions([range], 'rows', parameters),
    ...(window?.conditions ?? []),
  ];
  const lookBack = parameters.bind('maxWindowSeconds', 'Int64', String(limits.maxWindowSeconds));
  const span = `(
  SELECT any((
    toUnixTimestamp64Nano(Timestamp) AS start,
    start + toInt64(Duration) AS end,
    toString(ServiceName),
    ResourceAttributes['service.instance.id'],
    ResourceAttributes['container.id'],
    ResourceAttributes['process.pid'],
    ResourceAttributes['host.name'],
    [toString(start), toString(end), toString(ServiceName)]
  ))
  FROM ${tables.traces}${whereAll(findSpan)}
) AS span`;

  // Windows that may hold an event of the span; none where the span was not found, as it then
  // begins and ends in 1970.
  const windows = [
    `Timestamp <= fromUnixTimestamp64Nano(span.2)`,
    `Timestamp >= fromUnixTimestamp64Nano(span.1 - ${lookBack} * 1000000000)`,
    ...ofStacks.conditions,
    ...scopeConditions(scope, 'profiles', parameters),
  ];
  // Every row of the process is in one of these, and each is answered by an index, which the two
  // joined by OR would not be. Which row is one, says `processBy`.
  const ofLabels = Object.entries(labelColumns(labels, 'profiles', parameters));
  const values = ofLabels.map(([name, value]) => `, ${value} AS ${name}`).join('');
  const columns = `ProfileType, Unit, StackId, ServiceName, ResourceAttributes, Timestamp, DurationNano, EventOffsets, EventValues, Value, Count${values}`;
  const mayBeProcess = [OF_SERVICE, OF_PROCESS]
    .map((of) => `SELECT ${columns} FROM ${tables.profiles}${whereAll([of, ...windows])}`)
    .join('\n    UNION ALL ');
  const inSpan = '(began + toInt64(ms) * 1000000) BETWEEN of.1 AND of.2';
  // The scalar is mentioned as rarely as can be: each mention is analysed anew.
  const relation = `(
  SELECT
    ProfileType,
    Unit,
    StackId,${ofLabels.map(([name]) => `\n    ${name},`).join('')}
    ${processBy('of')} AS ProcessBy,
    toUnixTimestamp64Nano(Timestamp) AS began,
    arrayCount(ms -> ${inSpan}, EventOffsets) AS Events,
    multiIf(
      notEmpty(EventOffsets), toFloat64(0),
      DurationNano = 0, toFloat64(began BETWEEN of.1 AND of.2),
      greatest(0, least(began + toInt64(DurationNano), of.2) - greatest(began, of.1)) / DurationNano
    ) AS Share,
    arrayResize(EventValues, length(EventOffsets)) AS eventValues,
    arraySum(eventValues) AS eventSum,
    if(
      notEmpty(EventValues) AND eventSum != 0,
      intDiv(
        toInt128(Value) * arraySum((v, ms) -> if(${inSpan}, v, 0), eventValues, EventOffsets),
        toInt128(if(eventSum = 0, 1, eventSum))
      ),
      intDiv(toInt128(Value) * Events, toInt128(greatest(length(EventOffsets), 1)))
    ) AS Dated,
    Value * Share AS Spread,
    Count * Share AS SpreadSamples
  FROM (
    SELECT *, span AS of
    FROM (${mayBeProcess})
  )
  WHERE ProcessBy > 0 AND (Events > 0 OR Share > 0)
)`;
  const source: SampleSource = {
    linkage: 'estimated',
    withs: [...(window?.withs ?? []), span, ...ofStacks.withs],
    relation,
    // What comes from a scalar may be NULL as far as ClickHouse knows, and a sum of nothing then is.
    weight: 'assumeNotNull(sum(Dated) + toInt128(round(sum(Spread))))',
    samples: 'assumeNotNull(toFloat64(sum(Events)) + sum(SpreadSamples))',
    spreadSamples: 'assumeNotNull(sum(SpreadSamples))',
    sampled: 'emptyArrayFloat64()',
    isSampled: false,
    processBy: 'assumeNotNull(ProcessBy)',
    unplacedSpans: 'toUInt64(0)',
    spanTexts: 'span.8',
    labelCount: labels.length,
    plan: planRows({ timeRange: timeRange && windowsInto(timeRange, limits) }, catalog),
  };
  return stacks === 'function' && catalog.functionStacks ? atFunctionLevel(source, tables) : source;
}

const OF_SERVICE = 'ServiceName = span.3';
const OF_PROCESS = `ServiceName != span.3 AND hasAny(ResourceAttributeItems, [
      concat('service.instance.id=', span.4), concat('container.id=', span.5), concat('process.pid=', span.6)
    ])`;

/**
 * The best way in which a row's process is the span's, or 0 when it is not, or is known to be
 * another one: two different instance ids are two processes, whatever else agrees. Two different
 * pids may still be one process, seen from inside and from outside of its container.
 */
function processBy(span: string): string {
  const attribute = (key: string) => `ResourceAttributes['${key}']`;
  const bothHave = (element: number, key: string) =>
    `${span}.${element} != '' AND ${attribute(key)} != ''`;
  return `multiIf(
      ${bothHave(4, 'service.instance.id')}, if(${attribute('service.instance.id')} = ${span}.4, 1, 0),
      ${bothHave(5, 'container.id')}, if(${attribute('container.id')} = ${span}.5, 2, 0),
      ${bothHave(6, 'process.pid')} AND ${bothHave(7, 'host.name')}
        AND ${attribute('process.pid')} = ${span}.6 AND ${attribute('host.name')} = ${span}.7, 3,
      ${span}.3 != '' AND ServiceName = ${span}.3, 4,
      0)`;
}
