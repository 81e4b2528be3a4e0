import { ProfileQueryError } from '../errors/profile-query-error.ts';

/** Names of the tables, for someone who has renamed them. */
export interface TableNames {
  readonly profiles: string;
  readonly stacks: string;
  readonly frames: string;
  /** Samples summed up by minute, hour and day. */
  readonly rollup1m: string;
  readonly rollup1h: string;
  readonly rollup1d: string;
  /** Functions by hour and by day. */
  readonly functions1h: string;
  readonly functions1d: string;
  /** Keys and values of attributes by quarters of an hour. */
  readonly kvRollup15m: string;
  /** One sample in 25. */
  readonly sampled25: string;
  /** From when on each of the tables above is complete. */
  readonly coverage: string;
  readonly traces: string;
  /** When each trace began and ended. */
  readonly traceTimes: string;
}

/** The names that the migrations give them. */
export const DEFAULT_TABLES: TableNames = {
  profiles: 'otel_profiles',
  stacks: 'otel_profiles_stacks',
  frames: 'otel_profiles_frames',
  rollup1m: 'otel_profiles_rollup_1m',
  rollup1h: 'otel_profiles_rollup_1h',
  rollup1d: 'otel_profiles_rollup_1d',
  functions1h: 'otel_profiles_functions_1h',
  functions1d: 'otel_profiles_functions_1d',
  kvRollup15m: 'otel_profiles_kv_rollup_15m',
  sampled25: 'otel_profiles_sampled_25',
  coverage: 'otel_profiles_coverage',
  traces: 'otel_traces',
  traceTimes: 'otel_traces_trace_id_ts',
};

export const DEFAULT_DATABASE = 'default';

/** `default`.`otel_profiles`, and so on: ready to stand in a query. */
export type QuotedTables = { readonly [K in keyof TableNames]: string };

/** Tables that are made from others are called after them, also where those have another name. */
const DERIVED: Readonly<Partial<Record<keyof TableNames, keyof TableNames>>> = {
  rollup1m: 'profiles',
  rollup1h: 'profiles',
  rollup1d: 'profiles',
  functions1h: 'profiles',
  functions1d: 'profiles',
  kvRollup15m: 'profiles',
  sampled25: 'profiles',
  coverage: 'profiles',
  traceTimes: 'traces',
};

/** All names: `my_profiles` has `my_profiles_rollup_1h`, unless another name is given. */
export function tableNames(names: Partial<TableNames> = {}): TableNames {
  const all = (Object.keys(DEFAULT_TABLES) as (keyof TableNames)[]).map((table) => {
    const of = DERIVED[table];
    const derived =
      of === undefined
        ? DEFAULT_TABLES[table]
        : DEFAULT_TABLES[table].replace(DEFAULT_TABLES[of], () => names[of] ?? DEFAULT_TABLES[of]);
    return [table, names[table] ?? derived];
  });
  return Object.fromEntries(all) as TableNames;
}

export function quoteTables(
  database: string = DEFAULT_DATABASE,
  names: Partial<TableNames> = {},
): QuotedTables {
  const inDatabase = quoteIdentifier(database, 'database');
  const quoted = Object.entries(tableNames(names)).map(([table, name]) => [
    table,
    `${inDatabase}.${quoteIdentifier(name as string, `tables.${table}`)}`,
  ]);
  return Object.fromEntries(quoted) as QuotedTables;
}

/** A name between backticks, with what would end them escaped. */
function quoteIdentifier(name: string, field: string): string {
  if (typeof name !== 'string' || name === '' || name.includes('\0')) {
    throw new ProfileQueryError('invalid-question', `${field}: it is not a name.`, { field });
  }
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
