import type { ClickHouseClient } from '@clickhouse/client';
import type { Tally } from './batches.ts';

/** What one table holds, so that two of them can be compared. */
export interface Stored {
  readonly table: string;
  /** Rows, added up as a question adds them up: whatever parts are not merged yet. */
  readonly rows: string;
  /** Of all their columns; the order does not matter, how often a row is there does. */
  readonly checksum: string;
  readonly sums: Readonly<Record<string, string>>;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly is_in_sorting_key: number;
}

/** Where each of the tables begins to be complete is a fact of the installation, not of the data. */
const NOT_DATA = ['otel_profiles_coverage'];

const SUMMED = ['Value', 'Count', 'Self', 'Total', 'SelfCount', 'TotalCount', 'count'];

/** Every table of profiles that keeps anything, whichever there are. */
export async function whatIsStored(client: ClickHouseClient, database: string): Promise<Stored[]> {
  const ask = async <Row>(query: string, query_params = {}): Promise<Row[]> => {
    const answer = await client.query({
      query,
      query_params: { database, ...query_params },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    return answer.json<Row>();
  };
  const tables = await ask<{ name: string; engine: string }>(
    `SELECT name, engine FROM system.tables
     WHERE database = {database:String} AND startsWith(name, 'otel_profiles')
       AND endsWith(engine, 'MergeTree') ORDER BY name`,
  );
  const stored: Stored[] = [];
  for (const { name, engine } of tables) {
    if (NOT_DATA.includes(name)) continue;
    const columns = await ask<Column>(
      `SELECT name, type, is_in_sorting_key FROM system.columns
       WHERE database = {database:String} AND table = {name:String} AND default_kind != 'ALIAS'`,
      { name },
    );
    const query = asAsked(`${database}.${name}`, engine, columns);
    const sums = columns.map((column) => column.name).filter((column) => SUMMED.includes(column));
    const [row] = await ask<Record<string, string>>(
      `SELECT count() AS rows, sum(cityHash64(*)) AS checksum
         ${sums.map((column) => `, toString(sum(toInt128OrZero(toString(${column})))) AS \`sum ${column}\``).join('')}
       FROM (${query})`,
    );
    const { rows = '', checksum = '' } = row ?? {};
    stored.push({
      table: name,
      rows,
      checksum,
      sums: Object.fromEntries(sums.map((column) => [column, row?.[`sum ${column}`] ?? ''])),
    });
  }
  return stored;
}

/** Rows as the engine means them, without waiting for its merges. */
function asAsked(table: string, engine: string, columns: readonly Column[]): string {
  const quoted = columns.map(({ name }) => `\`${name}\``);
  if (engine.endsWith('ReplacingMergeTree'))
    return `SELECT ${quoted.join(', ')} FROM ${table} FINAL`;
  if (!engine.endsWith('SummingMergeTree')) return `SELECT ${quoted.join(', ')} FROM ${table}`;
  const parts = columns.map(({ is_in_sorting_key }, i) =>
    is_in_sorting_key ? quoted[i] : `sum(summed.${quoted[i]}) AS ${quoted[i]}`,
  );
  return `SELECT ${parts.join(', ')} FROM ${table} AS summed GROUP BY ALL`;
}

/** One number that should be the same on both sides. */
export interface Figure {
  readonly table: string;
  readonly figure: string;
  readonly sent: string;
  readonly stored: string;
}

/** Against the same batches, inserted once and in peace. */
export function comparedWithCalm(calm: readonly Stored[], stored: readonly Stored[]): Figure[] {
  return calm.flatMap((expected) => {
    const found = stored.find(({ table }) => table === expected.table);
    const figure = (name: string, value: (of: Stored) => string | undefined): Figure => ({
      table: expected.table,
      figure: name,
      sent: value(expected) ?? '',
      stored: (found && value(found)) ?? '',
    });
    return [
      figure('rows', ({ rows }) => rows),
      ...Object.keys(expected.sums).map((column) =>
        figure(`sum(${column})`, ({ sums }) => sums[column]),
      ),
      figure('checksum', ({ checksum }) => checksum),
    ];
  });
}

/** Against what was counted before it was sent: peace could lose something too. */
export function comparedWithTally(sent: Tally, stored: readonly Stored[]): Figure[] {
  const sum = (table: string, column: string): string =>
    stored.find((one) => one.table === table)?.sums[column] ?? '';
  const figure = (table: string, column: string, expected: number | bigint): Figure => ({
    table,
    figure: `sum(${column}), counted by hand`,
    sent: String(expected),
    stored: sum(table, column),
  });
  const summing = ['', '_rollup_1m', '_rollup_1h', '_rollup_1d'].map(
    (end) => `otel_profiles${end}`,
  );
  const functions = ['1h', '1d'].map((grain) => `otel_profiles_functions_${grain}`);
  return [
    {
      table: 'otel_profiles',
      figure: 'rows, counted by hand',
      sent: String(sent.rows),
      stored: stored.find(({ table }) => table === 'otel_profiles')?.rows ?? '',
    },
    ...summing.flatMap((table) => [
      figure(table, 'Count', sent.events),
      figure(table, 'Value', sent.nanoseconds),
    ]),
    ...functions.flatMap((table) => [
      figure(table, 'SelfCount', sent.events),
      figure(table, 'Self', sent.nanoseconds),
      figure(table, 'TotalCount', sent.eventsInFunctions),
    ]),
  ];
}
