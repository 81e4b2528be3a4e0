import {
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
} from '@clickhouse/client';

import { UserError } from './errors.ts';

/** Which ClickHouse, and as whom. */
export interface ConnectionOptions {
  /** Its HTTP interface, e.g. `http://127.0.0.1:8123`. A user in it wins over `user`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** @throws UserError when the URL is none */
export function connect({ url, user, password, database }: ConnectionOptions): ClickHouseClient {
  try {
    const bare = new URL(url);
    // The client would take a user from the URL too, but not without a warning.
    const username = decodeURIComponent(bare.username) || user;
    const secret = decodeURIComponent(bare.password) || password;
    bare.username = '';
    bare.password = '';
    return createClient({
      url: bare,
      username,
      password: secret,
      database,
      application: 'hyperflame',
      request_timeout: 120_000,
      // What goes wrong is said once, by whoever asked.
      log: { level: ClickHouseLogLevel.OFF },
    });
  } catch (error) {
    throw new UserError(`"${withoutPassword(url)}" is not a ClickHouse URL: ${reasonOf(error)}`);
  }
}

/** ClickHouse did not answer, or refused. */
export class ServerError extends UserError {
  override readonly name = 'ServerError';
  /** Nothing answered at all, so trying again later may help. */
  readonly unreachable: boolean;
  /** The server's own code, e.g. `60`; undefined where there was no answer. */
  readonly code: string | undefined;

  constructor(error: unknown, { url, user, database }: ConnectionOptions) {
    const refused = error instanceof ClickHouseError;
    const at = withoutPassword(url);
    super(
      refused
        ? `ClickHouse at ${at} refused (${error.type ?? 'error'} ${error.code}): ${error.message}${hint(error, user, database)}`
        : `ClickHouse at ${at} does not answer: ${reasonOf(error)}`,
    );
    this.unreachable = !refused;
    this.code = refused ? error.code : undefined;
  }
}

/** Runs something that talks to ClickHouse; what fails there becomes a `ServerError`. */
export async function asking<T>(connection: ConnectionOptions, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError || !isFromServer(error)) throw error;
    throw new ServerError(error, connection);
  }
}

function isFromServer(error: unknown): boolean {
  if (error instanceof ClickHouseError) return true;
  // Node's own network errors have a code; the client's timeouts say "Timeout error.".
  return (
    error instanceof Error &&
    (typeof (error as NodeJS.ErrnoException).code === 'string' ||
      error instanceof AggregateError ||
      /timeout|socket|aborted/i.test(error.message))
  );
}

function hint({ type }: ClickHouseError, user: string, database: string): string {
  switch (type) {
    case 'UNKNOWN_TABLE':
    case 'UNKNOWN_DATABASE':
      return `\nRun "hyperflame migrate" for database "${database}" first.`;
    case 'AUTHENTICATION_FAILED':
      return `\nThe user is "${user}"; set --user and --password, or CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.`;
    default:
      return '';
  }
}

/** `http://me:secret@db:8123` → `http://db:8123`: messages end up in logs. */
function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(reasonOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
