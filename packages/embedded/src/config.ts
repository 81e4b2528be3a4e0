import { createHash } from 'node:crypto';
import { httpRules } from './http-rules.ts';
import type { StartOptions, User } from './options.ts';
import { document, type XmlNode } from './xml.ts';

/** The limits of a `viewer`: enough for any question the components ask, no more. */
export const VIEWER_LIMITS = { max_execution_time: 60, max_result_rows: 1_000_000 } as const;

interface ConfigInput {
  readonly usersFile: string;
  /** Answered by `getMacro('instance')`, so a start can tell its own server from a stranger's. */
  readonly instance: string;
  readonly users: readonly User[];
  readonly clusters?: StartOptions['clusters'];
}

/** ClickHouse's main configuration file. */
export function configXml({ usersFile, instance, users, clusters = {} }: ConfigInput): string {
  return document({
    'log-level': 'warning',
    logger: { console: 1 },
    macros: { instance },
    // The library is made for one-off queries and starts with two; merges, dedup clean-up and TTL
    // of a dozen tables would wait for each other.
    background_schedule_pool_size: 16,
    user_directories: { users_xml: { path: usersFile } },
    remote_servers: Object.fromEntries(
      Object.entries(clusters).map(([name, ports]) => [elementName(name), cluster(ports)]),
    ),
    http_handlers: httpRules(users),
    // The browser's preflight carries no credentials, so it is answered before any user is known.
    http_options_response: {
      header: [
        { name: 'Access-Control-Allow-Origin', value: '*' },
        // `*` does not cover Authorization: browsers want it by name.
        { name: 'Access-Control-Allow-Headers', value: '*, Authorization' },
        { name: 'Access-Control-Allow-Methods', value: 'POST, GET, OPTIONS' },
        { name: 'Access-Control-Max-Age', value: '86400' },
      ],
    },
  });
}

/**
 * ClickHouse's users file: accounts, and the two profiles behind {@link User.role}. `default` is
 * always there, an admin without a password: the library logs in as that to start listening.
 */
export function usersXml(others: readonly User[]): string {
  const users: readonly User[] = [{ name: 'default', role: 'admin' }, ...others];
  const twice = users.find((user, i) => users.findIndex(({ name }) => name === user.name) < i);
  if (twice) throw new TypeError(`There is already a user named "${twice.name}".`);
  return document({
    profiles: { default: {}, viewer: viewerProfile() },
    quotas: { default: {} },
    users: Object.fromEntries(users.map((user) => [elementName(user.name), account(user)])),
  });
}

/**
 * Settings that name a file, to write or to read: the library takes itself for a program of whoever
 * started it, so any file of theirs.
 */
const FILE_SETTINGS = [
  'format_schema',
  'format_template_resultset',
  'format_template_row',
  'input_format_record_errors_file_path',
  'output_format_schema',
];

/**
 * Reads only, yet may send settings: clients add their own to every query (formats, timeouts,
 * `cancel_http_readonly_queries_on_client_close`), and `readonly=1` would refuse them all. So
 * `readonly=2`, and what must hold is held by constraints. Zero means "no limit" to ClickHouse,
 * hence the lower bounds.
 */
function viewerProfile(): XmlNode {
  const limits = Object.entries(VIEWER_LIMITS);
  return {
    readonly: 2,
    add_http_cors_header: 1,
    ...VIEWER_LIMITS,
    constraints: {
      ...Object.fromEntries(limits.map(([name, max]) => [name, { min: 1, max }])),
      ...Object.fromEntries(
        ['add_http_cors_header', ...FILE_SETTINGS].map((name) => [name, { const: {} }]),
      ),
    },
  };
}

/** Inserts go to one replica of each shard; here a shard has one only. */
function cluster(ports: readonly number[]): XmlNode {
  return {
    shard: ports.map((port) => ({
      internal_replication: 'true',
      replica: { host: '127.0.0.1', port },
    })),
  };
}

function account({ password = '', role = 'viewer' }: User): XmlNode {
  return {
    ...(password === ''
      ? { no_password: {} }
      : { password_sha256_hex: createHash('sha256').update(password).digest('hex') }),
    networks: { ip: ['127.0.0.1', '::1'] },
    profile: role === 'admin' ? 'default' : 'viewer',
    quota: 'default',
    // Without this a reader could still open files and addresses with table functions.
    ...(role === 'viewer' ? { grants: { query: 'GRANT SELECT ON *.*' } } : {}),
  };
}

/** Names of users and clusters become element names in ClickHouse's file, which limits them. */
function elementName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    throw new TypeError(
      `The name ${JSON.stringify(name)} can't be used: letters, digits, _ and - only, starting with a letter.`,
    );
  }
  return name;
}
