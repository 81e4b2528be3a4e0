import { ClickHouseError, type ClickHouseClient } from '@clickhouse/client';

import { migrations } from '../migrations/files.ts';
import { quoteIdentifier } from '../migrations/parameters.ts';
import { rewrite } from '../migrations/rewrite.ts';
import { ownVersion, versionSaid } from '../migrations/version.ts';
import { alteredViews } from '../migrations/views.ts';
import { expectedTables } from './checks.ts';
import type { ServerFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { migrateCommand, type Installation } from './installation.ts';

/**
 * Whether each view still fits the table that it reads and the one that it fills. A view is not
 * looked at when a table changes; it fails with the next insert, and then the Collector's inserts
 * fail with it.
 */
export async function checkViews(
  client: ClickHouseClient,
  { tables, columns }: ServerFacts,
  installation: Installation,
): Promise<Finding[]> {
  const fix = migrateCommand(installation);
  const findings = await checkVersions(client, installation);
  const views = expectedTables().flatMap((name) => {
    const view = tables.get(name);
    return view?.engine === 'MaterializedView' ? [view] : [];
  });
  for (const view of views) {
    const target = targetOf(view.createQuery);
    if (target !== undefined && !tables.has(target)) {
      findings.push({
        level: 'problem',
        message: `The view ${view.name} fills ${target}, which is not there.`,
        fix,
      });
      continue;
    }
    const answer = await describe(client, view.asSelect);
    if (typeof answer === 'string') {
      findings.push({
        level: 'problem',
        message: `The view ${view.name} cannot run, so inserts fail: ${answer}`,
        fix: `DROP VIEW ${quoteIdentifier(installation.local)}.${view.name}; then ${fix}`,
      });
      continue;
    }
    const targetColumns = new Set((columns.get(target ?? '') ?? []).map((column) => column.name));
    const lost = answer.filter((column) => !targetColumns.has(column));
    if (target !== undefined && lost.length > 0) {
      findings.push({
        level: 'problem',
        message: `The view ${view.name} makes ${lost.join(', ')}, which ${target} does not have.`,
        fix,
      });
    }
  }
  return findings.length > 0 || views.length === 0
    ? findings
    : [{ level: 'ok', message: `All ${views.length} views fit their tables.` }];
}

/**
 * Where the tables that people ask are over the shards of a cluster, the views are beside the rows of
 * each server. One beside the `Distributed` tables would bring every sample there a second time.
 */
export function checkAskedViews(
  { tables }: Pick<ServerFacts, 'tables'>,
  { database, local }: Installation,
): Finding[] {
  if (database === local) return [];
  return expectedTables()
    .filter((name) => tables.get(name)?.engine === 'MaterializedView')
    .map((name) => ({
      level: 'problem',
      message: `The view ${name} in ${database} counts again what the one in ${local} has counted.`,
      fix: `DROP VIEW ${quoteIdentifier(database)}.${name};`,
    }));
}

/** A view of an earlier version brings what that one brought, into tables that have more by now. */
async function checkVersions(
  client: ClickHouseClient,
  installation: Installation,
): Promise<Finding[]> {
  const { local } = installation;
  const version = (await versionSaid(client, local))?.version;
  if (version !== undefined && version > ownVersion()) {
    return [
      {
        level: 'problem',
        message: `The tables are of schema ${version}, which is newer than this program's ${ownVersion()}: what it says of them may be wrong.`,
        fix: 'npm install --global @hyperflame/ingest@latest',
      },
    ];
  }
  const made = migrations().flatMap(({ sql }) => rewrite(sql, { database: local }));
  const altered = await alteredViews(client, local, made);
  return altered.length === 0
    ? []
    : [
        {
          level: 'problem',
          message: `${altered.length} ${altered.length === 1 ? 'view is' : 'views are'} of another version than this program.`,
          fix: migrateCommand(installation),
        },
      ];
}

/** `CREATE MATERIALIZED VIEW db.v TO db.target …` → `target`. */
function targetOf(createQuery: string): string | undefined {
  const found =
    /^CREATE MATERIALIZED VIEW \S+ TO (?:`(?:\\.|[^`\\])*`|[^\s.`]+)\.(?:`([^`]+)`|([^\s(`]+))/.exec(
      createQuery,
    );
  return found?.[1] ?? found?.[2];
}

/** The names that a question answers with, or why the server cannot answer it. */
async function describe(client: ClickHouseClient, query: string): Promise<string[] | string> {
  try {
    const answer = await client.query({ query: `DESCRIBE (${query})`, format: 'JSONEachRow' });
    return (await answer.json<{ name: string }>()).map(({ name }) => name);
  } catch (error) {
    if (error instanceof ClickHouseError) return error.message;
    throw error;
  }
}
