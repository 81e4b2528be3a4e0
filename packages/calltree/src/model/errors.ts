/**
 * What went wrong, for a caller that has to choose what to say:
 *
 * - `invalid-stacks`: the data contradicts itself (a weight that is no number, an index out of range);
 * - `invalid-pattern`: a regular expression that does not compile;
 * - `invalid-format`: a file that is not what it was said to be;
 * - `invalid-rows`: rows of frames and stacks that break off, or are followed by something else;
 * - `superseded`: a newer request of the same kind took this one's place;
 * - `timed-out`: one step of the work came to no end, such as an expression with too many ways to match;
 * - `aborted`: the caller's `AbortSignal` fired;
 * - `disposed`: the engine was shut down.
 */
export type CallTreeErrorKind =
  | 'invalid-stacks'
  | 'invalid-pattern'
  | 'invalid-format'
  | 'invalid-rows'
  | 'superseded'
  | 'timed-out'
  | 'aborted'
  | 'disposed';

/** The only error type that this package throws on purpose. */
export class CallTreeError extends Error {
  override readonly name = 'CallTreeError';
  readonly kind: CallTreeErrorKind;
  /** The field or place at fault, such as `weight[12]`, when there is one. */
  readonly field: string | undefined;

  constructor(
    kind: CallTreeErrorKind,
    message: string,
    options?: { field?: string; cause?: unknown },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.field = options?.field;
  }
}

/** True for this package's errors, also for one that came out of a worker as a plain copy. */
export function isCallTreeError(error: unknown): error is CallTreeError {
  return error instanceof Error && error.name === 'CallTreeError' && 'kind' in error;
}
