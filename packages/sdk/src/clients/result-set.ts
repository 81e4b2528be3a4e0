import type { ClientRequest, ClientResponse } from './profile-client.ts';

/** The part of a ClickHouse client's result set that is used. */
export interface ResultSetLike {
  text(): Promise<string>;
  /**
   * Rows as they come: arrays of objects with a `text`, in a `ReadableStream` (client-web, HyperDX)
   * or an async iterable (the client for Node).
   */
  stream?(): unknown;
  readonly response_headers?: Readonly<Record<string, string | string[] | undefined>>;
}

const SUMMARY = 'x-clickhouse-summary';

/** The answer, with what the server says it read. Its summary is complete: all work is done first. */
export async function readResultSet(
  result: ResultSetLike,
  { signal, inParts }: Pick<ClientRequest, 'signal' | 'inParts'>,
): Promise<ClientResponse> {
  const summary = result.response_headers?.[SUMMARY];
  return {
    text: inParts && result.stream ? rowText(result.stream(), signal) : await result.text(),
    ...readSummary(typeof summary === 'string' ? summary : undefined),
  };
}

type Rows = readonly { readonly text: string }[];

/** Rows of a client's stream, a line each. */
async function* rowText(stream: unknown, signal: AbortSignal): AsyncGenerator<string> {
  for await (const rows of isReadable(stream)
    ? chunksOf(stream, signal)
    : (stream as AsyncIterable<Rows>)) {
    if (rows.length > 0) yield `${rows.map(({ text }) => text).join('\n')}\n`;
  }
}

function isReadable(stream: unknown): stream is ReadableStream<Rows> {
  return typeof stream === 'object' && stream !== null && 'getReader' in stream;
}

/** Not every browser can iterate over such a stream. */
async function* chunksOf<Chunk>(
  stream: ReadableStream<Chunk>,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  // Hangs up, and so ends the query on the server, whatever the client does about the signal now.
  const cancel = () => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

function readSummary(summary: string | undefined): Omit<ClientResponse, 'text'> {
  try {
    const { read_rows, read_bytes } = JSON.parse(summary ?? '{}') as Record<string, string>;
    return { rowsRead: wholeNumber(read_rows), bytesRead: wholeNumber(read_bytes) };
  } catch {
    // A proxy may have shortened the header. The answer is right without it.
    return { rowsRead: undefined, bytesRead: undefined };
  }
}

function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
