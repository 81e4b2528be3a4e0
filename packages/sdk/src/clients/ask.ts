import type { QueryStats } from '../answers.ts';
import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { typedError } from '../errors/server-error.ts';
import { SERVER_LIMITS, withDefaultLimits, type QueryLimits } from '../questions/limits.ts';
import type { SendableQuery } from '../sql/built-query.ts';
import type { ProfileClient, QuerySettings, SettingValue } from './profile-client.ts';
import { relayAbort } from './relay-abort.ts';

/** Settings on top of ours; `undefined` leaves one of ours out, `none` sends no settings at all. */
export type SettingsOption = 'none' | Readonly<Record<string, SettingValue | undefined>>;

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly limits?: QueryLimits;
  readonly settings?: SettingsOption;
  readonly queryId?: string;
  /** What lets the server keep the answer. */
  readonly cache?: QuerySettings;
}

/** Sends a query and reads its answer; whatever goes wrong is a `ProfileQueryError`. */
export async function ask<Parsed>(
  client: ProfileClient,
  query: SendableQuery,
  parse: (text: string) => Parsed,
  options: AskOptions,
): Promise<{ parsed: Parsed; stats: Omit<QueryStats, 'tables'> }> {
  const { signal = new AbortController().signal } = options;
  if (signal.aborted) throw aborted(signal);
  const relay = relayAbort(signal);
  const start = performance.now();
  try {
    const { text, rowsRead, bytesRead } = await untilAborted(signal, () =>
      client
        .send({
          query,
          settings: settingsFor(options),
          signal: relay.signal,
          queryId: options.queryId,
        })
        .finally(relay.done),
    );
    const durationMs = performance.now() - start;
    return {
      parsed: parse(text),
      stats: { wireLength: text.length, durationMs, rowsRead, bytesRead },
    };
  } catch (error) {
    throw signal.aborted ? aborted(signal) : typedError(error);
  }
}

/**
 * What was asked for, or a rejection as soon as the signal fires: a client may be slow to notice.
 * Nothing is asked when it fired before.
 */
export function untilAborted<T>(
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return ask();
  if (signal.aborted) return Promise.reject(aborted(signal));
  return new Promise((resolve, reject) => {
    const abort = () => reject(aborted(signal));
    signal.addEventListener('abort', abort, { once: true });
    ask()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

function aborted(signal: AbortSignal): ProfileQueryError {
  return new ProfileQueryError('aborted', 'The question was withdrawn.', { cause: signal.reason });
}

function settingsFor({ limits, settings, cache }: AskOptions): QuerySettings {
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
  };
  const full = withDefaultLimits(limits);
  for (const limit of Object.keys(SERVER_LIMITS) as (keyof typeof SERVER_LIMITS)[]) {
    all[SERVER_LIMITS[limit]] = full[limit];
  }
  Object.assign(all, cache, settings);
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, SettingValue] => entry[1] !== undefined),
  );
}
