export { migrations, type Migration } from './files.ts';
export { migrate, MigrationError, type MigrateOptions, type MigrationClient } from './migrate.ts';
export { PARTITIONS, type MigrationParameters, type Partition, type Tier } from './parameters.ts';
