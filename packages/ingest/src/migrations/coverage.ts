import { DERIVED, viewOf, withDerived } from './derived.ts';
import { COVERAGE, nameOf, publicName } from './distributed.ts';
import type { MigrationClient } from './migrate.ts';
import {
  dataDatabase,
  quoteIdentifier,
  quoteText,
  type MigrationParameters,
} from './parameters.ts';
import { makesTable, onCluster } from './rewrite.ts';

/**
 * The tables that lack what came while they, or the views that fill them, were not there; so do those
 * that are made of them. None where nothing was made yet.
 */
export async function lostTables(
  client: MigrationClient,
  parameters: MigrationParameters,
): Promise<string[]> {
  const { cluster } = parameters;
  const tables =
    cluster === undefined
      ? 'system.tables'
      : `clusterAllReplicas(${quoteText(cluster)}, system.tables)`;
  const answer = await client.query({
    query: `SELECT name, toUInt32(count()) AS hosts FROM ${tables}
      WHERE database = ${quoteText(dataDatabase(parameters))} GROUP BY name`,
    format: 'JSONEachRow',
  });
  const found = (await answer.json()) as { name: string; hosts: number }[];
  const hosts = new Map(found.map((table) => [table.name, table.hosts]));
  // It is made last: a host that has it had all the others.
  const complete = hosts.get(COVERAGE) ?? 0;
  const isMissing = (name: string) => (hosts.get(name) ?? 0) < complete;
  return withDerived(
    DERIVED.map(({ name }) => name).filter((name) => isMissing(name) || isMissing(viewOf(name))),
  );
}

/**
 * Takes back since when tables are whole. Until that is said anew, nobody reads them: by the
 * migrations, once they and their views are there, or by the next run, if this one is stopped.
 *
 * @param made all statements of the migrations: a host that is new in its cluster has no such table
 */
export function forgetCoverage(
  names: readonly string[],
  made: readonly string[],
  parameters: MigrationParameters,
): string[] {
  const table = `${quoteIdentifier(dataDatabase(parameters))}.${COVERAGE}`;
  const forget =
    `DELETE FROM ${table} WHERE Name IN (${names.map(quoteText).join(', ')}) ` +
    'SETTINGS lightweight_deletes_sync = 1';
  return [
    ...made.filter((statement) => makesTable(statement) && nameOf(statement) === COVERAGE),
    onCluster(forget, parameters.cluster),
  ];
}

/** A millisecond before the end of `DateTime64(9)`, so that one can be added. */
const LAST = "toDateTime64('2262-04-11 23:47:16.853775807', 9, 'UTC')";

/**
 * Rows do not travel `ON CLUSTER`: the migrations' own INSERT says since when the tables are whole
 * on one shard only. These say it for a shard that says nothing yet: from the beginning of time
 * where no shard has a sample, else from now.
 */
export function seedShard(shard: number, { database = 'default' }: MigrationParameters): string {
  const db = quoteIdentifier(database);
  const shards = `${db}.${publicName('otel_profiles_coverage')}`;
  return (
    `INSERT INTO ${shards} SELECT Name, if(` +
    `(SELECT count() FROM ${db}.otel_profiles) = 0, toDateTime64(0, 9, 'UTC'), ` +
    `greatest(now64(9, 'UTC'), least((SELECT max(Timestamp) FROM ${db}.otel_profiles), ${LAST})) + toIntervalMillisecond(1)) ` +
    `FROM (SELECT Name, groupUniqArray(_shard_num) AS told FROM ${shards} GROUP BY Name) ` +
    `WHERE NOT has(told, ${shard}) SETTINGS insert_shard_id = ${shard}, ` +
    "deduplicate_insert = 'disable', deduplicate_insert_select = 'disable'"
  );
}

export function shardsOf(cluster: string): string {
  return `SELECT DISTINCT toUInt32(shard_num) AS shard FROM system.clusters WHERE cluster = ${quoteText(cluster)} ORDER BY shard`;
}
