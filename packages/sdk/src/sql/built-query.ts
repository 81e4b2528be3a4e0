import type { Plan } from '../plan/plan.ts';
import type { ParameterValue } from './parameters.ts';

/** A query that any of the adapters can send. */
export interface SendableQuery {
  readonly query: string;
  readonly query_params: Readonly<Record<string, ParameterValue>>;
  readonly format: AnswerFormat;
}

/** Lines are read as they come; the others are one JSON text, which shows where it was cut off. */
export type AnswerFormat = 'JSONCompactEachRow' | 'JSONCompact' | 'JSON';

/** A question's query. */
export interface BuiltQuery extends SendableQuery {
  /** Which tables answer for which part of the time range. */
  readonly plan: Plan;
}
