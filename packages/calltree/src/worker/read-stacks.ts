import type { StackTable } from '../model/stacks.ts';
import {
  pieces,
  readRowsInto,
  type ReadRowsOptions,
  type RowsTarget,
  type StacksRead,
} from '../rows/read-stack-rows.ts';
import type { RowsHead, RowsRead, RowsTotal } from '../rows/stack-rows.ts';
import type { Loader } from './loader.ts';
import { valueOf, type Answer } from './answer.ts';
import type { RowsId, RowsPushed } from './protocol.ts';
import { unlessDead } from './unless-dead.ts';

/** Characters sent to a worker at once: copied in well under a millisecond. */
const PIECE_FOR_WORKER = 1 << 17;
/** And read at once where there is none: a few milliseconds on a slow machine. */
const PIECE_IN_PLACE = 1 << 15;

/** The way to the host of an engine. */
interface Hosts {
  connect(): Promise<Loader>;
  /** Gives a host up whose worker died. */
  fallBack(failed: Loader): void;
}

/**
 * Has rows of frames and stacks read by an engine's host. The tables stay there, and the objects that
 * come out of it stand for them. If the worker dies over it, all is read again in place.
 */
export async function readStacks(
  hosts: Hosts,
  text: AsyncIterable<string>,
  totalOf: (head: RowsHead) => RowsTotal,
  options: ReadRowsOptions,
): Promise<StacksRead> {
  const kept = new KeptText(pieces(text, PIECE_FOR_WORKER));
  try {
    for (;;) {
      const loader = await hosts.connect();
      const { where, death } = loader.connection;
      const rows = loader.openRows();
      const all = kept.fromStart();
      try {
        return await readRowsInto(
          new HostRows(loader, rows),
          where === 'worker' ? all : pieces(all, PIECE_IN_PLACE),
          totalOf,
          options,
        );
      } catch (error) {
        if (!death.aborted || options.signal?.aborted) throw error;
        hosts.fallBack(loader);
      } finally {
        loader.closeRows(rows);
      }
    }
  } finally {
    kept.close();
  }
}

/** Rows that are read on the other side. */
class HostRows implements RowsTarget {
  readonly #loader: Loader;
  readonly #rows: RowsId;
  /** Of the frames so far. They come with each piece, so that there is never a long list of them. */
  readonly #strings: string[] = [''];

  constructor(loader: Loader, rows: RowsId) {
    this.#loader = loader;
    this.#rows = rows;
  }

  push(text: string): Promise<RowsRead> {
    return this.#pushed(this.#loader.connection.host.pushRows(this.#rows, text));
  }

  end(): Promise<RowsRead> {
    return this.#pushed(this.#loader.connection.host.endRows(this.#rows));
  }

  async table(total: RowsTotal): Promise<StackTable> {
    const { connection } = this.#loader;
    const { host } = connection;
    const numbers = this.#loader.reserve();
    const made = await unlessDead(
      connection,
      host.tableOfRows(this.#rows, total, numbers.table, numbers.frames),
    );
    // New objects in place too: the host would hold the very ones whose end it waits for.
    const frames = { ...made.frames, strings: this.#strings.slice() };
    const stacks = { ...made, frames };
    this.#loader.adopt(stacks, numbers);
    return stacks;
  }

  async #pushed(sent: Answer<RowsPushed> | Promise<Answer<RowsPushed>>): Promise<RowsRead> {
    const answer = await unlessDead(this.#loader.connection, sent);
    const { read, strings } = valueOf(answer);
    for (const text of strings) this.#strings.push(text);
    return read;
  }
}

/** Text as it comes, which can be read again from its start. */
class KeptText {
  readonly #source: AsyncGenerator<string>;
  readonly #kept: string[] = [];
  #ended = false;
  /** One for all who wait for it: a reader that gave up loses nothing. */
  #coming: Promise<void> | undefined;

  constructor(source: AsyncGenerator<string>) {
    this.#source = source;
  }

  async *fromStart(): AsyncGenerator<string> {
    for (let next = 0; ; next++) {
      if (next === this.#kept.length && !this.#ended) await (this.#coming ??= this.#take());
      if (next === this.#kept.length) return;
      yield this.#kept[next];
    }
  }

  /** Tells the sender to stop, without waiting for it. */
  close(): void {
    this.#source.return(undefined).catch(() => undefined);
  }

  async #take(): Promise<void> {
    const { done, value } = await this.#source.next();
    this.#coming = undefined;
    if (done) this.#ended = true;
    else this.#kept.push(value);
  }
}
