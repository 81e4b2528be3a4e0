import type { TableNames } from '../sql/tables.ts';

/** Tables that hold every sample of a time, as a row or summed up; sampled ones hold a part. */
export type HoldingTable = Exclude<
  keyof TableNames,
  'stacks' | 'frames' | 'traces' | 'traceTimes' | 'coverage'
>;

/**
 * What the database holds, as far as the choice of tables depends on it. It may be a little old:
 * that a table has learnt of earlier times since is no harm.
 */
export interface Catalog {
  /**
   * From when on a table holds everything (Unix ms; -Infinity: all that ever came). Tables that do
   * not exist are left out.
   */
  readonly holdsFrom: { readonly [Table in HoldingTable]?: number };
  /** The earliest time of which any table has something; Infinity when all are empty. */
  readonly oldest: number;
  /** Whether each stack knows its function-level stack. */
  readonly functionStacks: boolean;
  /** Whether `otel_traces` and `otel_traces_trace_id_ts` exist: then it is known when a trace was. */
  readonly traceTimes: boolean;
  /**
   * Whether there are so few stacks and frames that to read all of them takes less time than to find
   * out which.
   */
  readonly smallDictionaries: boolean;
}

/** Of a database of which nothing is known: samples, their stacks and frames. */
export const PLAIN_CATALOG: Catalog = {
  holdsFrom: { profiles: -Infinity },
  oldest: -Infinity,
  functionStacks: false,
  traceTimes: false,
  smallDictionaries: false,
};

const DAY_MS = 86_400_000;

/** What is known of one table. */
export interface Holding {
  readonly table: HoldingTable;
  /** From when on it was filled (Unix ms); 0 or less: from the start. */
  readonly since: number;
  /** The time of its oldest row; Infinity when it is empty, undefined when it can't tell. */
  readonly oldest: number | undefined;
}

/**
 * From when on each table holds everything: from when it was filled, or, where the oldest rows have
 * expired, from the oldest that it still has.
 *
 *                       filled since   oldest row    holds from
 *     otel_profiles     the start      1 Sep         1 Sep: before, only the rollup has anything
 *     rollup by day     3 June         3 June        3 June
 *
 * Rows expire by whole days, so a table whose oldest row is of the same day as the oldest of all has
 * lost nothing.
 */
export function holdings(known: readonly Holding[]): Pick<Catalog, 'holdsFrom' | 'oldest'> {
  const oldest = Math.min(Infinity, ...known.map((of) => of.oldest ?? Infinity));
  const day = (time: number) => Math.floor(time / DAY_MS);
  const holdsFrom: Partial<Record<HoldingTable, number>> = {};
  for (const { table, since, oldest: own = oldest } of known) {
    const nothingExpired = oldest === Infinity || day(own) <= day(oldest);
    holdsFrom[table] = Math.max(since <= 0 ? -Infinity : since, nothingExpired ? -Infinity : own);
  }
  return { holdsFrom, oldest };
}
