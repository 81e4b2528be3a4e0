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

/** What an answer cost, as far as it has come. */
export type WireStats = Omit<QueryStats, 'tables'>;

/** Sends a query and reads its answer; whatever goes wrong is a `ProfileQueryError`. */
export function ask<Parsed>(
  client: ProfileClient,
  query: SendableQuery,
  parse: (text: string) => Parsed,
  options: AskOptions,
): Promise<{ parsed: Parsed; stats: WireStats }> {
  return exchange(client, query, options, false, async (parts) => {
    let text = '';
    for await (const part of parts) text += part;
    return parse(text);
  });
}

/** The same of an answer that is read as it comes. `stats` tells what it has cost by then. */
export function askInParts<Parsed>(
  client: ProfileClient,
  query: SendableQuery,
  read: (parts: AsyncIterable<string>, stats: () => WireStats) => Promise<Parsed>,
  options: AskOptions,
): Promise<{ parsed: Parsed; stats: WireStats }> {
  return exchange(client, query, options, true, read);
}

async function exchange<Parsed>(
  client: ProfileClient,
  query: SendableQuery,
  options: AskOptions,
  inParts: boolean,
  read: (parts: AsyncIterable<string>, stats: () => WireStats) => Promise<Parsed>,
): Promise<{ parsed: Parsed; stats: WireStats }> {
  const { signal = new AbortController().signal, queryId } = options;
  if (signal.aborted) throw aborted(signal);
  const relay = relayAbort(signal);
  const start = performance.now();
  const sendAndRead = async () => {
    const request = {
      query,
      settings: settingsFor(options),
      signal: relay.signal,
      queryId,
      inParts,
    };
    const { text, rowsRead, bytesRead } = await client.send(request);
    let wireLength = 0;
    let durationMs = 0;
    async function* counted() {
      for await (const part of typeof text === 'string' ? [text] : text) {
        wireLength += part.length;
        durationMs = performance.now() - start;
        yield part;
      }
      durationMs = performance.now() - start;
    }
    const stats = () => ({ wireLength, durationMs, rowsRead, bytesRead });
    return { parsed: await read(counted(), stats), stats: stats() };
  };
  try {
    return await untilAborted(signal, () => sendAndRead().finally(relay.done));
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
