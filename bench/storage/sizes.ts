import type { ClickHouseClient } from '@clickhouse/client';

/** Bytes on disk of one table's active parts, and where they are. */
export interface TableSize {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly marks: number;
  /** Data and marks of each secondary index. */
  readonly indexes: Readonly<Record<string, number>>;
  /** Data and marks of each column. Columns of parts too small to have files of their own are 0. */
  readonly columns: Readonly<Record<string, number>>;
  /** Primary key, checksums and the rest. */
  readonly other: number;
}

type Figures<Key extends string> = { table: string } & Record<Key, string>;

/** All tables of a database that take space, the largest first. */
export async function tableSizes(client: ClickHouseClient, database: string): Promise<TableSize[]> {
  const ask = async <Key extends string>(query: string): Promise<Figures<Key>[]> => {
    const answer = await client.query({
      query,
      query_params: { database },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    return answer.json<Figures<Key>>();
  };
  const parts = await ask<'rows' | 'bytes' | 'marks'>(
    `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, sum(marks_bytes) AS marks
     FROM system.parts WHERE database = {database:String} AND active GROUP BY table ORDER BY bytes DESC`,
  );
  const columns = await ask<'column' | 'bytes'>(
    `SELECT table, column, sum(column_bytes_on_disk) AS bytes
     FROM system.parts_columns WHERE database = {database:String} AND active
     GROUP BY table, column HAVING bytes > 0 ORDER BY bytes DESC`,
  );
  const indexes = await ask<'name' | 'bytes'>(
    `SELECT table, name, data_compressed_bytes + marks_bytes AS bytes
     FROM system.data_skipping_indices WHERE database = {database:String} AND bytes > 0 ORDER BY bytes DESC`,
  );
  return parts.map(({ table, rows, bytes, marks }) => {
    const own = <Row extends { table: string; bytes: string }>(
      all: Row[],
      name: (row: Row) => string,
    ) =>
      Object.fromEntries(
        all.filter((row) => row.table === table).map((row) => [name(row), Number(row.bytes)]),
      );
    const ofColumns = own(columns, (row) => row.column);
    const ofIndexes = own(indexes, (row) => row.name);
    const told = [...Object.values(ofColumns), ...Object.values(ofIndexes)];
    return {
      table,
      rows: Number(rows),
      bytes: Number(bytes),
      marks: Number(marks),
      indexes: ofIndexes,
      columns: ofColumns,
      other: Number(bytes) - told.reduce((sum, size) => sum + size, 0),
    };
  });
}
