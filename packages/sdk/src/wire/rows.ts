import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { errorInText } from '../errors/server-error.ts';

/** A 64-bit number as it arrives: text when the client has such numbers quoted, as it should. */
export type WireNumber = number | string;

/**
 * The rows of an answer in ClickHouse's format JSON or JSONCompact. One that was cut off anywhere is
 * no JSON.
 *
 * A query that fails after its first row leaves the reason in the text: behind the rows, or beside
 * them where the account has it so. It is thrown as the error that it is.
 */
export function parseRows(text: string): unknown[] {
  let answer: { data?: unknown; exception?: string };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch (cause) {
    throw errorInText(text) ?? unreadable('it breaks off, or is no JSON', cause);
  }
  const { data, exception = '' } = answer;
  if (exception !== '' || !Array.isArray(data)) {
    throw errorInText(exception) ?? unreadable('it has no rows');
  }
  return data;
}

export function unreadable(what: string, cause?: unknown): ProfileQueryError {
  return new ProfileQueryError('network', `The answer can't be read: ${what}.`, {
    hint: 'Something between here and ClickHouse may have changed the answer.',
    cause,
  });
}
