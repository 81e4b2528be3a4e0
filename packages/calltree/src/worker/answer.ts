import { CallTreeError, isCallTreeError } from '../model/errors.ts';

/** Errors travel as values: only then do their kind and field survive the way out of a worker. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Pick<CallTreeError, 'kind' | 'message' | 'field'> };

/** A `CallTreeError` as an answer; anything else is thrown on. */
export function failure(error: unknown): Answer<never> {
  if (!isCallTreeError(error)) throw error;
  const { kind, message, field } = error;
  return { ok: false, error: { kind, message, field } };
}

/** The value, or the error that travelled in its place. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  const { kind, message, field } = answer.error;
  throw new CallTreeError(kind, message, { field });
}
