import type { Plan } from '../plan/plan.ts';
import { checkScope } from '../questions/check.ts';
import type { ProfileScope } from '../questions/scope.ts';
import { parseRows, type WireNumber } from '../wire/rows.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { SendableQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { scopeConditions, timeConditions, whereAll } from './where.ts';

/**
 * How many single rows a plan would read, by the primary key and the other indexes, without reading
 * any. Of a `Distributed` table ClickHouse knows this for the shard that is asked alone.
 */
export function rowEstimateQuery(
  question: ProfileScope,
  plan: Plan,
  options: BuildOptions,
): SendableQuery {
  const { tables, limits } = buildContext(options);
  const scope = checkScope(question, limits);
  const parameters = new Parameters();
  const conditions = [
    ...timeConditions(
      plan.pieces.filter(({ table }) => table === 'profiles'),
      'rows',
      parameters,
    ),
    ...scopeConditions(scope, 'profiles', parameters),
  ];
  // Of a sum: ClickHouse counts rows without reading most of them, and says so.
  return {
    query: `EXPLAIN ESTIMATE SELECT sum(Value) FROM ${tables.profiles}${whereAll(conditions)}`,
    query_params: parameters.values,
    format: 'JSON',
  };
}

/** Reads the answer to `rowEstimateQuery`: a row for each table that is read. */
export function parseRowEstimate(text: string): number {
  const tables = parseRows(text) as { rows: WireNumber }[];
  return tables.reduce((sum, { rows }) => sum + Number(rows), 0);
}
