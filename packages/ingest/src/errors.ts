/**
 * Something that the person at the command line can put right. Its message says what is wrong and
 * what to do, so it is shown alone, without a stack trace.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** What the person wrote cannot be meant, whatever there is on the server. */
export class WrongUseError extends UserError {
  override readonly name = 'WrongUseError';
}
