import { makesTable } from './rewrite.ts';
import {
  dataDatabase,
  quoteIdentifier,
  quoteText,
  type MigrationParameters,
} from './parameters.ts';

/** Since when the tables of each shard are whole: a row counts only once it holds on every shard. */
export const COVERAGE = 'otel_profiles_coverage';

/** The points of a series stay together, as they are read. */
const SERIES = 'cityHash64(ServiceName, MetricName, Attributes)';

/**
 * To which shard a row goes that is inserted through the `Distributed` table. Only by what is in the
 * row: an insert that is repeated must be cut into the same parts, by which each shard knows them
 * again.
 *
 * Rows of one process go to one shard, where they lie together. Stacks, frames and rollups have no
 * entry: the views of each shard make those that its own rows need.
 */
const SHARDING: Readonly<Record<string, string>> = {
  otel_metrics_gauge: SERIES,
  otel_metrics_sum: SERIES,
  otel_metrics_summary: SERIES,
  otel_metrics_histogram: SERIES,
  otel_metrics_exponential_histogram: SERIES,
  otel_profiles_ingest: 'cityHash64(ResourceAttributes)',
  otel_profiles_samples: 'cityHash64(ResourceAttributes)',
  otel_traces: 'cityHash64(TraceId)',
  otel_logs: "cityHash64(TraceId, if(TraceId = '', Timestamp, toDateTime64(0, 9)))",
};

/** A table over all shards, and the statement that makes it. */
export interface DistributedTable {
  /** Its name, and that of the table on each shard. */
  readonly name: string;
  readonly create: string;
}

/** One for each table that the statements make. */
export function distributedTables(
  statements: readonly string[],
  parameters: MigrationParameters & { readonly distributed: string },
): DistributedTable[] {
  const { database = 'default', distributed } = parameters;
  const local = dataDatabase(parameters);
  return statements.filter(makesTable).map((statement) => {
    const name = nameOf(statement);
    const engine = [distributed, local, name].map(quoteText).join(', ');
    const key = Object.hasOwn(SHARDING, name) ? `, ${SHARDING[name]}` : '';
    return {
      name,
      create:
        `CREATE TABLE IF NOT EXISTS ${quoteIdentifier(database)}.${publicName(name)} ` +
        `AS ${quoteIdentifier(local)}.${name} ENGINE = Distributed(${engine}${key})`,
    };
  });
}

/** The tables that statements make, as each server has them. */
export function tableNames(statements: readonly string[]): string[] {
  return statements.filter(makesTable).map(nameOf);
}

/** What questions ask for is the view below. */
export const publicName = (name: string) => (name === COVERAGE ? `${COVERAGE}_shards` : name);

/** Of each shard its earliest Since, of these the latest: from then on, every shard is whole. */
export function coverageView({ database = 'default' }: MigrationParameters): string {
  const db = quoteIdentifier(database);
  return (
    `CREATE VIEW IF NOT EXISTS ${db}.${COVERAGE} AS SELECT Name, max(earliest) AS Since FROM (` +
    `SELECT Name, _shard_num AS shard, min(Since) AS earliest FROM ${db}.${publicName(COVERAGE)} ` +
    'GROUP BY Name, shard) GROUP BY Name'
  );
}

/** ``CREATE TABLE IF NOT EXISTS `db`.t … `` → `t`. */
export function nameOf(statement: string): string {
  const [, name = ''] =
    /^CREATE TABLE IF NOT EXISTS (?:`(?:\\.|[^`\\])*`|\w+)\.(\w+)/.exec(statement) ?? [];
  return name;
}
