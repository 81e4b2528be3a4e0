import { ClickHouseError } from '@clickhouse/client';

import { UserError } from '../errors.ts';
import { migrations, type Migration } from './files.ts';
import { fillIn, type MigrationParameters } from './parameters.ts';
import { statements } from './statements.ts';

/** The part of `@clickhouse/client` that migrating needs; its web client has it too. */
export interface MigrationClient {
  command(command: { readonly query: string }): Promise<unknown>;
}

export interface MigrateOptions extends MigrationParameters {
  /** Called before each migration. */
  readonly onMigration?: (migration: Migration) => void;
}

/**
 * Brings a database to the newest schema. Runs all migrations each time: each of their statements
 * does nothing where it has been done, so nothing needs to be remembered, and it is safe to run at
 * every start, also from several places at once.
 *
 * The client must be connected to a database that exists (`default` always does); tables are named
 * with theirs.
 *
 * @throws MigrationError when the server refuses a statement; the ones before it stay done
 * @throws UserError when a parameter is none
 */
export async function migrate(
  client: MigrationClient,
  { onMigration, ...parameters }: MigrateOptions = {},
): Promise<void> {
  // All of it first: a parameter that is wrong must not leave half a schema.
  const planned = migrations().map((migration) => ({
    migration,
    queries: statements(fillIn(migration.sql, parameters)),
  }));
  for (const { migration, queries } of planned) {
    onMigration?.(migration);
    for (const query of queries) {
      try {
        await client.command({ query });
      } catch (error) {
        if (error instanceof ClickHouseError) throw new MigrationError(migration, query, error);
        throw error;
      }
    }
  }
}

/** ClickHouse refused a migration's statement. */
export class MigrationError extends UserError {
  override readonly name = 'MigrationError';
  readonly migration: string;
  readonly statement: string;

  constructor(migration: Migration, statement: string, cause: ClickHouseError) {
    const firstLine = statement.split('\n', 1)[0];
    const hint = /unknown index type/i.test(cause.message)
      ? '\nText indexes need ClickHouse 26.2 or newer.'
      : '';
    super(`Migration ${migration.name} stopped at "${firstLine}": ${cause.message}${hint}`);
    this.cause = cause;
    this.migration = migration.name;
    this.statement = statement;
  }
}
