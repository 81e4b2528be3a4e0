import type { Interval } from '../plan/intervals.ts';
import { NAMESPACE_KEY, type StackTableName } from '../plan/plan.ts';
import type { AttributeFilter, OneOrMore, ProfileScope } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';

const ATTRIBUTE_COLUMNS = {
  resource: { map: 'ResourceAttributes', items: 'ResourceAttributeItems' },
  sample: { map: 'SampleAttributes', items: 'SampleAttributeItems' },
  profile: { map: 'ProfileAttributes', items: 'ProfileAttributeItems' },
} as const satisfies Record<AttributeFilter['on'], unknown>;

/** Where the name of a Kubernetes workload is looked for, in this order; as the rollups do it. */
const WORKLOAD_KEYS = [
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'k8s.job.name',
];

/** The workload of a row. */
export const ROW_WORKLOAD = `arrayFirst(name -> name != '', [${WORKLOAD_KEYS.map((key) => `ResourceAttributes['${key}']`).join(', ')}])`;

/** Whether a table has a row for each sample, with all of its attributes. */
export function hasRows(table: StackTableName): table is 'profiles' | 'sampled25' {
  return table === 'profiles' || table === 'sampled25';
}

/** Conditions on service, workload, attributes and profile type, for linked and estimated alike. */
export function scopeConditions(
  scope: ProfileScope,
  table: StackTableName,
  parameters: Parameters,
): string[] {
  const conditions: string[] = [];
  if (scope.service !== undefined) {
    conditions.push(`ServiceName ${matches('service', scope.service, parameters)}`);
  }
  if (scope.workload !== undefined) {
    conditions.push(workloadCondition(scope.workload, table, parameters));
  }
  const filters: AttributeFilter[] = [
    ...Object.entries(scope.resource ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [{ on: 'resource' as const, key, value }],
    ),
    ...(scope.attributes ?? []),
  ];
  for (const { on, key, value, exclude = false } of filters) {
    const condition = hasRows(table)
      ? attributeCondition(on, key, value, parameters)
      : namespaceCondition(key, value, parameters);
    conditions.push(exclude ? `NOT (${condition})` : condition);
    // ServiceName is service.name wherever there is one, and the table is sorted by it.
    if (on === 'resource' && key === 'service.name' && !exclude && !listed(value).includes('')) {
      conditions.push(`ServiceName ${matches('service', value, parameters)}`);
    }
  }
  if (scope.profileType !== undefined) {
    conditions.push(`ProfileType = ${parameters.bind('profileType', 'String', scope.profileType)}`);
  }
  return conditions;
}

/** `Timestamp` in one of the ranges; no condition where a range is open on both sides. */
export function timeConditions(
  ranges: readonly Interval[],
  table: 'rows' | 'buckets',
  parameters: Parameters,
): string[] {
  const time = (name: string, milliseconds: number) =>
    table === 'rows'
      ? `fromUnixTimestamp64Nano(${parameters.bind(name, 'Int64', `${BigInt(milliseconds) * 1_000_000n}`)})`
      : `toDateTime(${parameters.bind(`${name}Second`, 'UInt32', bucketSecond(milliseconds))})`;
  const alternatives = ranges.map(({ from, to }) => [
    ...(from === -Infinity ? [] : [`Timestamp >= ${time('from', from)}`]),
    ...(to === Infinity ? [] : [`Timestamp < ${time('to', to)}`]),
  ]);
  if (alternatives.length === 0) return ['0'];
  if (alternatives.some((bounds) => bounds.length === 0)) return [];
  return alternatives.length === 1
    ? (alternatives[0] as string[])
    : [`(${alternatives.map((bounds) => `(${bounds.join(' AND ')})`).join(' OR ')})`];
}

/** Of a `DateTime`, which counts seconds from 1970 to 2106. */
function bucketSecond(milliseconds: number): number {
  return Math.min(Math.max(Math.floor(milliseconds / 1000), 0), 2 ** 32 - 1);
}

export function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

/** `= {x:String}`, or `IN {x:Array(String)}` for several values. */
function matches(name: string, value: OneOrMore, parameters: Parameters, field?: string): string {
  return typeof value === 'string'
    ? `= ${parameters.bind(name, 'String', value, field)}`
    : `IN ${parameters.bind(name, 'Array(String)', value, field)}`;
}

/** The rollups have the namespace as a column, and no other attribute. */
function namespaceCondition(key: string, value: OneOrMore, parameters: Parameters): string {
  if (key !== NAMESPACE_KEY) throw new Error(`A rollup was asked for ${key}, which it has not.`);
  return `Namespace ${matches('namespace', value, parameters)}`;
}

function workloadCondition(
  value: OneOrMore,
  table: StackTableName,
  parameters: Parameters,
): string {
  const condition = matches('workload', value, parameters);
  if (!hasRows(table)) return `Workload ${condition}`;
  const workload = `${ROW_WORKLOAD} ${condition}`;
  const values = listed(value);
  if (values.includes('')) return workload;
  const items = WORKLOAD_KEYS.flatMap((key) => values.map((one) => `${key}=${one}`));
  return `hasAny(ResourceAttributeItems, ${parameters.bind('workloadItems', 'Array(String)', items, 'workload')}) AND ${workload}`;
}

/**
 * The items column (`key=value` texts) has an index and the map has none, so it is asked if it can
 * tell. It cannot tell what is missing, and not where a key ends if a text has two equals signs:
 *
 *     a=b=c     the key `a` with the value `b=c`, or the key `a=b` with the value `c`
 */
function attributeCondition(
  on: AttributeFilter['on'],
  key: string,
  value: OneOrMore,
  parameters: Parameters,
): string {
  const column = ATTRIBUTE_COLUMNS[on];
  const field = on === 'resource' ? on : 'attributes';
  const inMap = () =>
    `${column.map}[${parameters.bind(`${on}Key`, 'String', key, field)}] ${matches(`${on}Value`, value, parameters, field)}`;
  const values = listed(value);
  if (values.includes('')) return inMap();

  const items = values.map((one) => `${key}=${one}`);
  const inItems = `hasAny(${column.items}, ${parameters.bind(`${on}Items`, 'Array(String)', items, field)})`;
  const ambiguous = items.some((item) => item.indexOf('=') !== item.lastIndexOf('='));
  return ambiguous ? `${inItems} AND ${inMap()}` : inItems;
}

export function listed(value: OneOrMore): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
