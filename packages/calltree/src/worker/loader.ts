import type { FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';
import type { Connection } from './connect.ts';
import type { FramesId, TableId } from './protocol.ts';

/**
 * Sends each table to a host once, and tells the host to forget it when nobody here holds it any
 * more. Numbers are its own, so a table may be sent through several loaders.
 */
export class Loader {
  readonly connection: Connection;
  #closed = false;
  #next = 1;
  readonly #tables = new WeakMap<StackTable, TableId>();
  readonly #frames = new WeakMap<FrameTable, FramesId>();
  readonly #tableGone = new FinalizationRegistry<TableId>((id) => this.#unload(id));
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

  /** The number under which the host knows the table. Messages arrive in order: no need to wait. */
  load(stacks: StackTable): TableId {
    const known = this.#tables.get(stacks);
    if (known !== undefined) return known;
    const id = this.#next++;
    const { frames, ...columns } = stacks;
    this.#send(this.connection.host.load(id, columns, this.#loadFrames(frames)));
    this.#tables.set(stacks, id);
    this.#tableGone.register(stacks, id, stacks);
    return id;
  }

  /** Makes the host forget a table now, not when it is no longer held here. */
  release(stacks: StackTable): void {
    const id = this.#tables.get(stacks);
    if (id === undefined) return;
    this.#tables.delete(stacks);
    this.#tableGone.unregister(stacks);
    this.#unload(id);
  }

  #unload(id: TableId): void {
    if (!this.#closed) this.#send(this.connection.host.unload(id));
  }

  #loadFrames(frames: FrameTable): FramesId {
    const known = this.#frames.get(frames);
    if (known !== undefined) return known;
    const id = this.#next++;
    this.#send(this.connection.host.loadFrames(id, frames));
    this.#frames.set(frames, id);
    this.#framesGone.register(frames, id);
    return id;
  }

  /** A table that did not get through makes the job that needs it fail, which says so. */
  #send(sent: void | Promise<void>): void {
    if (sent) sent.catch(() => undefined);
  }
}
