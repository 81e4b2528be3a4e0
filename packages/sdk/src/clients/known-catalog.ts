import { isProfileQueryError } from '../errors/is-profile-query-error.ts';
import { PLAIN_CATALOG, type Catalog } from '../plan/catalog.ts';
import type { BuildOptions } from '../sql/build-context.ts';
import {
  holdingsQuery,
  parseHoldings,
  parseTables,
  plainCatalog,
  tablesQuery,
} from '../sql/catalog.ts';
import { ask, type AskOptions } from './ask.ts';
import type { ProfileClient } from './profile-client.ts';

/** ClickHouse's code for a table or column that the account has no right to read. */
const ACCESS_DENIED = 497;

/** How long it is not asked again. A table that holds more since then is used a little later. */
const FRESH_MS = 60_000;

/** What one database holds, asked when it is first needed and then once in a while. */
export class KnownCatalog {
  readonly #client: ProfileClient;
  readonly #options: BuildOptions & Pick<AskOptions, 'settings'>;
  #known: Promise<Catalog> | undefined;
  #askedAt = 0;

  constructor(client: ProfileClient, options: BuildOptions & Pick<AskOptions, 'settings'>) {
    this.#client = client;
    this.#options = options;
  }

  get(): Promise<Catalog> {
    const now = performance.now();
    if (this.#known === undefined || now - this.#askedAt > FRESH_MS) {
      this.#askedAt = now;
      const asked = this.#ask();
      this.#known = asked;
      // A failure is the answer to the questions that wait for it, not to later ones.
      asked.catch(() => {
        if (this.#known === asked) this.#known = undefined;
      });
    }
    return this.#known;
  }

  async #ask(): Promise<Catalog> {
    const options = this.#options;
    try {
      const { parsed: existing } = await ask(
        this.#client,
        tablesQuery(options),
        (text) => parseTables(text, options),
        options,
      );
      if (!existing.has('coverage')) return plainCatalog(existing);
      const { parsed: catalog } = await ask(
        this.#client,
        holdingsQuery(existing, options),
        (text) => parseHoldings(text, existing, options),
        options,
      );
      return catalog;
    } catch (error) {
      // An account that may not look at these tables, or finds others there, can still ask the rows.
      // Any other failure says nothing about the tables: of a busy server's rows alone, an answer
      // would lack what has expired, and not say so.
      const isOfTables =
        isProfileQueryError(error) && (error.kind === 'schema' || error.code === ACCESS_DENIED);
      if (isOfTables) return PLAIN_CATALOG;
      throw error;
    }
  }
}
