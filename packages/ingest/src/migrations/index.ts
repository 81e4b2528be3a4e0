export { migrations, type Migration } from './files.ts';
export { migrate, MigrationError, type MigrateOptions, type MigrationClient } from './migrate.ts';
export type { MigrationParameters } from './parameters.ts';
