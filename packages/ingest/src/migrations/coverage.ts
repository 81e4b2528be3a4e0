import { publicName } from './distributed.ts';
import { quoteIdentifier, quoteText, type MigrationParameters } from './parameters.ts';

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
    `greatest(now64(9, 'UTC'), (SELECT max(Timestamp) FROM ${db}.otel_profiles)) + toIntervalMillisecond(1)) ` +
    `FROM (SELECT Name, groupUniqArray(_shard_num) AS told FROM ${shards} GROUP BY Name) ` +
    `WHERE NOT has(told, ${shard}) SETTINGS insert_shard_id = ${shard}`
  );
}

export function shardsOf(cluster: string): string {
  return `SELECT DISTINCT toUInt32(shard_num) AS shard FROM system.clusters WHERE cluster = ${quoteText(cluster)} ORDER BY shard`;
}
