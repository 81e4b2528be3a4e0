import { UserError } from '../errors.ts';
import { migrations } from './files.ts';
import type { MigrationClient } from './migrate.ts';
import {
  dataDatabase,
  quoteIdentifier,
  quoteText,
  type MigrationParameters,
} from './parameters.ts';
import { onCluster } from './rewrite.ts';

/** The table whose comment says the version of all profile tables and views. */
const TABLE = 'otel_profiles_samples';

const COMMENT = /Hyperflame schema (\d+)/;

/** The version that the files make. */
export function ownVersion(): number {
  const found = migrations().flatMap(({ sql }) => COMMENT.exec(sql)?.[1] ?? []);
  return Number(found[0]);
}

/** What is there of the table that says it. */
interface Said {
  /** Undefined where it says none, as before there were versions. */
  readonly version: number | undefined;
}

/** Undefined where there is no such table. */
export async function versionSaid(
  client: MigrationClient,
  database: string,
): Promise<Said | undefined> {
  const answer = await client.query({
    query: `SELECT comment FROM system.tables
            WHERE database = ${quoteText(database)} AND name = ${quoteText(TABLE)}`,
    format: 'JSONEachRow',
  });
  const [table] = (await answer.json()) as { comment: string }[];
  if (table === undefined) return undefined;
  const [, version] = COMMENT.exec(table.comment) ?? [];
  return { version: version === undefined ? undefined : Number(version) };
}

/**
 * The statements that write the version of the files over an earlier one. Where there is nothing yet,
 * the files write it.
 *
 * They come before all others, so that an upgrade that was stopped is not taken for one that an
 * earlier program may finish.
 *
 * @throws UserError when a later one is there: its views would become those of today, and its columns
 *   stay empty
 */
export async function versionStatements(
  client: MigrationClient,
  parameters: MigrationParameters,
): Promise<string[]> {
  const database = dataDatabase(parameters);
  const said = await versionSaid(client, database);
  const own = ownVersion();
  if (said === undefined || said.version === own) return [];
  if (said.version !== undefined && said.version > own) {
    throw new UserError(
      `The tables of database ${database} are of schema ${said.version}, and this program makes ${own}: ` +
        'a newer hyperflame has made or updated them. Nothing is changed; use that one, or a later one.',
    );
  }
  const alter = `ALTER TABLE ${quoteIdentifier(database)}.${TABLE}`;
  return [onCluster(`${alter} MODIFY COMMENT 'Hyperflame schema ${own}'`, parameters.cluster)];
}
