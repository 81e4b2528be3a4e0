import type { Command } from 'commander';

import { asking, connect, type ConnectionOptions } from '../connection.ts';
import { migrate } from '../migrations/index.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import type { Terminal } from './program.ts';

interface MigrateOptions extends ConnectionOptions {
  readonly ttl?: string;
  readonly cluster?: string;
  readonly replicated: boolean;
}

export function addMigrate(program: Command, { stdout }: Terminal): void {
  const command = program
    .command('migrate')
    .description('make or update the tables; running it again does no harm')
    .option('--ttl <time>', 'how long data is kept, e.g. 30d or 720h (default: 30d)')
    .option('--cluster <name>', 'make everything on all hosts of this cluster')
    .option('--replicated', 'use Replicated table engines', false);
  addConnectionOptions(command).action(async (options: MigrateOptions) => {
    const connection = connectionOf(options);
    const { database, ttl, cluster, replicated } = options;
    // Not connected to the database itself, which may have to be made.
    const client = connect({ ...connection, database: 'default' });
    try {
      await asking(connection, () =>
        migrate(client, {
          database,
          ttl,
          cluster,
          replicated,
          onMigration: ({ name }) => stdout.write(`${name}\n`),
        }),
      );
      stdout.write(`The tables are in database ${database}.\n`);
    } finally {
      await client.close();
    }
  });
}
