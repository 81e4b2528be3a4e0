import { Option, type Command } from 'commander';

import { withServer, type ConnectionOptions } from '../connection.ts';
import { migrate, PARTITIONS, type Partition, type Tier } from '../migrations/index.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { collectPairs } from './pairs.ts';
import type { Terminal } from './program.ts';

interface MigrateOptions extends ConnectionOptions {
  readonly ttl?: string;
  readonly rollupTtl?: Readonly<Partial<Record<Tier, string>>>;
  readonly partitionBy?: Partition;
  readonly codec?: string;
  readonly storagePolicy?: string;
  readonly cluster?: string;
  readonly replicated: boolean;
  readonly distributed?: string | true;
}

export function addMigrate(program: Command, { stdout }: Terminal): void {
  const command = program
    .command('migrate')
    .description('make or update the tables; running it again does no harm')
    .option('--ttl <time>', 'how long data is kept, e.g. 30d or 720h (default: 30d)')
    .addOption(
      new Option(
        '--rollup-ttl <tier=time>',
        'how long rollups stay: 1h=180d, 1d=400d are the defaults (repeatable)',
      ).argParser((text, before: Record<string, string> = {}) => collectPairs(text, before)),
    )
    .addOption(
      new Option('--partition-by <span>', 'time in one partition (default: day)').choices(
        Object.keys(PARTITIONS),
      ),
    )
    .option('--codec <codec>', 'one codec for all columns, e.g. ZSTD(1) or LZ4')
    .option('--storage-policy <name>', 'where the server puts the data')
    .option('--cluster <name>', 'make everything on all hosts of this cluster; needs a Keeper')
    .option('--replicated', 'use Replicated table engines', false)
    .option(
      '--distributed [cluster]',
      "tables over all shards of a cluster (default: --cluster's), data in <database>_local",
    );
  addConnectionOptions(command).action(async (options: MigrateOptions) => {
    const connection = connectionOf(options);
    const { distributed, ...parameters } = options;
    const over = distributed === true ? options.cluster : distributed;
    if (distributed === true && over === undefined) {
      command.error('error: --distributed needs the name of a cluster, or --cluster.');
    }
    await withServer(connection, (client) =>
      migrate(client, {
        ...parameters,
        distributed: over,
        onMigration: ({ name }) => stdout.write(`${name}\n`),
      }),
    );
    stdout.write(`The tables are in database ${options.database}.\n`);
  });
}
