import {
  ProfileQueryError,
  type ProfileQueryErrorKind,
  type ProfileQueryErrorOptions,
} from './profile-query-error.ts';

interface Meaning extends Pick<ProfileQueryErrorOptions, 'field' | 'hint'> {
  readonly kind: ProfileQueryErrorKind;
}

const SCHEMA: Meaning = {
  kind: 'schema',
  hint: 'Run `hyperflame doctor`: it lists what is missing or different, and the fix.',
};
const SHORTER = 'Choose a shorter time range or a narrower filter, or raise the limit.';
const OF_ACCOUNT =
  'It is a limit of the account, such as `max_result_rows`. Raise it there, or ask for less: a shorter time range, a narrower filter, fewer stacks.';
const SETTINGS =
  'The account may not send this setting. Give `settings` a value it may send, or `settings: "none"`.';

/**
 * ClickHouse's error codes that mean more than "the server refused".
 * Source: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  10: SCHEMA, // NOT_FOUND_COLUMN_IN_BLOCK
  16: SCHEMA, // NO_SUCH_COLUMN_IN_TABLE
  43: SCHEMA, // ILLEGAL_TYPE_OF_ARGUMENT: a column has another type
  46: { kind: 'schema', hint: 'The ClickHouse server is too old for these queries.' }, // UNKNOWN_FUNCTION
  47: SCHEMA, // UNKNOWN_IDENTIFIER
  53: SCHEMA, // TYPE_MISMATCH
  60: SCHEMA, // UNKNOWN_TABLE
  81: SCHEMA, // UNKNOWN_DATABASE
  386: SCHEMA, // NO_COMMON_TYPE
  158: { kind: 'limit', field: 'maxRowsToRead', hint: SHORTER }, // TOO_MANY_ROWS
  159: { kind: 'limit', field: 'maxExecutionSeconds', hint: SHORTER }, // TIMEOUT_EXCEEDED
  160: { kind: 'limit', field: 'maxExecutionSeconds', hint: SHORTER }, // TOO_SLOW
  241: { kind: 'limit', field: 'maxMemoryBytes', hint: SHORTER }, // MEMORY_LIMIT_EXCEEDED
  307: { kind: 'limit', field: 'maxBytesToRead', hint: SHORTER }, // TOO_MANY_BYTES
  191: { kind: 'limit', hint: OF_ACCOUNT }, // SET_SIZE_LIMIT_EXCEEDED
  396: { kind: 'limit', hint: OF_ACCOUNT }, // TOO_MANY_ROWS_OR_BYTES
  164: { kind: 'server', hint: SETTINGS }, // READONLY
  452: { kind: 'server', hint: SETTINGS }, // SETTING_CONSTRAINT_VIOLATION
  497: { kind: 'server', hint: 'The account needs SELECT on the tables of profiles and traces.' }, // ACCESS_DENIED
  516: { kind: 'server', hint: 'Check the user name and the password.' }, // AUTHENTICATION_FAILED
  394: { kind: 'aborted' }, // QUERY_WAS_CANCELLED, also by KILL QUERY
};

/** ClickHouse writes `Code: 60. DB::Exception: Unknown table … (UNKNOWN_TABLE) (version 26.5 …)`. */
const SERVER_TEXT = /Code: (\d+)\.\s*DB::(?:\w+)?Exception: ([\s\S]+)/;

/** How its HTTP server refuses a request before there is a query; it has no code for that. */
const TOO_LONG = /Too many form fields|Field value too long|URI invalid or too long/;

/** How ClickHouse's own clients say that their `request_timeout` is over. */
const CLIENT_TIMEOUT = /^Timeout error\b/;

/** How much of a reason is shown; ClickHouse repeats whole queries in it. */
const REASON_LENGTH = 400;

/**
 * The error that a text from the server speaks of, wherever in the text it stands. `cause` is what had
 * the text, if that was thrown.
 */
export function errorInText(text: string, cause?: unknown): ProfileQueryError | undefined {
  const found = SERVER_TEXT.exec(text);
  return found ? serverError(Number(found[1]), found[2], cause) : undefined;
}

/** What a client threw, as the typed error that it stands for. */
export function typedError(thrown: unknown): ProfileQueryError {
  // client-web parses the server's text into an error with a code; HyperDX puts that into `cause`.
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
    if (error instanceof ProfileQueryError) return error;
    const code = 'code' in error && 'type' in error ? Number(error.code) : NaN;
    if (Number.isInteger(code)) return serverError(code, error.message, thrown);
    const inText = errorInText(error.message, thrown);
    if (inText) return inText;
    const [tooLong] = TOO_LONG.exec(error.message) ?? [];
    if (tooLong !== undefined) {
      return new ProfileQueryError(
        'limit',
        `The question is too long for the server: ${tooLong}.`,
        {
          hint: 'Ask with fewer filters, fewer values or a shorter path.',
          cause: thrown,
        },
      );
    }
    if (CLIENT_TIMEOUT.test(error.message)) {
      return new ProfileQueryError('limit', 'The client gave up waiting for an answer.', {
        field: 'maxExecutionSeconds',
        hint: 'Choose a shorter time range or a narrower filter, or raise the client’s `request_timeout`.',
        cause: thrown,
      });
    }
    error = error.cause;
  }
  return new ProfileQueryError('network', `No answer from ClickHouse: ${reasonOf(thrown)}`, {
    hint: 'Check that the server runs and that it can be reached from here.',
    cause: thrown,
  });
}

function serverError(code: number, message: string, cause?: unknown): ProfileQueryError {
  const { kind, field, hint } = MEANINGS[code] ?? { kind: 'server' as const };
  return new ProfileQueryError(kind, readableReason(message), { field, hint, code, cause });
}

/** The reason without the query that it quotes, the error's name and the server's version. */
function readableReason(message: string): string {
  const reason = message
    .replace(/\s*(__exception__)[\s\S]*$/, '')
    .replace(/[.:,]?\s+[Ii]n scope (SELECT|WITH|\()[\s\S]*$/, '')
    .replace(/\s*\([A-Z][A-Z0-9_]{2,}\)(\s*\(version[\s\S]*)?$/, '')
    .trim();
  return shorten(reason);
}

/** `fetch failed` alone says nothing; what made it fail is in its cause. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return shorten(String(thrown));
  const { message, cause } = thrown;
  return shorten(
    cause instanceof Error && cause.message !== '' ? `${message} (${cause.message})` : message,
  );
}

function shorten(text: string): string {
  return text.length > REASON_LENGTH ? `${text.slice(0, REASON_LENGTH)}…` : text;
}
