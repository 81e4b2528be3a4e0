import { UserError } from '../errors.ts';
import { quoteIdentifier, quoteText } from '../migrations/parameters.ts';

/** A table or view of the profiles, as the server has it. */
export interface ProfileTable {
  readonly name: string;
  readonly engine: string;
  readonly createQuery: string;
}

/** Of the profile tables, what rows go through or into; coverage is about the real ones only. */
export function profileTablesQuery(database: string): string {
  return `SELECT name, engine, create_table_query AS createQuery FROM system.tables
    WHERE database = ${quoteText(database)} AND startsWith(name, 'otel_profiles')
    AND name NOT IN ('otel_profiles_coverage', 'otel_profiles_adoption')
    AND (engine IN ('Null', 'MaterializedView') OR engine LIKE '%MergeTree')
    ORDER BY name`;
}

export const isStored = ({ engine }: ProfileTable) => engine.endsWith('MergeTree');

/**
 * The statements that make a second set of the tables and views in a database of its own. Rows that
 * are inserted there become what they would become in the first, and their parts can be moved over.
 */
export function stagingStatements(
  tables: readonly ProfileTable[],
  from: string,
  to: string,
): string[] {
  const replicated = tables.find(({ engine }) => engine.startsWith('Replicated'));
  if (replicated !== undefined) {
    throw new UserError(
      `${replicated.name} is replicated, and rows cannot be moved into it from a table that is not. ` +
        'Insert them yourself, a part of the time after the other: INSERT INTO otel_profiles_ingest SELECT …',
    );
  }
  const db = quoteIdentifier(to);
  const copies = tables
    .filter(({ engine }) => engine !== 'MaterializedView')
    .flatMap((table) => {
      const make = `CREATE TABLE ${db}.${table.name} AS ${quoteIdentifier(from)}.${table.name}`;
      // A row that is older than it may be is the real table's to drop.
      return table.createQuery.includes(' TTL ')
        ? [make, `ALTER TABLE ${db}.${table.name} REMOVE TTL`]
        : [make];
    });
  const views = tables
    .filter(({ engine }) => engine === 'MaterializedView')
    .map(({ createQuery }) => elsewhere(createQuery, from, to));
  return [`CREATE DATABASE ${db}`, ...copies, ...views];
}

/** A view's statement with all of its tables in another database. */
function elsewhere(createQuery: string, from: string, to: string): string {
  // The server writes a name in quotes only where it must.
  return [from, quoteIdentifier(from)].reduce(
    (query, name) =>
      query.replaceAll(` ${name}.otel_profiles`, () => ` ${quoteIdentifier(to)}.otel_profiles`),
    createQuery,
  );
}
