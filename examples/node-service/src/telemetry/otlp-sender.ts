import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type Signal = 'traces' | 'logs' | 'profiles';

/** Where the OTLP/HTTP specification puts each signal; profiles are still `v1development`. */
const PATHS: Record<Signal, string> = {
  traces: '/v1/traces',
  logs: '/v1/logs',
  profiles: '/v1development/profiles',
};

/** The statuses that OTLP/HTTP calls retryable. All others are final. */
const RETRYABLE = new Set([429, 502, 503, 504]);
const ATTEMPTS = 5;

export interface OtlpSenderOptions {
  /** Base URL of the receiver; undefined posts nothing. */
  readonly endpoint: string | undefined;
  /** Folder for a copy of every payload; undefined keeps none. */
  readonly captureDir: string | undefined;
  readonly warn?: (message: string) => void;
}

/**
 * Posts protobuf payloads of all three signals, and keeps a copy of each on disk where asked.
 *
 * The copy is written before the first attempt: it says what the service meant to send, so that
 * whatever the network, the Collector or the database loses shows up when the two are compared.
 *
 *     000001-profiles.binpb  000002-traces.binpb  000003-logs.binpb …
 */
export class OtlpSender {
  readonly #options: OtlpSenderOptions;
  #captured = 0;

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
    if (options.captureDir !== undefined) mkdirSync(options.captureDir, { recursive: true });
  }

  /** Resolves when the receiver took the payload. @throws Error with the receiver's reason */
  async send(signal: Signal, payload: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#capture(signal, payload);
    const { endpoint } = this.#options;
    if (endpoint === undefined) return;
    const url = endpoint.replace(/\/$/, '') + PATHS[signal];
    for (let attempt = 1; ; attempt++) {
      const failure = await post(url, payload);
      if (failure === undefined) return;
      if (!failure.retryable || attempt === ATTEMPTS) {
        throw new Error(`${signal} were not taken by ${url}: ${failure.reason}`);
      }
      await delay(250 * 2 ** (attempt - 1));
    }
  }

  /** Like {@link send}, for callers with nobody to tell: a failure becomes one warning. */
  async sendOrWarn(signal: Signal, payload: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      await this.send(signal, payload);
    } catch (error) {
      (this.#options.warn ?? console.warn)(error instanceof Error ? error.message : String(error));
    }
  }

  #capture(signal: Signal, payload: Uint8Array): void {
    const { captureDir } = this.#options;
    if (captureDir === undefined) return;
    const name = `${String(++this.#captured).padStart(6, '0')}-${signal}.binpb`;
    // Written aside and renamed, because someone may be following the folder.
    const unfinished = join(captureDir, `.${name}.part`);
    writeFileSync(unfinished, payload);
    renameSync(unfinished, join(captureDir, name));
  }
}

interface Failure {
  readonly reason: string;
  readonly retryable: boolean;
}

async function post(url: string, body: Uint8Array<ArrayBuffer>): Promise<Failure | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body,
      // Long on purpose: giving up on a payload that was taken after all would send it twice.
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.text();
    if (response.ok) return undefined;
    return {
      reason: `${response.status} ${printable(answer)}`,
      retryable: RETRYABLE.has(response.status),
    };
  } catch (error) {
    return { reason: reasonOf(error), retryable: true };
  }
}

/** An OTLP error body is a protobuf `Status`; its message is the readable part. */
function printable(answer: string): string {
  return answer.replace(/[^\x20-\x7e]+/g, ' ').trim();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
