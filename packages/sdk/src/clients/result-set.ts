import type { ClientResponse } from './profile-client.ts';

/** The part of a ClickHouse client's result set that is used. */
export interface ResultSetLike {
  text(): Promise<string>;
  readonly response_headers?: Readonly<Record<string, string | string[] | undefined>>;
}

const SUMMARY = 'x-clickhouse-summary';

/** The text, with what the server says it read. Its summary is complete: all work is done first. */
export async function readResultSet(result: ResultSetLike): Promise<ClientResponse> {
  const text = await result.text();
  const summary = result.response_headers?.[SUMMARY];
  return { text, ...readSummary(typeof summary === 'string' ? summary : undefined) };
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
