import { withDefaultLimits, type FullLimits, type QueryLimits } from '../questions/limits.ts';
import { quoteTables, type QuotedTables, type TableNames } from './tables.ts';

/** What a query depends on besides its question. */
export interface BuildOptions {
  /** Default `default`. */
  readonly database?: string;
  /** Names of tables that are called something else. */
  readonly tables?: Partial<TableNames>;
  readonly limits?: QueryLimits;
}

/** The same, with all defaults filled in. */
export interface BuildContext {
  readonly tables: QuotedTables;
  readonly limits: FullLimits;
}

export function buildContext({ database, tables, limits }: BuildOptions): BuildContext {
  return { tables: quoteTables(database, tables), limits: withDefaultLimits(limits) };
}
