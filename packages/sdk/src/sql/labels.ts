import { NAMESPACE_KEY, SERVICE_KEY, WORKLOAD_KEY, type StackTableName } from '../plan/plan.ts';
import type { Parameters } from './parameters.ts';
import { hasRows, ROW_WORKLOAD, whereAll } from './where.ts';

/** What is closest to the sample says it. */
const MAPS = ['SampleAttributes', 'ProfileAttributes', 'ResourceAttributes'] as const;

/** Says where a map of attributes has a key at all: the name of a scalar, 0 where it has not. */
export type Presence = (map: (typeof MAPS)[number], key: string) => string;

/** Columns with the values of labels, `''` where there is none: `label1`, `label2`, … */
export function labelColumns(
  keys: readonly string[],
  table: StackTableName,
  parameters: Parameters,
  presence?: Presence,
): Record<string, string> {
  return Object.fromEntries(
    keys.map((key, i) => [labelName(i), labelValue(key, table, parameters, presence)]),
  );
}

/** Names of the columns that so many labels have. */
export function labelNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => labelName(i));
}

function labelName(index: number): string {
  return `label${index + 1}`;
}

function labelValue(
  key: string,
  table: StackTableName,
  parameters: Parameters,
  presence: Presence | undefined,
): string {
  const isRow = hasRows(table);
  switch (key) {
    case SERVICE_KEY:
      return 'ServiceName';
    case WORKLOAD_KEY:
      return isRow ? ROW_WORKLOAD : 'Workload';
    case NAMESPACE_KEY:
      return isRow ? `ResourceAttributes['${NAMESPACE_KEY}']` : 'Namespace';
  }
  if (!isRow) throw new Error(`A rollup was asked for ${key}, which it has not.`);
  const placeholder = parameters.bind('label', 'String', key);
  const [sample, profile, resource] = MAPS.map((map) => {
    const value = `${map}[${placeholder}]`;
    return presence ? `if(${presence(map, key)} > 0, ${value}, '')` : value;
  });
  return `coalesce(nullIf(${sample}, ''), nullIf(${profile}, ''), ${resource})`;
}

/**
 * Most labels are in one of the three maps only, and to look into a map row by row is most of what such
 * a question costs. The index of keys tells that a key is nowhere in a map, and then ClickHouse does not
 * read that map: `if(0, …)` is decided before anything is read. A row that comes with such a key between
 * the two is told apart by the other maps, this once.
 *
 * All are counted. A LIMIT would end what other shards still read by closing their connections, at
 * which 26.7, run as a library, aborts.
 *
 * @param name what the scalars' names begin with
 * @param withs where the scalars are put, as entries of the query's `WITH`
 * @param conditions on the table's rows; more rows than are asked about will do
 */
export function presenceIn(
  name: string,
  table: string,
  conditions: readonly string[],
  parameters: Parameters,
  withs: string[],
): Presence {
  return (map, key) => {
    const scalar = `${name}Has${withs.length}`;
    const holds = `mapContains(${map}, ${parameters.bind('label', 'String', key)})`;
    withs.push(`(SELECT count() FROM ${table}${whereAll([...conditions, holds])}) AS ${scalar}`);
    return scalar;
  };
}
