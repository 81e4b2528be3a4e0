/** An account of the embedded server. All accounts are reachable from the loopback address only. */
export interface User {
  readonly name: string;
  /** No password when left out or empty. */
  readonly password?: string;
  /**
   * `admin` may do everything but make accounts, which are those given here. `viewer` may only read,
   * under limits, and is answered with CORS headers: the account a browser uses. Default: `viewer`.
   */
  readonly role?: 'admin' | 'viewer';
}

export interface StartOptions {
  /** Where the data lives. Kept on stop. Default: a temporary folder, removed on stop. */
  readonly dataDir?: string;
  /** Default: a free port. */
  readonly httpPort?: number;
  /** Port of the native protocol, which the Collector's exporter speaks. Default: a free port. */
  readonly tcpPort?: number;
  /**
   * Accounts besides `default`, which is always there: an `admin`, no password. Default:
   * {@link DEFAULT_USERS}.
   */
  readonly users?: readonly User[];
  /**
   * Clusters that this server knows, by name: the native ports of their shards on this machine, in
   * the order of the shards. There is no Keeper, so no `ON CLUSTER`; `Distributed` tables work.
   */
  readonly clusters?: Readonly<Record<string, readonly number[]>>;
  /** Called with each line the server logs (warnings and errors only). */
  readonly log?: (line: string) => void;
}

/** The account for browsers. */
export const DEFAULT_USERS: readonly User[] = [
  { name: 'viewer', password: 'viewer', role: 'viewer' },
];

/** A ClickHouse that can be asked and, if it was started here, stopped. */
export interface ClickHouseServer {
  /** `http://127.0.0.1:PORT`: what the ClickHouse clients take. */
  readonly url: string;
  /** `clickhouse://127.0.0.1:PORT`: what the Collector's exporter takes as its endpoint. */
  readonly tcpUrl: string;
  /** The server's process; undefined for a server that was not started here. */
  readonly pid: number | undefined;
  /** Resolves once the server has gone, whoever ended it. Never for one that was not started here. */
  readonly ended: Promise<void>;
  /** Ends the server; answered inserts are kept in `dataDir`, a temporary folder is removed. */
  stop(): Promise<void>;
  /** As {@link stop}, without waiting: for exit handlers, which cannot wait. */
  kill(): void;
}

/** A server that was started here, so its process is known. */
export interface EmbeddedClickHouse extends ClickHouseServer {
  readonly pid: number;
}
