import { Option, type Command } from 'commander';

import type { ConnectionOptions } from '../connection.ts';

/** Gives a command the options that say which ClickHouse. The environment has them too. */
export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--url <url>', "ClickHouse's HTTP interface")
        .env('CLICKHOUSE_URL')
        .default('http://127.0.0.1:8123'),
    )
    .addOption(new Option('--user <name>', 'its user').env('CLICKHOUSE_USER').default('default'))
    .addOption(
      new Option('--password <password>', "the user's password")
        .env('CLICKHOUSE_PASSWORD')
        .default(''),
    )
    .addOption(
      new Option('--database <name>', 'the database').env('CLICKHOUSE_DATABASE').default('default'),
    );
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
