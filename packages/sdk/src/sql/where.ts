import type { AttributeFilter, OneOrMore, ProfileScope } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';

const ATTRIBUTE_COLUMNS = {
  resource: { map: 'ResourceAttributes', items: 'ResourceAttributeItems' },
  sample: { map: 'SampleAttributes', items: 'SampleAttributeItems' },
  profile: { map: 'ProfileAttributes', items: 'ProfileAttributeItems' },
} as const satisfies Record<AttributeFilter['on'], unknown>;

/** Conditions on `otel_profiles` that hold for linked and estimated questions alike. */
export function attributeConditions(scope: ProfileScope, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (scope.service !== undefined) {
    conditions.push(`ServiceName ${matches('service', scope.service, parameters)}`);
  }
  const filters: AttributeFilter[] = [
    ...Object.entries(scope.resource ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [{ on: 'resource' as const, key, value }],
    ),
    ...(scope.attributes ?? []),
  ];
  for (const { on, key, value, exclude = false } of filters) {
    const condition = attributeCondition(on, key, value, parameters);
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

/** `column` within the scope's time range, if it has one. */
export function timeConditions(
  scope: Pick<ProfileScope, 'timeRange'>,
  column: string,
  parameters: Parameters,
): string[] {
  const { timeRange } = scope;
  if (timeRange === undefined) return [];
  const bound = (name: string, time: Date) =>
    `fromUnixTimestamp64Nano(${parameters.bind(name, 'Int64', `${BigInt(time.getTime()) * 1_000_000n}`)})`;
  return [
    `${column} >= ${bound('from', timeRange.from)}`,
    `${column} < ${bound('to', timeRange.to)}`,
  ];
}

export function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

/** `= {x:String}`, or `IN {x:Array(String)}` for several values. */
function matches(name: string, value: OneOrMore, parameters: Parameters): string {
  return typeof value === 'string'
    ? `= ${parameters.bind(name, 'String', value)}`
    : `IN ${parameters.bind(name, 'Array(String)', value)}`;
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
  const inMap = () =>
    `${column.map}[${parameters.bind(`${on}Key`, 'String', key)}] ${matches(`${on}Value`, value, parameters)}`;
  const values = listed(value);
  if (values.includes('')) return inMap();

  const items = values.map((one) => `${key}=${one}`);
  const inItems = `hasAny(${column.items}, ${parameters.bind(`${on}Items`, 'Array(String)', items)})`;
  const ambiguous = items.some((item) => item.indexOf('=') !== item.lastIndexOf('='));
  return ambiguous ? `${inItems} AND ${inMap()}` : inItems;
}

function listed(value: OneOrMore): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
