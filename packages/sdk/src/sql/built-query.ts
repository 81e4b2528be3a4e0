import type { ParameterValue } from './parameters.ts';
import type { TableNames } from './tables.ts';

/** A query that any of the adapters can send. */
export interface BuiltQuery {
  readonly query: string;
  readonly query_params: Readonly<Record<string, ParameterValue>>;
  readonly format: 'JSONCompactEachRow' | 'JSONEachRow';
  /** The table that answers. */
  readonly table: keyof TableNames;
}
