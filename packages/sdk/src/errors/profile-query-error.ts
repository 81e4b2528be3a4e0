/**
 * What went wrong, for a caller that has to choose what to say and whether a retry makes sense:
 *
 * - `invalid-question`: the question contradicts itself; `field` names the part. Nothing was sent.
 * - `network`: no answer came from the server, or none that can be read.
 * - `server`: the server refused or failed; its reason is the message.
 * - `limit`: a limit of the question or of the server's account stopped the query; `field` names it.
 * - `schema`: a table or column is missing or has another type; `hyperflame doctor` says which.
 * - `aborted`: the caller's `AbortSignal` fired.
 */
export type ProfileQueryErrorKind =
  'invalid-question' | 'network' | 'server' | 'limit' | 'schema' | 'aborted';

export interface ProfileQueryErrorOptions {
  readonly field?: string;
  readonly hint?: string;
  readonly code?: number;
  readonly cause?: unknown;
}

/** The only error type that this package throws on purpose. */
export class ProfileQueryError extends Error {
  override readonly name = 'ProfileQueryError';
  readonly kind: ProfileQueryErrorKind;
  /** The part of the question, or the limit, at fault: `spanId`, `timeRange.to`, `maxRowsToRead` … */
  readonly field: string | undefined;
  /** What a person can try, as a sentence. */
  readonly hint: string | undefined;
  /** ClickHouse's own error code, when the server gave one. */
  readonly code: number | undefined;

  constructor(
    kind: ProfileQueryErrorKind,
    message: string,
    { field, hint, code, cause }: ProfileQueryErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.field = field;
    this.hint = hint;
    this.code = code;
  }
}
