import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { errorInText } from '../errors/server-error.ts';

/** A 64-bit number as it arrives: text when the client has such numbers quoted, as it should. */
export type WireNumber = number | string;

/**
 * The rows of an answer in one of ClickHouse's JSON-per-line formats.
 *
 * A query that fails after its first row leaves the reason in the text, behind the rows; it is
 * thrown as the error that it is.
 */
export function parseRows(text: string): unknown[] {
  const body = text.trimEnd();
  if (body === '') return [];
  try {
    // One parse is faster than one for each line. JSON escapes line breaks inside of texts.
    return JSON.parse(`[${body.replaceAll('\n', ',')}]`) as unknown[];
  } catch (cause) {
    throw errorInText(body) ?? unreadable('it breaks off, or is no JSON', cause);
  }
}

export function unreadable(what: string, cause?: unknown): ProfileQueryError {
  return new ProfileQueryError('network', `The answer can't be read: ${what}.`, {
    hint: 'Something between here and ClickHouse may have changed the answer.',
    cause,
  });
}
