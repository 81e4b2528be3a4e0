import type { ClickHouseClient } from '@clickhouse/client';

import { quoteIdentifier } from '../migrations/parameters.ts';
import type { TableSize } from './finding.ts';

/** A table or view as the server has it. */
export interface ServerTable {
  readonly name: string;
  readonly engine: string;
  /** With settings, e.g. `MergeTree … SETTINGS non_replicated_deduplication_window = 1000`. */
  readonly engineFull: string;
  /** A view's question. */
  readonly asSelect: string;
  /** The statement that would make it, which is where a materialized view names its target. */
  readonly createQuery: string;
}

export interface ServerColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  /** Empty for a plain column, else DEFAULT, MATERIALIZED, ALIAS or EPHEMERAL. */
  readonly defaultKind: string;
}

/** What the server says of itself and of a database. */
export interface ServerFacts {
  readonly version: string;
  readonly databaseExists: boolean;
  readonly tables: ReadonlyMap<string, ServerTable>;
  readonly columns: ReadonlyMap<string, readonly ServerColumn[]>;
  readonly sizes: readonly TableSize[];
  /** Changes of tables that are not done; with why, where they cannot be. */
  readonly mutations: readonly {
    readonly table: string;
    readonly parts: number;
    readonly reason: string;
  }[];
  /** Since when each rollup is whole, in milliseconds since 1970; undefined without that table. */
  readonly coverage: readonly { readonly name: string; readonly since: number }[] | undefined;
  /** Time of the oldest sample, likewise. */
  readonly oldest: number | undefined;
  /** Of the account that asks: its name as `user`, and what matters of its settings. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Whether a table is there with these columns: one of ours, or of another kind, may be of that name. */
export function hasColumns(
  columns: ServerFacts['columns'],
  table: string,
  names: readonly string[],
): boolean {
  const own = columns.get(table) ?? [];
  return names.every((name) => own.some((column) => column.name === name));
}

type Ask = <Row>(query: string) => Promise<Row[]>;

function asker(client: ClickHouseClient, database: string): Ask {
  return async <Row>(query: string): Promise<Row[]> => {
    const answer = await client.query({
      query,
      query_params: { database },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    });
    return answer.json<Row>();
  };
}

/** The tables and views of a database, and their columns. */
export async function readTables(
  client: ClickHouseClient,
  database: string,
): Promise<Pick<ServerFacts, 'tables' | 'columns'>> {
  const ask = asker(client, database);
  const tables = await ask<ServerTable>(
    `SELECT name, engine, engine_full AS engineFull, as_select AS asSelect,
            create_table_query AS createQuery
     FROM system.tables WHERE database = {database:String}`,
  );
  const columns = await ask<ServerColumn>(
    `SELECT table, name, type, default_kind AS defaultKind
     FROM system.columns WHERE database = {database:String} ORDER BY table, position`,
  );
  const byTable = new Map<string, ServerColumn[]>();
  for (const column of columns) {
    const known = byTable.get(column.table);
    if (known === undefined) byTable.set(column.table, [column]);
    else known.push(column);
  }
  return { tables: new Map(tables.map((table) => [table.name, table])), columns: byTable };
}

export async function readFacts(client: ClickHouseClient, database: string): Promise<ServerFacts> {
  const ask = asker(client, database);
  const [{ version }] = await ask<{ version: string }>('SELECT version() AS version');
  const databases = await ask('SELECT 1 FROM system.databases WHERE name = {database:String}');
  const { tables, columns } = await readTables(client, database);
  const sizes = await ask<TableSize>(
    `SELECT t.name AS name, t.engine AS engine,
            toUInt64(sum(p.rows)) AS rows, toUInt64(sum(p.bytes_on_disk)) AS bytes,
            toUInt64(sum(p.parts)) AS parts, toUInt64(max(p.parts)) AS partsOfOnePartition
     FROM system.tables AS t
     LEFT JOIN (
       SELECT table, partition_id, sum(rows) AS rows, sum(bytes_on_disk) AS bytes_on_disk, count() AS parts
       FROM system.parts WHERE database = {database:String} AND active
       GROUP BY table, partition_id
     ) AS p ON p.table = t.name
     WHERE t.database = {database:String}
       AND (t.name LIKE 'otel\\\\_profiles%' OR t.name LIKE 'otel\\\\_metrics\\\\_%'
            OR t.name IN ('otel_traces', 'otel_logs'))
       AND t.engine LIKE '%MergeTree'
     GROUP BY t.name, t.engine ORDER BY t.name`,
  );
  const mutations = await ask<{ table: string; parts: number; reason: string }>(
    `SELECT table, toUInt32(sum(parts_to_do)) AS parts, any(latest_fail_reason) AS reason
     FROM system.mutations
     WHERE database = {database:String} AND NOT is_done AND startsWith(table, 'otel_')
     GROUP BY table ORDER BY table`,
  );
  const settings = await ask<{ name: string; value: string }>(
    `SELECT name, value FROM system.settings
     WHERE name IN ('insert_deduplicate', 'deduplicate_blocks_in_dependent_materialized_views')
     UNION ALL SELECT 'user', currentUser()`,
  );
  const db = quoteIdentifier(database);
  const coverage = tables.has('otel_profiles_coverage')
    ? await ask<{ name: string; since: number }>(
        `SELECT Name AS name, toUnixTimestamp64Milli(min(Since)) AS since
         FROM ${db}.otel_profiles_coverage GROUP BY Name ORDER BY Name`,
      )
    : undefined;
  const [oldest] = hasColumns(columns, 'otel_profiles', ['Timestamp'])
    ? await ask<{ at: number }>(
        `SELECT toUnixTimestamp64Milli(min(Timestamp)) AS at FROM ${db}.otel_profiles HAVING count() > 0`,
      )
    : [];
  return {
    version,
    databaseExists: databases.length > 0,
    tables,
    columns,
    sizes,
    mutations,
    coverage,
    oldest: oldest?.at,
    settings: new Map(settings.map(({ name, value }) => [name, value])),
  };
}
