import { NAMESPACE_KEY, SERVICE_KEY, WORKLOAD_KEY, type StackTableName } from '../plan/plan.ts';
import type { Parameters } from './parameters.ts';
import { hasRows, ROW_WORKLOAD } from './where.ts';

/** The values of labels, as an Array(String); `''` where there is none. */
export function labelValues(
  keys: readonly string[],
  table: StackTableName,
  parameters: Parameters,
): string {
  const values = keys.map((key) => `toString(${labelValue(key, table, parameters)})`);
  return `[${values.join(', ')}]`;
}

/** What is closest to the sample says it. */
const ATTRIBUTES = ['SampleAttributes', 'ProfileAttributes', 'ResourceAttributes'];

function labelValue(key: string, table: StackTableName, parameters: Parameters): string {
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
  const values = ATTRIBUTES.map((map) => `${map}[${placeholder}]`);
  return `arrayFirst(value -> value != '', [${values.join(', ')}])`;
}
