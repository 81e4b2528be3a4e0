import { ClickHouseError } from '@clickhouse/client';

import { UserError } from '../errors.ts';
import type { MigrationClient } from './migrate.ts';
import { quoteText, type MigrationParameters } from './parameters.ts';

/**
 * Whether the server knows the names that are given for things of its configuration. Some statements
 * take a name of nothing and fail at the next: half a schema would be left.
 *
 * @throws UserError when it does not
 */
export async function checkServerNames(
  client: MigrationClient,
  { cluster, distributed, storagePolicy }: MigrationParameters,
): Promise<void> {
  for (const name of new Set([cluster, distributed])) {
    await check(client, { what: 'cluster', name, from: 'cluster', table: 'clusters' });
  }
  await check(client, {
    what: 'storage policy',
    name: storagePolicy,
    from: 'policy_name',
    table: 'storage_policies',
  });
}

const ACCESS_DENIED = '497';

interface Named {
  readonly what: string;
  readonly name: string | undefined;
  /** The column of a table of `system` that has all there are. */
  readonly from: string;
  readonly table: string;
}

async function check(client: MigrationClient, { what, name, from, table }: Named): Promise<void> {
  // A macro, such as {cluster}, is the server's to fill in.
  if (name === undefined || name.includes('{')) return;
  const query = `SELECT DISTINCT ${from} AS name FROM system.${table} ORDER BY name`;
  let known: string[];
  try {
    const answer = await client.query({ query, format: 'JSONEachRow' });
    known = ((await answer.json()) as { name: string }[]).map((row) => row.name);
  } catch (error) {
    // Who may not read what there is can do without: the statements say it then.
    if (error instanceof ClickHouseError && error.code === ACCESS_DENIED) return;
    throw error;
  }
  if (known.includes(name)) return;
  const there = known.length === 0 ? 'none' : known.join(', ');
  throw new UserError(
    `The server has no ${what} ${quoteText(name)}; in its configuration there is ${there}. Nothing is made.`,
  );
}
