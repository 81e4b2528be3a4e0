import type { Plan } from '../plan/plan.ts';
import type { ParameterValue } from './parameters.ts';

/** A query that any of the adapters can send. */
export interface SendableQuery {
  readonly query: string;
  readonly query_params: Readonly<Record<string, ParameterValue>>;
  readonly format: 'JSONCompactEachRow' | 'JSONEachRow';
}

/** A question's query. */
export interface BuiltQuery extends SendableQuery {
  /** Which tables answer for which part of the time range. */
  readonly plan: Plan;
}
