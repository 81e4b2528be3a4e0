import { Option, type Command } from 'commander';

import type { ConnectionOptions } from '../connection.ts';

/** Gives a command the options that say which ClickHouse. The environment has them too. */
export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(
      option('--url <url>', "ClickHouse's HTTP interface", 'URL').default('http://127.0.0.1:8123'),
    )
    .addOption(option('--user <name>', 'its user', 'USER').default('default'))
    .addOption(option('--password <password>', "the user's password", 'PASSWORD').default(''))
    .addOption(option('--database <name>', 'the database', 'DATABASE').default('default'));
}

/** Compose files set what they have no value for: what is empty there is not set. */
function option(flags: string, description: string, variable: string): Option {
  const name = `CLICKHOUSE_${variable}`;
  const added = new Option(flags, description);
  return process.env[name] === '' ? added : added.env(name);
}

/** The connection alone, out of a command's options. */
export function connectionOf({
  url,
  user,
  password,
  database,
}: ConnectionOptions): ConnectionOptions {
  return { url, user, password, database };
}
