import { text } from 'node:stream/consumers';

import {
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
} from '@clickhouse/client';

import { UserError, WrongUseError } from './errors.ts';

/** Which ClickHouse, and as whom. */
export interface ConnectionOptions {
  /** Its HTTP interface, e.g. `http://127.0.0.1:8123`. A user in it wins over `user`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/**
 * A client for a server, as the commands make one.
 *
 * @throws WrongUseError when the URL is none, or names the database
 */
export function connect({ url, user, password, database }: ConnectionOptions): ClickHouseClient {
  try {
    // Without it, `localhost:8123` would be a URL too, of a protocol called localhost.
    if (!isOfHttp(url)) throw new Error('it must begin with http:// or https://.');
    const bare = new URL(url);
    if (bare.pathname !== '/' || bare.searchParams.has('database')) {
      throw new Error('it has more than a host and a port; --database says which database.');
    }
    // The client would take a user from the URL too, but not without a warning.
    const username = userIn(url) || user;
    const secret = decodeURIComponent(bare.password) || password;
    bare.username = '';
    bare.password = '';
    return createClient({
      url: bare,
      username,
      password: secret,
      database,
      application: 'hyperflame',
      // The server itself waits 180 s for the hosts of a cluster, and then says which are missing.
      request_timeout: 240_000,
      // What goes wrong is said once, by whoever asked.
      log: { level: ClickHouseLogLevel.OFF },
    });
  } catch (error) {
    throw new WrongUseError(`"${withoutSecrets(url)}" is not a ClickHouse URL: ${reasonOf(error)}`);
  }
}

const isOfHttp = (url: string) => /^https?:\/\//i.test(url);

const userIn = (url: string) => decodeURIComponent(new URL(url).username);

/** ClickHouse did not answer, or refused. */
export class ServerError extends UserError {
  override readonly name = 'ServerError';
  /** Nothing answered at all, or a proxy in its place, so trying again later may help. */
  readonly unreachable: boolean;
  /** The server's own code, e.g. `60`; undefined where there was no answer. */
  readonly code: string | undefined;

  constructor(
    message: string,
    { unreachable, code }: { readonly unreachable: boolean; readonly code?: string },
  ) {
    super(message);
    this.unreachable = unreachable;
    this.code = code;
  }
}

/**
 * Does some work with a client that is connected to the database `default`, which any server has:
 * the one that is meant may have to be made.
 *
 * @throws ServerError when ClickHouse refuses or is not there
 */
export async function withServer<T>(
  connection: ConnectionOptions,
  work: (client: ClickHouseClient) => Promise<T>,
): Promise<T> {
  const client = connect({ ...connection, database: 'default' });
  try {
    await checkServer(client, connection);
    return await asking(connection, () => work(client));
  } finally {
    await client.close();
  }
}

/** Runs something that talks to ClickHouse; what fails there becomes a `ServerError`. */
export async function asking<T>(connection: ConnectionOptions, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError || !isFromServer(error)) throw error;
    throw serverError(error, connection);
  }
}

/**
 * Whether it is ClickHouse that answers. Whatever else answers with 200, such as the page of another
 * program, seems to have done what it was sent.
 *
 * @throws ServerError when it is not
 */
export async function checkServer(
  client: ClickHouseClient,
  connection: ConnectionOptions,
): Promise<void> {
  const query = 'SELECT version() AS version';
  try {
    const answer = await client.query({ query, format: 'JSONEachRow' });
    const [row] = await answer.json<{ version?: unknown }>();
    if (typeof row?.version === 'string') return;
  } catch (error) {
    if (!isFromServer(error)) throw error;
    // Any other answer is asked for once more, to be told.
    if (isRefusal(error) || isOfNetwork(error)) throw serverError(error, connection);
  }
  await asking(connection, async () => {
    const { stream, http_status_code: status = 0 } = await client.exec({
      query,
      ignore_error_response: true,
    });
    const at = withoutSecrets(connection.url);
    const said = `HTTP ${status}: ${firstLine(await text(stream))}`;
    throw status >= 500
      ? new ServerError(`ClickHouse at ${at} does not answer: ${said}`, { unreachable: true })
      : new ServerError(`What answers at ${at} is not ClickHouse: ${said}`, { unreachable: false });
  });
}

function serverError(error: unknown, connection: ConnectionOptions): ServerError {
  const at = withoutSecrets(connection.url);
  return isRefusal(error)
    ? new ServerError(
        `ClickHouse at ${at} refused (${error.type ?? 'error'} ${error.code}): ${error.message}${hint(error, connection)}`,
        { unreachable: false, code: error.code },
      )
    : new ServerError(`ClickHouse at ${at} does not answer: ${firstLine(reasonOf(error))}`, {
        unreachable: true,
      });
}

function isFromServer(error: unknown): boolean {
  // Whatever is no answer of ClickHouse's the client throws as a plain error with the text of it, or
  // as what JSON.parse says of that. Mistakes of this program are of other classes.
  return (
    isRefusal(error) ||
    isOfNetwork(error) ||
    error instanceof SyntaxError ||
    (error instanceof Error && Object.getPrototypeOf(error) === Error.prototype)
  );
}

const isRefusal = (error: unknown) => error instanceof ClickHouseError;

/** Node's own network errors have a code; the client's say "Timeout error." and the like. */
function isOfNetwork(error: unknown): boolean {
  return (
    error instanceof Error &&
    (typeof (error as NodeJS.ErrnoException).code === 'string' ||
      error instanceof AggregateError ||
      /^(?:timeout error|socket hang up|the user aborted a request)/i.test(error.message))
  );
}

function hint({ type }: ClickHouseError, { url, user, database }: ConnectionOptions): string {
  switch (type) {
    case 'UNKNOWN_TABLE':
    case 'UNKNOWN_DATABASE':
      return `\nRun "hyperflame migrate" for database "${database}" first.`;
    case 'AUTHENTICATION_FAILED':
      return userIn(url) === ''
        ? `\nThe user is "${user}"; set --user and --password, or CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.`
        : `\nThe user is "${userIn(url)}", which the URL says, with its password.`;
    default:
      return '';
  }
}

/**
 * `http://me:secret@db:8123/?password=secret` → `http://db:8123`: messages end up in logs. A password
 * may have any sign in it, also those that end a host: what comes before the last `@` is not shown.
 */
function withoutSecrets(url: string): string {
  const open = url.replace(/^([a-z]+:\/\/)?.*@/is, '$1');
  return isOfHttp(open) && URL.canParse(open) ? new URL(open).origin : open.replace(/[?#].*/s, '');
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(reasonOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

const MOST_SAID = 200;

/** Of a page that somebody else answers with, what is said at the beginning. */
function firstLine(said: string): string {
  const [line = ''] = said.trim().split('\n', 1);
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID)}…` : line;
}
