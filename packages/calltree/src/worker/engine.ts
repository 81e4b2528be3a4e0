import { proxy } from 'comlink';
import { aborted } from '../model/aborted.ts';
import { CallTreeError } from '../model/errors.ts';
import type { FrameKey } from '../frames/key.ts';
import type { DiffTree } from '../model/diff.ts';
import type { StackTable } from '../model/stacks.ts';
import type { ReadRowsOptions, StacksRead } from '../rows/read-stack-rows.ts';
import type { RowsHead, RowsTotal } from '../rows/stack-rows.ts';
import type { CallTree } from '../model/tree.ts';
import type { SearchQuery } from '../search/query.ts';
import type { StackSearchResult } from '../search/search-stacks.ts';
import type { CallTreeOptions } from '../tree/build-call-tree.ts';
import type { DiffDeltaOptions } from '../tree/diff-deltas.ts';
import type { DiffFunctionTable } from '../tree/diff-function-table.ts';
import type { FunctionTable } from '../tree/function-table.ts';
import type { ModuleTreeOptions } from '../tree/module-tree.ts';
import type { Sandwich } from '../tree/sandwich.ts';
import { connectInPlace, connectWorker, startWorker, type Connection } from './connect.ts';
import { Loader } from './loader.ts';
import { unlessDead } from './unless-dead.ts';
import { untilSilent } from './until-silent.ts';
import { withFrames } from './wire.ts';
import { valueOf, type Answer } from './answer.ts';
import type {
  Job,
  JobResult,
  JobResults,
  ProgressListener,
  RequestId,
  TableId,
} from './protocol.ts';

export interface RequestOptions {
  /** Ends the request early: it rejects with an error of kind `aborted`. */
  readonly signal?: AbortSignal;
  /**
   * Requests of one lane take each other's place: a newer one ends those before it, which reject
   * with an error of kind `superseded`. Requests without a lane do not disturb each other.
   */
  readonly lane?: string;
  /** Told from time to time how much is done, from 0 to 1, when the work takes long. */
  readonly onProgress?: ProgressListener;
}

/**
 * Computes off the main thread. Stack tables are sent once and remembered for as long as somebody
 * holds them here; results are transferred, not copied.
 *
 * Rejects with a `CallTreeError`: `invalid-stacks`, `invalid-pattern`, `aborted`, `superseded`,
 * `timed-out`, or `disposed`.
 */
export interface Engine {
  /** Where the work is done; `undefined` until the first request has found out. */
  readonly where: 'worker' | 'in-place' | undefined;
  tree(stacks: StackTable, options?: CallTreeOptions, request?: RequestOptions): Promise<CallTree>;
  diff(
    before: StackTable,
    after: StackTable,
    options?: CallTreeOptions,
    request?: RequestOptions,
  ): Promise<DiffTree>;
  functionTable(
    stacks: StackTable,
    options?: CallTreeOptions,
    request?: RequestOptions,
  ): Promise<FunctionTable>;
  /** What changed from one profile to another, function by function. */
  diffFunctions(
    before: StackTable,
    after: StackTable,
    options?: CallTreeOptions & DiffDeltaOptions,
    request?: RequestOptions,
  ): Promise<DiffFunctionTable>;
  /** The same of a diff that is there already, whoever has made it. */
  functionsOfDiff(
    diff: DiffTree,
    change?: DiffDeltaOptions,
    request?: RequestOptions,
  ): Promise<DiffFunctionTable>;
  /** Where self weight is spent: modules, their packages and functions. */
  moduleTree(
    stacks: StackTable,
    options?: Omit<CallTreeOptions, 'invert'> & ModuleTreeOptions,
    request?: RequestOptions,
  ): Promise<CallTree>;
  /** Callers and callees of a function over all the places it occurs in. */
  sandwich(
    stacks: StackTable,
    frame: FrameKey,
    options?: Omit<CallTreeOptions, 'invert'>,
    request?: RequestOptions,
  ): Promise<Sandwich>;
  /** Which frames match, and what share of the whole their stacks have. */
  search(
    stacks: StackTable,
    query: SearchQuery,
    options?: Pick<CallTreeOptions, 'transforms'>,
    request?: RequestOptions,
  ): Promise<StackSearchResult>;
  /**
   * Reads rows of frames and stacks (see `StackRowsReader`) from text as it comes. The table stays where
   * it was read, and is not sent there again for a tree. `totalOf` says what the first row means;
   * the rest works as in `readStackRows`.
   */
  readStacks(
    text: AsyncIterable<string>,
    totalOf: (head: RowsHead) => RowsTotal,
    options?: ReadRowsOptions,
  ): Promise<StacksRead>;
  /**
   * Starts the worker now, not with the first request: for a page that will have one, while it
   * still waits for its data.
   */
  start(): void;
  /** Forgets a table once it has answered what was asked of it, not when it is no longer held. */
  release(stacks: StackTable): void;
  /** Ends the worker and all requests, which reject with an error of kind `disposed`. */
  dispose(): void;
}

export interface EngineOptions {
  /**
   * False computes in place from the start. A function starts the worker: for a page whose browser
   * starts none from where the package's code is, as from another origin. True if not said.
   */
  readonly worker?: boolean | (() => Worker);
}

/**
 * An engine that starts its worker with the first request, or with `start`. Without a working `Worker` (on a
 * server, in jsdom, under a content security policy) it computes in place, in short pieces.
 */
export function createEngine({ worker = true }: EngineOptions = {}): Engine {
  if (typeof worker === 'function') return new WorkerEngine(worker);
  return new WorkerEngine(worker ? startWorker : undefined);
}

let shared: Engine | undefined;

/** One engine for all that are on a page. It is not to be disposed of. */
export function sharedEngine(): Engine {
  shared ??= createEngine();
  return shared;
}

/**
 * Work is done in pieces of milliseconds. A worker that does not hear for so long that a request has
 * ended is caught up in a single one, such as a pattern with more ways to match than can be tried.
 */
const PATIENCE_MS = 2_000;

/** A request that has not been answered yet. */
interface Open {
  readonly id: RequestId;
  readonly lane: string | undefined;
  readonly onProgress: ProgressListener | undefined;
  readonly reject: (error: CallTreeError) => void;
}

class WorkerEngine implements Engine {
  /** Missing where work is done in place. */
  #startWorker: (() => Worker) | undefined;
  readonly #life = new AbortController();
  #lastId = 0;
  #loader: Promise<Loader> | undefined;
  /** The same once it is there. */
  #current: Loader | undefined;
  readonly #open = new Map<RequestId, Open>();

  constructor(startWorker: (() => Worker) | undefined) {
    this.#startWorker = startWorker;
  }

  get where(): Connection['where'] | undefined {
    return this.#current?.connection.where;
  }

  tree(stacks: StackTable, options: CallTreeOptions = {}, request?: RequestOptions) {
    return this.#ask([stacks], ([table]) => ({ kind: 'tree', table, options }), request);
  }

  diff(
    before: StackTable,
    after: StackTable,
    options: CallTreeOptions = {},
    request?: RequestOptions,
  ) {
    return this.#ask(
      [before, after],
      ([table, after]) => ({ kind: 'diff', table, after, options }),
      request,
    );
  }

  functionTable(stacks: StackTable, options: CallTreeOptions = {}, request?: RequestOptions) {
    return this.#ask([stacks], ([table]) => ({ kind: 'function-table', table, options }), request);
  }

  diffFunctions(
    before: StackTable,
    after: StackTable,
    { form, of, ...options }: CallTreeOptions & DiffDeltaOptions = {},
    request?: RequestOptions,
  ) {
    return this.#ask(
      [before, after],
      ([table, after]) => ({ kind: 'diff-functions', table, after, options, change: { form, of } }),
      request,
    );
  }

  functionsOfDiff(diff: DiffTree, change: DiffDeltaOptions = {}, request?: RequestOptions) {
    return this.#ask(
      [diff],
      ([table]) => ({ kind: 'functions-of-diff', table, options: {}, change }),
      request,
    );
  }

  moduleTree(
    stacks: StackTable,
    { kindNames, ...options }: Omit<CallTreeOptions, 'invert'> & ModuleTreeOptions = {},
    request?: RequestOptions,
  ) {
    return this.#ask(
      [stacks],
      ([table]) => ({ kind: 'module-tree', table, options, names: { kindNames } }),
      request,
    );
  }

  sandwich(
    stacks: StackTable,
    frame: FrameKey,
    options: Omit<CallTreeOptions, 'invert'> = {},
    request?: RequestOptions,
  ) {
    return this.#ask([stacks], ([table]) => ({ kind: 'sandwich', table, frame, options }), request);
  }

  search(
    stacks: StackTable,
    query: SearchQuery,
    options: Pick<CallTreeOptions, 'transforms'> = {},
    request?: RequestOptions,
  ) {
    return this.#ask([stacks], ([table]) => ({ kind: 'search', table, query, options }), request);
  }

  async readStacks(
    text: AsyncIterable<string>,
    totalOf: (head: RowsHead) => RowsTotal,
    { signal, ...options }: ReadRowsOptions = {},
  ): Promise<StacksRead> {
    const life = this.#life.signal;
    // One signal for both reasons to stop.
    const stop = new AbortController();
    const end = () => stop.abort(signal?.reason);
    for (const one of [life, signal]) {
      if (one?.aborted) end();
      one?.addEventListener('abort', end);
    }
    try {
      const { readStacks } = await import('./read-stacks.ts');
      if (life.aborted) throw disposed();
      const hosts = {
        connect: () => this.#connect(),
        fallBack: (failed: Loader) => this.#drop(failed, false),
      };
      return await readStacks(hosts, text, totalOf, { ...options, signal: stop.signal });
    } catch (error) {
      throw life.aborted ? disposed() : error;
    } finally {
      for (const one of [life, signal]) one?.removeEventListener('abort', end);
    }
  }

  start(): void {
    // Whatever is asked first tries again, and says why it cannot be done.
    if (!this.#life.signal.aborted) this.#connect().catch(ignore);
  }

  release(stacks: StackTable): void {
    this.#loader?.then((loader) => loader.release(stacks)).catch(ignore);
  }

  dispose(): void {
    for (const { id, reject } of [...this.#open.values()]) {
      this.#cancel(id);
      reject(disposed());
    }
    this.#life.abort();
    this.#loader?.then((loader) => loader.close()).catch(ignore);
    this.#loader = undefined;
  }

  /** Asks over tables; frames that an answer lacks are those of the first one. */
  #ask<Asked extends Job>(
    tables: readonly (StackTable | DiffTree)[],
    job: (ids: readonly TableId[]) => Asked,
    { signal, lane, onProgress }: RequestOptions = {},
  ): Promise<JobResults[Asked['kind']]> {
    if (this.#life.signal.aborted) {
      return Promise.reject(disposed());
    }
    if (signal?.aborted) return Promise.reject(aborted(signal));
    if (lane !== undefined) this.#supersede(lane);

    const id = ++this.#lastId;
    return new Promise<JobResults[Asked['kind']]>((resolve, reject) => {
      const end = () => {
        this.#open.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        this.#cancel(id);
        this.#open.get(id)?.reject(aborted(signal));
      };
      signal?.addEventListener('abort', onAbort);
      this.#open.set(id, {
        id,
        lane,
        onProgress,
        reject: (error) => {
          end();
          reject(error);
        },
      });
      this.#run(id, tables, job, onProgress !== undefined)
        .then((answer) => {
          end();
          if (!answer) return;
          // The host answers a job of one kind with a result of that kind.
          resolve(withFrames(valueOf(answer), tables[0].frames) as JobResults[Asked['kind']]);
        })
        .catch((error: unknown) => {
          end();
          reject(error);
        });
    });
  }

  /** Has the job done, in place if the worker dies over it. No answer when nobody wants one now. */
  async #run(
    id: RequestId,
    tables: readonly (StackTable | DiffTree)[],
    job: (ids: readonly TableId[]) => Job,
    tellsProgress: boolean,
  ): Promise<Answer<JobResult> | undefined> {
    for (;;) {
      const loader = await this.#connect();
      if (!this.#open.has(id)) return undefined;
      const { connection } = loader;
      const used = tables.map((table) => loader.use(table));
      const stopListening = untilSilent(connection, () => this.#giveUp(loader));
      try {
        await unlessDead(connection, Promise.all(used.map(({ sent }) => sent)));
        if (!this.#open.has(id)) return undefined;
        const asked = job(used.map((table) => table.id));
        return await unlessDead(connection, connection.host.run(id, asked, tellsProgress));
      } catch (error) {
        if (!this.#open.has(id)) return undefined;
        if (!connection.death.aborted) throw error;
        this.#drop(loader, false);
      } finally {
        stopListening();
        for (const table of used) loader.endUse(table);
      }
    }
  }

  #connect(): Promise<Loader> {
    this.#loader ??= (
      this.#startWorker
        ? connectWorker(this.#startWorker, this.#life.signal)
        : Promise.reject(new Error('Not wanted'))
    )
      .catch(() => {
        this.#startWorker = undefined;
        return connectInPlace();
      })
      .then((connection) => {
        // One listener for all requests: through comlink, each is a channel of its own.
        const tell = (id: RequestId, share: number) => this.#open.get(id)?.onProgress?.(share);
        void connection.host.listen(connection.where === 'worker' ? proxy(tell) : tell);
        return (this.#current = new Loader(connection));
      })
      .catch((error: unknown) => {
        // The code for it could not be fetched: it may be there the next time.
        this.#loader = undefined;
        throw error;
      });
    return this.#loader;
  }

  /** Who has work with a worker that hears nothing may have what it is caught in: none is done again. */
  #giveUp(stuck: Loader): void {
    for (const { reject } of [...this.#open.values()]) {
      reject(
        new CallTreeError(
          'timed-out',
          'One step came to no end, as where an expression has too many ways to match',
        ),
      );
    }
    this.#drop(stuck, true);
  }

  /**
   * Ends a worker, for good if it died: the rest is then done in place, else in a new one. Several
   * requests may find out about it one after another.
   */
  #drop(failed: Loader, useWorker: boolean): void {
    if (this.#current !== failed) return;
    failed.close();
    if (!useWorker) this.#startWorker = undefined;
    this.#current = undefined;
    this.#loader = undefined;
  }

  #supersede(lane: string): void {
    for (const open of [...this.#open.values()]) {
      if (open.lane !== lane) continue;
      this.#cancel(open.id);
      open.reject(new CallTreeError('superseded', 'A newer request took this one’s place'));
    }
  }

  #cancel(id: RequestId): void {
    const loader = this.#current;
    const told = loader?.connection.host.cancel(id);
    if (!loader || !told) return;
    const patience = setTimeout(() => this.#drop(loader, true), PATIENCE_MS);
    const stop = () => clearTimeout(patience);
    unlessDead(loader.connection, told).then(stop, stop);
  }
}

function ignore(): void {}

function disposed(): CallTreeError {
  return new CallTreeError('disposed', 'The engine was shut down');
}
