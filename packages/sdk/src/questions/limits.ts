import { ProfileQueryError } from '../errors/profile-query-error.ts';

/** What a question may cost. A limit that is left out is the server's own. */
export interface QueryLimits {
  /** ClickHouse's `max_execution_time`. Default 30. */
  readonly maxExecutionSeconds?: number;
  /** `max_rows_to_read`. */
  readonly maxRowsToRead?: number;
  /** `max_bytes_to_read`. */
  readonly maxBytesToRead?: number;
  /** `max_memory_usage`, bytes. */
  readonly maxMemoryBytes?: number;
  /** `max_threads`. */
  readonly maxThreads?: number;
  /** The longest time range a question may have. Default 731 (two years). */
  readonly maxDays?: number;
  /** Spans of one trace that `includeChildren` looks through. Default 50 000. */
  readonly maxSpans?: number;
  /** Generations of spans that `includeChildren` looks through. Default 256. */
  readonly maxSpanDepth?: number;
  /**
   * A question that has to read more single rows than this, over more than an hour, is answered from
   * a sample of them. Default 50 million.
   */
  readonly maxExactRows?: number;
  /**
   * The longest collection window that an estimated question takes into account: windows that began
   * earlier than this before the span are not looked at. Default 600. Samples of a trace are looked
   * for from this long, but at least an hour, before its first span on.
   */
  readonly maxWindowSeconds?: number;
}

/** What holds where a limit is not said. */
export const DEFAULT_LIMITS = {
  maxExecutionSeconds: 30,
  maxDays: 731,
  maxSpans: 50_000,
  maxSpanDepth: 256,
  maxExactRows: 50_000_000,
  maxWindowSeconds: 600,
} as const satisfies QueryLimits;

/** Limits with the defaults filled in. */
export type FullLimits = QueryLimits & Record<keyof typeof DEFAULT_LIMITS, number>;

export function withDefaultLimits(limits: QueryLimits = {}): FullLimits {
  const given: Record<string, number> = {};
  for (const [name, value] of Object.entries(limits) as [string, number | undefined][]) {
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new ProfileQueryError(
        'invalid-question',
        `limits.${name}: ${value} is not a whole number above 0.`,
        { field: `limits.${name}` },
      );
    }
    given[name] = value;
  }
  return { ...DEFAULT_LIMITS, ...given };
}

/** Limits, with others in place of those that they name. */
export function mergeLimits(limits: QueryLimits = {}, others: QueryLimits = {}): QueryLimits {
  const named = Object.entries(others).filter(([, value]) => value !== undefined);
  return { ...limits, ...Object.fromEntries(named) };
}

/** Limits that the server enforces, and what it calls them. */
export const SERVER_LIMITS = {
  maxExecutionSeconds: 'max_execution_time',
  maxRowsToRead: 'max_rows_to_read',
  maxBytesToRead: 'max_bytes_to_read',
  maxMemoryBytes: 'max_memory_usage',
  maxThreads: 'max_threads',
} as const satisfies Partial<Record<keyof QueryLimits, string>>;
