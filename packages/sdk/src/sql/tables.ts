import { ProfileQueryError } from '../errors/profile-query-error.ts';

/** Names of the tables, for someone who has renamed them. */
export interface TableNames {
  readonly profiles: string;
  readonly stacks: string;
  readonly frames: string;
  readonly traces: string;
}

export const DEFAULT_TABLES: TableNames = {
  profiles: 'otel_profiles',
  stacks: 'otel_profiles_stacks',
  frames: 'otel_profiles_frames',
  traces: 'otel_traces',
};

export const DEFAULT_DATABASE = 'default';

/** `default`.`otel_profiles`, and so on: ready to stand in a query. */
export type QuotedTables = { readonly [K in keyof TableNames]: string };

export function quoteTables(
  database: string = DEFAULT_DATABASE,
  names: Partial<TableNames> = {},
): QuotedTables {
  const table = (key: keyof TableNames) =>
    `${quoteIdentifier(database, 'database')}.${quoteIdentifier(names[key] ?? DEFAULT_TABLES[key], `tables.${key}`)}`;
  return {
    profiles: table('profiles'),
    stacks: table('stacks'),
    frames: table('frames'),
    traces: table('traces'),
  };
}

/** A name between backticks, with what would end them escaped. */
function quoteIdentifier(name: string, field: string): string {
  if (typeof name !== 'string' || name === '' || name.includes('\0')) {
    throw new ProfileQueryError('invalid-question', `${field}: it is not a name.`, { field });
  }
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
