import type { QueryStats } from '../answers.ts';
import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { isProfileQueryError } from '../errors/is-profile-query-error.ts';
import { reasonOf, typedError } from '../errors/server-error.ts';
import type { SendableQuery } from '../sql/built-query.ts';
import type { ProfileClient } from './profile-client.ts';
import { unreadable } from '../wire/rows.ts';
import { relayAbort } from './relay-abort.ts';
import { settingsFor, type SettingsOptions } from './settings.ts';

export interface AskOptions extends SettingsOptions {
  readonly signal?: AbortSignal;
  readonly queryId?: string;
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
      try {
        for await (const part of typeof text === 'string' ? [text] : text) {
          wireLength += part.length;
          durationMs = performance.now() - start;
          yield part;
        }
      } catch (error) {
        // Whoever reads would take it for a mistake in what has come.
        throw typedError(error);
      }
      durationMs = performance.now() - start;
    }
    const stats = () => ({ wireLength, durationMs, rowsRead, bytesRead });
    const parsed = await read(counted(), stats).catch((error: unknown) => {
      throw isProfileQueryError(error) ? error : unreadable(reasonOf(error), error);
    });
    return { parsed, stats: stats() };
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
