import type { SendableQuery } from '../sql/built-query.ts';

export type SettingValue = string | number | boolean;

/** Settings to send with a query, by ClickHouse's names. */
export type QuerySettings = Readonly<Record<string, SettingValue>>;

export interface ClientRequest {
  readonly query: SendableQuery;
  readonly settings: QuerySettings;
  readonly signal: AbortSignal;
  readonly queryId?: string;
  /** True where the answer is read as it comes, if the client can. */
  readonly inParts?: boolean;
}

export interface ClientResponse {
  /** The answer in the query's format: whole, or in parts that may be cut anywhere. */
  readonly text: string | AsyncIterable<string>;
  /** From ClickHouse's summary header, where the client shows headers. */
  readonly rowsRead: number | undefined;
  readonly bytesRead: number | undefined;
}

/** What the questions need of a ClickHouse client; the adapters make it. */
export interface ProfileClient {
  /**
   * Which connection it asks, as a text that stays the same when the client object is made anew:
   * for the keys of query caches.
   */
  readonly key: string;
  /** True for one that makes an object of each line of an answer that is read in parts. */
  readonly byLine?: boolean;
  /** Sends the query. Rejects with whatever the client throws. */
  send(request: ClientRequest): Promise<ClientResponse>;
}
