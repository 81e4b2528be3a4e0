import { invalid } from '../questions/check.ts';
import { SERVER_LIMITS, withDefaultLimits, type QueryLimits } from '../questions/limits.ts';
import type { QuerySettings, SettingValue } from './profile-client.ts';

/** Settings on top of ours; `undefined` leaves one of ours out, `none` sends no settings at all. */
export type SettingsOption = 'none' | Readonly<Record<string, SettingValue | undefined>>;

export interface SettingsOptions {
  readonly limits?: QueryLimits;
  readonly settings?: SettingsOption;
  /** What lets the server keep the answer. */
  readonly cache?: QuerySettings;
}

/**
 * What would cut an answer short where an account's profile sets it: past a limit, ClickHouse then
 * gives what it has so far, and does not say so.
 */
const WHOLE: QuerySettings = {
  ...Object.fromEntries(
    ['read', 'timeout', 'result', 'group_by', 'set', 'join', 'sort', 'distinct', 'transfer'].map(
      (of) => [`${of}_overflow_mode`, 'throw'],
    ),
  ),
  skip_unavailable_shards: 0,
  limit: 0,
  offset: 0,
};

/** ClickHouse's defaults of what changes the meaning of a query, or the form of its answer. */
const MEANT: QuerySettings = {
  enable_analyzer: 1,
  prefer_column_name_to_alias: 0,
  join_use_nulls: 0,
  aggregate_functions_null_for_empty: 0,
  empty_result_for_aggregation_by_empty_set: 0,
  enable_named_columns_in_function_tuple: 0,
  output_format_json_quote_64bit_floats: 0,
  output_format_json_array_of_rows: 0,
  // With it, ClickHouse refuses the queries that ask which tables there are.
  use_query_cache: 0,
};

/**
 * A limit that is asked for and cannot be sent would not hold.
 *
 * @throws ProfileQueryError
 */
export function checkSettings({ limits = {}, settings }: SettingsOptions): void {
  if (settings !== 'none') return;
  for (const limit of serverLimits()) {
    if (limits[limit] !== undefined) {
      throw invalid(
        `limits.${limit}`,
        'With `settings: "none"` it does not reach the server.',
        'Leave it out, or set it for the account.',
      );
    }
  }
}

export function settingsFor({ limits, settings, cache }: SettingsOptions): QuerySettings {
  if (settings === 'none') return {};
  const all: Record<string, SettingValue | undefined> = {
    // Together these two end the query on the server when the connection is closed. Without the
    // first, ClickHouse runs a POSTed query of a user who may write to its end.
    readonly: 2,
    cancel_http_readonly_queries_on_client_close: 1,
    output_format_json_quote_64bit_integers: 1,
    // Where the tables are over several shards, a condition on stacks is worked out once for all.
    distributed_product_mode: 'global',
    enable_http_compression: 1,
    ...WHOLE,
    ...MEANT,
  };
  const full = withDefaultLimits(limits);
  for (const limit of serverLimits()) all[SERVER_LIMITS[limit]] = full[limit];
  Object.assign(all, cache, settings);
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, SettingValue] => entry[1] !== undefined),
  );
}

function serverLimits(): (keyof typeof SERVER_LIMITS)[] {
  return Object.keys(SERVER_LIMITS) as (keyof typeof SERVER_LIMITS)[];
}
