import { transfer } from 'comlink';
import type { DiffTree } from '../model/diff.ts';
import type { FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import type { Connection } from './connect.ts';
import { nextTask } from '../rows/next-task.ts';
import type { DiffPart, FramesId, RowsId, TableId } from './protocol.ts';

/** Frame indices copied for a worker at once: about two milliseconds. */
const PART = 1 << 20;

/** A table that a host knows, or is about to. */
export interface Loaded {
  readonly id: TableId;
  /** Fulfilled once the host has it, or is about to. */
  readonly sent: Promise<void>;
  /** How many jobs are going on with it. */
  uses: number;
  /** Nobody will ask for it under this number any more. */
  isDone: boolean;
}

/**
 * Sends each table to a host once, and tells the host to forget it when nobody here holds it any
 * more. Numbers are its own, so a table may be sent through several loaders.
 */
export class Loader {
  readonly connection: Connection;
  #closed = false;
  #next = 1;
  readonly #tables = new WeakMap<StackTable | DiffTree, Loaded>();
  readonly #frames = new WeakMap<FrameTable, FramesId>();
  readonly #tableGone = new FinalizationRegistry<Loaded>((loaded) => this.#forget(loaded));
  readonly #framesGone = new FinalizationRegistry<FramesId>((id) => {
    if (!this.#closed) this.#send(this.connection.host.unloadFrames(id));
  });

  constructor(connection: Connection) {
    this.connection = connection;
  }

  close(): void {
    this.#closed = true;
    this.connection.close();
  }

  /** Sends a table unless the host knows it. It is not forgotten before {@link endUse}. */
  use(table: StackTable | DiffTree): Loaded {
    let loaded = this.#tables.get(table);
    if (!loaded) {
      const id = this.#next++;
      const sent = 'before' in table ? this.#sendDiff(id, table) : this.#sendTable(id, table);
      loaded = this.#remember(table, id, sent);
    }
    loaded.uses++;
    return loaded;
  }

  endUse(loaded: Loaded): void {
    loaded.uses--;
    this.#unloadUnlessUsed(loaded);
  }

  openRows(): RowsId {
    return this.#next++;
  }

  closeRows(rows: RowsId): void {
    if (!this.#closed) this.#send(this.connection.host.closeRows(rows));
  }

  /** Numbers for a table that the host makes itself, and for its frames; see {@link adopt}. */
  reserve(): { table: TableId; frames: FramesId } {
    return { table: this.#next++, frames: this.#next++ };
  }

  /** From now on this object stands for a table that the host has already. */
  adopt(stacks: StackTable, { table, frames }: { table: TableId; frames: FramesId }): void {
    this.#remember(stacks, table, Promise.resolve());
    this.#frames.set(stacks.frames, frames);
    this.#framesGone.register(stacks.frames, frames);
  }

  /** A large table goes in parts, with pauses in between in which this side can draw. */
  async #sendTable(id: TableId, stacks: StackTable): Promise<void> {
    const { host, where } = this.connection;
    const { frames, frameIndex, ...columns } = stacks;
    const framesId = this.#loadFrames(frames);
    if (where === 'in-place' || frameIndex.length <= PART) {
      this.#send(host.load(id, { ...columns, frameIndex }, framesId));
      return;
    }
    for (let from = 0; from < frameIndex.length; from += PART) {
      await nextTask();
      if (this.#closed) return;
      const part = frameIndex.slice(from, from + PART);
      this.#send(host.loadPart(id, transfer(part, [part.buffer]), from, frameIndex.length));
    }
    this.#send(host.load(id, columns, framesId));
  }

  /** One column at a time, with pauses in between: to copy a million numbers takes milliseconds. */
  async #sendDiff(id: TableId, diff: DiffTree): Promise<void> {
    const { frames, length, inverted, unit, granularity, samplingRate } = diff;
    const { frame, parent, end } = diff;
    const framesId = this.#loadFrames(frames);
    const parts: DiffPart[] = [
      { length, inverted, unit, granularity, samplingRate },
      { frame },
      { parent },
      { end },
    ];
    for (const column of ['self', 'total', 'selfCount', 'totalCount'] as const) {
      parts.push({ before: { [column]: diff.before[column] } });
      parts.push({ after: { [column]: diff.after[column] } });
    }
    for (const part of parts) {
      if (this.#closed) return;
      this.#send(this.connection.host.loadDiff(id, part, framesId));
      if (length > PART / 16) await nextTask();
    }
  }

  /** Makes the host forget a table once no job uses it, not when it is no longer held here. */
  release(stacks: StackTable): void {
    const known = this.#tables.get(stacks);
    if (!known) return;
    this.#tables.delete(stacks);
    this.#tableGone.unregister(stacks);
    this.#forget(known);
  }

  #remember(table: StackTable | DiffTree, id: TableId, sent: Promise<void>): Loaded {
    const loaded = { id, sent, uses: 0, isDone: false };
    this.#tables.set(table, loaded);
    this.#tableGone.register(table, loaded, table);
    return loaded;
  }

  #forget(loaded: Loaded): void {
    loaded.isDone = true;
    this.#unloadUnlessUsed(loaded);
  }

  #unloadUnlessUsed({ id, sent, uses, isDone }: Loaded): void {
    if (!isDone || uses > 0) return;
    const unload = () => {
      if (!this.#closed) this.#send(this.connection.host.unload(id));
    };
    // Also of a table that did not get through: a part of it may have.
    void sent.then(unload, unload);
  }

  #loadFrames(frames: FrameTable): FramesId {
    const known = this.#frames.get(frames);
    if (known !== undefined) return known;
    const id = this.#next++;
    // A copy: a host in place would hold the very object whose end it waits for.
    this.#send(this.connection.host.loadFrames(id, { ...frames }));
    this.#frames.set(frames, id);
    this.#framesGone.register(frames, id);
    return id;
  }

  /** A table that did not get through makes the job that needs it fail, which says so. */
  #send(sent: void | Promise<void>): void {
    if (sent) sent.catch(() => undefined);
  }
}
