import { CallTreeError } from './errors.ts';

/** What a request rejects with whose signal has fired. */
export function aborted(signal: AbortSignal | undefined): CallTreeError {
  return new CallTreeError('aborted', 'The request was aborted', { cause: signal?.reason });
}
