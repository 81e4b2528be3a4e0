import { PLAIN_CATALOG, type Catalog } from '../plan/catalog.ts';
import type { Sampling } from '../plan/plan.ts';
import type { Estimable } from '../questions/questions.ts';
import { withDefaultLimits, type FullLimits, type QueryLimits } from '../questions/limits.ts';
import { quoteTables, type QuotedTables, type TableNames } from './tables.ts';

/** What a query depends on besides its question. */
export interface BuildOptions {
  /** Default `default`. */
  readonly database?: string;
  /** Names of tables that are called something else. */
  readonly tables?: Partial<TableNames>;
  readonly limits?: QueryLimits;
  /** What the database holds. Default: only what every version of the schema has. */
  readonly catalog?: Catalog;
  /** Whether a question that may be estimated is answered from a sample of the rows. */
  readonly sampled?: boolean;
  /** Whether an answer that may be long has many rows to a line, see `ProfileClient.byLine`. */
  readonly batched?: boolean;
}

/** The same, with all defaults filled in. */
export interface BuildContext {
  readonly tables: QuotedTables;
  readonly limits: FullLimits;
  readonly catalog: Catalog;
  readonly sampled: boolean;
  readonly batched: boolean;
}

export function buildContext({
  database,
  tables,
  limits,
  catalog = PLAIN_CATALOG,
  sampled = false,
  batched = false,
}: BuildOptions): BuildContext {
  return {
    tables: quoteTables(database, tables),
    limits: withDefaultLimits(limits),
    catalog,
    sampled,
    batched,
  };
}

/** Whether a sample of the rows may answer the question. */
export function samplingOf({ exact = false }: Estimable, { sampled }: BuildContext): Sampling {
  if (exact) return 'never';
  return sampled ? 'long' : 'expired';
}
