import { PLAIN_CATALOG, holdings, type Catalog, type HoldingTable } from '../plan/catalog.ts';
import { parseRows } from '../wire/rows.ts';
import { buildContext, type BuildOptions } from './build-context.ts';
import type { SendableQuery } from './built-query.ts';
import { Parameters } from './parameters.ts';
import { DEFAULT_DATABASE, DEFAULT_TABLES, tableNames, type TableNames } from './tables.ts';

/** Which of the tables exist (and may be read by whoever asks). */
export function tablesQuery({ database = DEFAULT_DATABASE, tables }: BuildOptions): SendableQuery {
  const parameters = new Parameters();
  const inDatabase = parameters.bind('database', 'String', database);
  const names = parameters.bind('names', 'Array(String)', Object.values(tableNames(tables)));
  return {
    query: `SELECT name, engine FROM system.tables WHERE database = ${inDatabase} AND name IN ${names}`,
    query_params: parameters.values,
    format: 'JSON',
  };
}

/** What each existing table is: the name of its engine. */
export type ExistingTables = ReadonlyMap<keyof TableNames, string>;

export function parseTables(text: string, { tables }: BuildOptions): ExistingTables {
  const rows = parseRows(text) as { name: string; engine: string }[];
  const engines = new Map(rows.map(({ name, engine }) => [name, engine]));
  return new Map(
    Object.entries(tableNames(tables)).flatMap(([table, name]) => {
      const engine = engines.get(name as string);
      return engine === undefined ? [] : [[table as keyof TableNames, engine]];
    }),
  );
}

const HOLDING_TABLES = [
  'profiles',
  'rollup1m',
  'rollup1h',
  'rollup1d',
  'functions1h',
  'functions1d',
  'kvRollup15m',
  'sampled25',
] as const satisfies readonly HoldingTable[];

/**
 * Since when each table is filled, and its oldest row, which ClickHouse knows of each part of a
 * table without reading it. For the tables that `parseTables` found.
 */
export function holdingsQuery(existing: ExistingTables, options: BuildOptions): SendableQuery {
  const { tables } = buildContext(options);
  const oldest = HOLDING_TABLES.filter((table) => knowsOldest(existing.get(table))).map(
    (table) =>
      `SELECT 'oldest', '${table}', if(count() = 0, '', toString(toUnixTimestamp(min(Timestamp)))) FROM ${tables[table]}`,
  );
  const query = [
    `SELECT 'since' AS part, toString(Name) AS name, toString(toUnixTimestamp64Milli(min(Since))) AS figure FROM ${tables.coverage} GROUP BY Name`,
    ...oldest,
    `SELECT 'unplaced', '', toString(countIf(FunctionStackId = 0)) FROM ${tables.stacks}`,
    `SELECT 'rows', 'stacks', toString(count()) FROM ${tables.stacks}`,
    `SELECT 'rows', 'frames', toString(count()) FROM ${tables.frames}`,
  ].join('\nUNION ALL ');
  return { query, query_params: {}, format: 'JSON' };
}

/** Reads the answer to `holdingsQuery`. */
export function parseHoldings(
  text: string,
  existing: ExistingTables,
  { tables }: BuildOptions,
): Catalog {
  const names = tableNames(tables);
  const rows = parseRows(text) as HoldingRow[];
  const since = new Map(
    rows.filter(({ part }) => part === 'since').map(({ name, figure }) => [name, figure]),
  );
  const oldest = new Map(
    rows.filter(({ part }) => part === 'oldest').map(({ name, figure }) => [name, figure]),
  );
  const known = HOLDING_TABLES.flatMap((table) => {
    // Rows themselves are there since the table is; the others from when their view came. That is
    // noted when they are made, under the names that they have then.
    const noted = since.get(names[table]) ?? since.get(DEFAULT_TABLES[table]);
    const filled = table === 'profiles' ? '0' : noted;
    if (filled === undefined || !existing.has(table)) return [];
    return [{ table, since: Number(filled), oldest: readOldest(oldest.get(table)) }];
  });
  return {
    ...holdings(known),
    functionStacks: rows.some(({ part, figure }) => part === 'unplaced' && figure === '0'),
    traceTimes: hasTraceTimes(existing),
    smallDictionaries: rows.every(
      ({ part, name, figure }) =>
        part !== 'rows' || Number(figure) <= (name === 'frames' ? FEW_FRAMES : FEW_STACKS),
    ),
  };
}

/**
 * To find out which frames a service has took 20 ms with 130 000 stacks and 110 000 frames, and to
 * read all of these frames 10 ms.
 */
const FEW_FRAMES = 250_000;
const FEW_STACKS = 500_000;

/** A view would have to read all of its rows to tell. */
function knowsOldest(engine: string | undefined): boolean {
  return engine !== undefined && (engine.endsWith('MergeTree') || engine === 'Distributed');
}

function readOldest(seconds: string | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  return seconds === '' ? Infinity : Number(seconds) * 1000;
}

interface HoldingRow {
  readonly part: 'oldest' | 'since' | 'unplaced' | 'rows';
  readonly name: string;
  readonly figure: string;
}

/** What is known of a database without coverage: an earlier schema. */
export function plainCatalog(existing: ExistingTables): Catalog {
  return { ...PLAIN_CATALOG, traceTimes: hasTraceTimes(existing) };
}

/** When a trace ended depends on its spans, too. */
function hasTraceTimes(existing: ExistingTables): boolean {
  return existing.has('traceTimes') && existing.has('traces');
}
