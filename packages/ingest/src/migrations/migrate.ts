import { ClickHouseError } from '@clickhouse/client';

import { UserError } from '../errors.ts';
import { KEEPS_ALIVE } from '../long-work.ts';
import { untilInsertsEnd } from '../running-inserts.ts';
import { tableStatement } from './clauses.ts';
import { forgetCoverage, lostTables, seedShard, shardsOf } from './coverage.ts';
import {
  COVERAGE,
  coverageView,
  distributedTables,
  nameOf,
  publicName,
  tableNames,
  type DistributedTable,
} from './distributed.ts';
import { migrations, upgrades, type Migration } from './files.ts';
import { givenTimes, keptTimes, optionOf, timesOfTables, type KeptTimes } from './kept-times.ts';
import { clusterOf } from './layout.ts';
import {
  checkParameters,
  dataDatabase,
  LONGEST_DAYS,
  quoteIdentifier,
  quoteText,
  type MigrationParameters,
} from './parameters.ts';
import { makesTable, onCluster, rewrite } from './rewrite.ts';
import { checkServerNames } from './server-names.ts';
import { versionStatements } from './version.ts';
import { alteredViews } from './views.ts';

/** The part of `@clickhouse/client` that migrating needs; its web client has it too. */
export interface MigrationClient {
  command(command: {
    readonly query: string;
    readonly clickhouse_settings?: Readonly<Record<string, number | string>>;
  }): Promise<unknown>;
  query(query: {
    readonly query: string;
    readonly format: 'JSONEachRow';
  }): Promise<{ json(): Promise<unknown> }>;
}

export interface MigrateOptions extends MigrationParameters {
  /** Called before each migration. */
  readonly onMigration?: (migration: Pick<Migration, 'name'>) => void;
}

/** Statements under the name that a person is told. */
interface Step {
  readonly name: string;
  readonly queries: readonly string[];
}

/**
 * Brings a database to the newest schema. Runs all migrations each time: each of their statements
 * does nothing where it has been done, so nothing needs to be remembered, and it is safe to run at
 * every start, also from several places at once. A table that went missing is made again, and known
 * to lack what was there before.
 *
 * A table that is there keeps its partitions, codecs and engine, and a database whose tables are over
 * the shards of a cluster stays one. Times to live and the storage policy of profiles follow the
 * options where these are given; logs, traces and metrics keep theirs.
 *
 * The client must be connected to a database that exists (`default` always does); tables are named
 * with theirs.
 *
 * @throws MigrationError when the server refuses a statement; the ones before it stay done
 * @throws UserError when a parameter is none or names nothing, or when the tables that are there are of
 *   another kind or of a later version
 */
export async function migrate(
  client: MigrationClient,
  { onMigration, ...given }: MigrateOptions = {},
): Promise<void> {
  // All of it first: a parameter that is wrong must not leave half a schema.
  const names = tableNames(migrations().flatMap(({ sql }) => rewrite(sql, given)));
  const distributed = await clusterOf(client, names, given);
  await checkServerNames(client, given);
  const parameters = { ...given, distributed };
  const kept = await keptTimes(client, dataDatabase(parameters));
  const { ttl, ...tiers } = kept.times;
  const complete = {
    ...parameters,
    ttl: parameters.ttl ?? ttl,
    rollupTtl: { ...tiers, ...parameters.rollupTtl },
  };
  checkParameters(parameters, tiers);
  const version = await versionStatements(client, parameters);
  const steps = (files: readonly Migration[]): Step[] =>
    files.map(({ name, sql }) => ({ name, queries: rewrite(sql, complete) }));
  const files = steps(migrations());
  const made = files.flatMap(({ queries }) => queries);

  // Views of another query are the mark of an earlier version. They are altered at the very end, so
  // that an upgrade that was stopped is known as one the next time.
  const views = await alteredViews(client, dataDatabase(parameters), made);
  const isOld = views.length > 0 || (await hasOldStacks(client, dataDatabase(parameters)));
  const needed = isOld ? steps(upgrades()) : [];
  checkKnown(
    kept,
    [...timesOfTables().keys()].filter(
      (name) =>
        !kept.tables.has(name) ||
        asksFor(name, parameters) ||
        needed.some(({ queries }) => queries.some((query) => writesTtl(query, name))),
    ),
    parameters,
  );
  if (version.length > 0) await run(client, { name: 'version', queries: version }, onMigration);
  const lost = await lostTables(client, parameters);
  for (const file of files) {
    // Before they are made: a run that is stopped in between must not leave them taken for whole.
    if (lost.length > 0 && tableNames(file.queries).includes(COVERAGE)) {
      const queries = forgetCoverage(lost, file.queries, parameters);
      await run(client, { name: 'coverage', queries }, onMigration);
    }
    for (const { name, queries } of needed.filter((upgrade) => sameNumber(upgrade, file))) {
      await run(client, { name: `upgrade ${name}`, queries }, onMigration);
    }
    await run(client, file, onMigration);
  }
  // From the last to the first: while inserts fail at the first, nothing comes by the older ones.
  if (views.length > 0) {
    await run(client, { name: 'views', queries: views.toReversed() }, onMigration);
    // An insert that began before all this goes its old way to the end, and may have brought stacks
    // that do not know their function level. One that takes longer leaves them to the next run.
    await untilInsertsEnd(client, { mostMs: 60_000 });
    if (await hasOldStacks(client, dataDatabase(parameters))) {
      for (const upgrade of needed) await run(client, upgrade, onMigration);
    }
  }

  const changed = await changedTables(client, made, parameters);
  if (changed.length > 0) await run(client, { name: 'options', queries: changed }, onMigration);
  await distribute(client, made, parameters, onMigration);
}

/** Whether there are stacks that an earlier version brought. */
async function hasOldStacks(client: MigrationClient, database: string): Promise<boolean> {
  const [column] = await rowsOf(
    client,
    `SELECT name FROM system.columns WHERE database = ${quoteText(database)}
     AND table = 'otel_profiles_stacks' AND name = 'FunctionStackId'`,
  );
  if (column === undefined) return false;
  const [old] = await rowsOf(
    client,
    `SELECT 1 AS one FROM ${quoteIdentifier(database)}.otel_profiles_stacks WHERE FunctionStackId = 0 LIMIT 1`,
  );
  return old !== undefined;
}

/** Whether a time is given that the TTL of this table depends on. */
function asksFor(table: string, parameters: MigrationParameters): boolean {
  const given = givenTimes(parameters);
  const options = timesOfTables().get(table) ?? [];
  return options.some((option) => given.has(option));
}

/** Whether a statement of an upgrade changes how long the rows of a table stay. */
const writesTtl = (statement: string, table: string) =>
  new RegExp(`\\.${table}\\b.*\\sMODIFY\\s+TTL\\b`).test(statement);

function sameNumber(one: Step, other: Step): boolean {
  return one.name.split('_', 1)[0] === other.name.split('_', 1)[0];
}

async function run(
  client: MigrationClient,
  { name, queries }: Step,
  onMigration: MigrateOptions['onMigration'],
): Promise<void> {
  onMigration?.({ name });
  for (const query of queries) {
    try {
      await client.command({ query, clickhouse_settings: SETTINGS });
    } catch (error) {
      if (error instanceof ClickHouseError) throw new MigrationError(name, query, error);
      throw error;
    }
  }
}

const SETTINGS = {
  /** What a `Distributed` table needs to have the columns of the table on its shards. */
  allow_suspicious_low_cardinality_types: 1,
  ...KEEPS_ALIVE,
};

async function rowsOf<Row>(client: MigrationClient, query: string): Promise<Row[]> {
  return (await (await client.query({ query, format: 'JSONEachRow' })).json()) as Row[];
}

/**
 * A TTL that is written names every time that it depends on. One that is not given has to be that of
 * the tables, where these say it.
 *
 * @param written tables whose TTL is going to be written
 * @throws UserError when it is needed, and what is there is a rule that no option gives
 */
function checkKnown(
  { others }: KeptTimes,
  written: readonly string[],
  parameters: MigrationParameters,
): void {
  const given = givenTimes(parameters);
  const options = timesOfTables();
  const needed = new Set(written.flatMap((table) => options.get(table) ?? []));
  for (const option of needed) {
    const other = others[option];
    if (other === undefined || given.has(option)) continue;
    const { table, ttl } = other;
    throw new UserError(
      (ttl === undefined
        ? `${table} of database ${dataDatabase(parameters)} has no TTL: its rows stay for ever. `
        : `${table} of database ${dataDatabase(parameters)} has a TTL of another kind: ${ttl}. `) +
        `How long ${written.join(', ')} ${written.length === 1 ? 'stays' : 'stay'} depends on it. ` +
        `Give ${optionOf(option)} too, which changes it (${LONGEST_DAYS}d is the longest); nothing is changed yet.`,
    );
  }
}

/**
 * What makes the tables that were there before follow the options that are given now. Of logs and
 * traces they may be HyperDX's or the exporter's own, with rows that are nobody's here to delete.
 */
async function changedTables(
  client: MigrationClient,
  made: readonly string[],
  parameters: MigrationParameters,
): Promise<string[]> {
  const { storagePolicy, cluster } = parameters;
  if (givenTimes(parameters).size === 0 && storagePolicy === undefined) return [];
  const database = dataDatabase(parameters);
  const queries: string[] = [];
  for (const statement of made.filter(makesTable)) {
    const { clauses } = tableStatement(statement);
    const name = nameOf(statement);
    if (!name.startsWith('otel_profiles')) continue;
    const wanted = clauses.find(({ keyword }) => keyword === 'TTL')?.text;
    const alter = `ALTER TABLE ${quoteIdentifier(database)}.${name}`;
    if (wanted !== undefined && asksFor(name, parameters)) {
      // The server writes expressions in its own way, so it is asked how it would write ours.
      const [table] = await rowsOf<{ same: number }>(
        client,
        `SELECT position(
           replaceRegexpAll(engine_full, '\\\\s+', ' ') || ' ',
           ' ' || extract(
             replaceRegexpAll(formatQuerySingleLine(${quoteText(`CREATE TABLE t (a Int8) ENGINE = MergeTree ORDER BY a ${wanted}`)}), '\\\\s+', ' '),
             'TTL .*'
           ) || ' '
         ) > 0 AS same
         FROM system.tables WHERE database = ${quoteText(database)} AND name = ${quoteText(name)}`,
      );
      if (table !== undefined && !table.same) queries.push(`${alter} MODIFY ${wanted}`);
    }
    if (storagePolicy !== undefined && statement.includes('storage_policy')) {
      queries.push(`${alter} MODIFY SETTING storage_policy = ${quoteText(storagePolicy)}`);
    }
  }
  return queries.map((query) => onCluster(query, cluster));
}

/** The tables over all shards, under the names that everybody asks and inserts by. */
async function distribute(
  client: MigrationClient,
  made: readonly string[],
  parameters: MigrationParameters,
  onMigration: MigrateOptions['onMigration'],
): Promise<void> {
  const { database = 'default', distributed, cluster } = parameters;
  if (distributed === undefined) return;
  const local = dataDatabase(parameters);
  const tables = distributedTables(made, { ...parameters, distributed });
  const differing = await differingTables(client, database, tables, local);
  const queries = [
    `CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(database)}`,
    ...tables.flatMap(({ name, create }) =>
      differing.has(name)
        ? [
            // Rows that wait to be sent to their shards are in files of the table.
            `SYSTEM FLUSH DISTRIBUTED ${quoteIdentifier(database)}.${publicName(name)}`,
            create.replace('CREATE TABLE IF NOT EXISTS', 'CREATE OR REPLACE TABLE'),
          ]
        : [create],
    ),
    coverageView(parameters),
  ];
  await run(
    client,
    { name: 'distributed', queries: queries.map((query) => onCluster(query, cluster)) },
    onMigration,
  );
  if (cluster === undefined) return;
  const shards = await rowsOf<{ shard: number }>(client, shardsOf(distributed));
  const seeds = shards.map(({ shard }) => seedShard(shard, parameters));
  await run(client, { name: 'coverage', queries: seeds }, onMigration);
}

/** Those that are there with other columns than the tables on the shards. */
async function differingTables(
  client: MigrationClient,
  database: string,
  tables: readonly DistributedTable[],
  local: string,
): Promise<Set<string>> {
  const columnsOf = async (place: string) => {
    const columns = await rowsOf<{ table: string; columns: string }>(
      client,
      `SELECT table, toString(arraySort(groupArray((name, type, default_kind, default_expression)))) AS columns
       FROM system.columns WHERE database = ${quoteText(place)} GROUP BY table`,
    );
    return new Map(columns.map((row) => [row.table, row.columns]));
  };
  const [there, here] = await Promise.all([columnsOf(local), columnsOf(database)]);
  const differs = ({ name }: DistributedTable) => {
    const columns = here.get(publicName(name));
    return columns !== undefined && columns !== there.get(name);
  };
  return new Set(tables.filter(differs).map(({ name }) => name));
}

/** ClickHouse refused a migration's statement. */
export class MigrationError extends UserError {
  override readonly name = 'MigrationError';
  readonly migration: string;
  readonly statement: string;

  constructor(migration: string, statement: string, cause: ClickHouseError) {
    const firstLine = statement.split('\n', 1)[0];
    const hint = /unknown index type/i.test(cause.message)
      ? '\nText indexes need ClickHouse 26.2 or newer.'
      : '';
    super(`Migration ${migration} stopped at "${firstLine}": ${cause.message}${hint}`);
    this.cause = cause;
    this.migration = migration;
    this.statement = statement;
  }
}
