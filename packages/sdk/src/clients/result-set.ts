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

/** An answer as bytes, in a `ReadableStream` or an async iterable. */
export interface ByteStream {
  readonly stream: unknown;
  readonly response_headers?: ResultSetLike['response_headers'];
}

const SUMMARY = 'x-clickhouse-summary';

/** The answer, with what the server says it read. Its summary is complete: all work is done first. */
export async function readResultSet(
  result: ResultSetLike,
  { signal, inParts }: Pick<ClientRequest, 'signal' | 'inParts'>,
): Promise<ClientResponse> {
  return {
    text: inParts && result.stream ? rowText(result.stream(), signal) : await result.text(),
    ...readSummary(result.response_headers),
  };
}

/** The same of an answer that a client hands on as it is. */
export function readBytes(
  { stream, response_headers }: ByteStream,
  signal: AbortSignal,
): ClientResponse {
  return { text: byteText(stream, signal), ...readSummary(response_headers) };
}

/** Rows of a client's stream, a line each. */
async function* rowText(stream: unknown, signal: AbortSignal): AsyncGenerator<string> {
  for await (const rows of chunksOf<readonly { readonly text: string }[]>(stream, signal)) {
    if (rows.length > 0) yield `${rows.map(({ text }) => text).join('\n')}\n`;
  }
}

async function* byteText(stream: unknown, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of chunksOf<Uint8Array>(stream, signal)) {
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** Parts of a stream, whichever kind of stream it is: not every browser iterates over its own. */
async function* chunksOf<Chunk>(stream: unknown, signal: AbortSignal): AsyncGenerator<Chunk> {
  if (!isReadable<Chunk>(stream)) {
    yield* stream as AsyncIterable<Chunk>;
    return;
  }
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

function isReadable<Chunk>(stream: unknown): stream is ReadableStream<Chunk> {
  return typeof stream === 'object' && stream !== null && 'getReader' in stream;
}

function readSummary(headers: ResultSetLike['response_headers']): Omit<ClientResponse, 'text'> {
  try {
    const summary = headers?.[SUMMARY];
    const { read_rows, read_bytes } = JSON.parse(
      typeof summary === 'string' ? summary : '{}',
    ) as Record<string, string>;
    return { rowsRead: wholeNumber(read_rows), bytesRead: wholeNumber(read_bytes) };
  } catch {
    // A proxy may have shortened the header. The answer is right without it.
    return { rowsRead: undefined, bytesRead: undefined };
  }
}

function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
