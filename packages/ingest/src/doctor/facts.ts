import type { ClickHouseClient } from '@clickhouse/client';

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
}

export async function readFacts(client: ClickHouseClient, database: string): Promise<ServerFacts> {
  const ask = async <Row>(query: string): Promise<Row[]> => {
    const answer = await client.query({
      query,
      query_params: { database },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    });
    return answer.json<Row>();
  };
  const [{ version }] = await ask<{ version: string }>('SELECT version() AS version');
  const databases = await ask('SELECT 1 FROM system.databases WHERE name = {database:String}');
  const tables = await ask<ServerTable>(
    `SELECT name, engine, engine_full AS engineFull, as_select AS asSelect,
            create_table_query AS createQuery
     FROM system.tables WHERE database = {database:String}`,
  );
  const columns = await ask<ServerColumn>(
    `SELECT table, name, type, default_kind AS defaultKind
     FROM system.columns WHERE database = {database:String} ORDER BY table, position`,
  );
  const sizes = await ask<TableSize>(
    `SELECT t.name AS name, t.engine AS engine,
            toUInt64(sum(p.rows)) AS rows, toUInt64(sum(p.bytes_on_disk)) AS bytes
     FROM system.tables AS t
     LEFT JOIN (
       SELECT table, rows, bytes_on_disk FROM system.parts
       WHERE database = {database:String} AND active
     ) AS p ON p.table = t.name
     WHERE t.database = {database:String}
       AND (t.name LIKE 'otel\\\\_profiles%' OR t.name IN ('otel_traces', 'otel_logs'))
       AND t.engine LIKE '%MergeTree'
     GROUP BY t.name, t.engine ORDER BY t.name`,
  );
  const byTable = new Map<string, ServerColumn[]>();
  for (const column of columns) {
    const known = byTable.get(column.table);
    if (known === undefined) byTable.set(column.table, [column]);
    else known.push(column);
  }
  return {
    version,
    databaseExists: databases.length > 0,
    tables: new Map(tables.map((table) => [table.name, table])),
    columns: byTable,
    sizes,
  };
}
