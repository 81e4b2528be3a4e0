import type { TimeRange } from '../questions/scope.ts';
import type { QuerySettings } from './profile-client.ts';

/** How long the server keeps answers, and to which questions. */
export interface QueryCacheOptions {
  /** For how long. Default 600. */
  readonly ttlSeconds?: number;
  /**
   * Only to questions about times that ended at least this long ago, as samples may still be on
   * their way. Default 300.
   */
  readonly settledSeconds?: number;
}

/**
 * ClickHouse keeps the answer to a query of the same text, values and settings by the same user. An
 * answer about a time that is over is the same again, unless samples came late.
 */
export function cacheSettings(
  options: QueryCacheOptions | undefined,
  timeRange: TimeRange | undefined,
  now: number = Date.now(),
): QuerySettings {
  if (options === undefined || timeRange === undefined) return {};
  const { ttlSeconds = 600, settledSeconds = 300 } = options;
  if (timeRange.to.getTime() > now - settledSeconds * 1000) return {};
  return {
    use_query_cache: 1,
    query_cache_ttl: ttlSeconds,
    // ClickHouse takes scalar subqueries for such functions. Our queries have no others.
    query_cache_nondeterministic_function_handling: 'save',
  };
}
