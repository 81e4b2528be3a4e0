import { aborted } from '../model/aborted.ts';
import { CallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';
import { nextTask } from './next-task.ts';
import { StackRowsReader } from './stack-rows-reader.ts';
import type { RowsHead, RowsRead, RowsTotal } from './stack-rows.ts';

/** What rows say, once all of them, or some, are read. */
export interface StacksRead {
  /** With all that is not in it, or not yet, as weight of "(other)". */
  readonly stacks: StackTable;
  readonly read: RowsRead;
}

export interface ReadRowsOptions {
  /** Ends the reading early: it rejects with an error of kind `aborted`. */
  readonly signal?: AbortSignal;
  /**
   * Given what there is so far, at most four times a second, and each time a good part more than the
   * last time. Never, where everything is there within a quarter of a second.
   */
  readonly onPartial?: (partial: StacksRead) => void;
  /** Told what share of the stacks is there, after each piece of text. */
  readonly onProgress?: (share: number) => void;
}

/** Where rows are read: here, or in a worker. */
export interface RowsTarget {
  push(text: string): RowsRead | Promise<RowsRead>;
  end(): RowsRead | Promise<RowsRead>;
  table(total: RowsTotal): StackTable | Promise<StackTable>;
}

/** Nobody sees more pictures than this. */
const PARTIAL_EVERY_MS = 250;
/**
 * A partial table has this many times the stacks of the one before it. So however many there are, all
 * of them together are no more than five times the last one to make trees of.
 */
const PARTIAL_GROWTH = 1.25;
/** Characters read at once: a few milliseconds on a slow machine. */
const PIECE = 1 << 15;
/** After this long, whatever else waits for the thread goes first. */
const SLICE_MS = 8;

/**
 * Reads rows of frames and stacks (see `StackRows`) on this thread, with pauses in which a page can
 * draw. `totalOf` says what a head means. Rejects with a `CallTreeError`: `invalid-rows` where rows
 * are missing, too, or `aborted`.
 */
export function readStackRows(
  text: AsyncIterable<string>,
  totalOf: (head: RowsHead) => RowsTotal,
  options?: ReadRowsOptions,
): Promise<StacksRead> {
  const reader = new StackRowsReader();
  const target: RowsTarget = {
    push(piece) {
      reader.push(piece);
      return reader.read;
    },
    end() {
      reader.end();
      return reader.read;
    },
    table: (total) => reader.table(total),
  };
  return readRowsInto(target, pieces(text, PIECE), totalOf, options);
}

/** Feeds a reader with text as it comes, and decides when what there is becomes a table. */
export async function readRowsInto(
  target: RowsTarget,
  text: AsyncIterator<string>,
  totalOf: (head: RowsHead) => RowsTotal,
  { signal, onPartial, onProgress }: ReadRowsOptions = {},
): Promise<StacksRead> {
  const { stopped, settled } = stoppedBy(signal);
  let read: RowsRead | undefined;
  let total: RowsTotal | undefined;
  let partialStacks = 0;
  let partialAt = -Infinity;
  let sliceStart = performance.now();

  try {
    let coming = text.next();
    for (;;) {
      let wait: number | undefined;
      if (onPartial && read && total && read.stacks > partialStacks * PARTIAL_GROWTH) {
        wait = partialAt + PARTIAL_EVERY_MS - performance.now();
        if (wait <= 0) {
          const stacks = await Promise.race([target.table(total), stopped]);
          partialAt = performance.now();
          partialStacks = read.stacks;
          onPartial({ stacks, read });
          continue;
        }
      }
      // A sender that pauses does not hold up the picture of what has come already.
      const piece = await Promise.race([within(wait, coming), stopped]);
      if (piece === undefined) continue;
      if (piece.done) break;
      // The first quarter of a second is for answers that need no partial picture.
      if (read === undefined) partialAt = performance.now();
      coming = text.next();
      // Its failure is heard in the next round; this one may end before.
      coming.catch(() => undefined);
      read = await Promise.race([target.push(piece.value), stopped]);
      if (read.head) total ??= totalOf(read.head);
      if (total && total.stacks > 0) onProgress?.(Math.min(1, read.stacks / total.stacks));
      if (performance.now() - sliceStart > SLICE_MS) {
        await Promise.race([nextTask(), stopped]);
        sliceStart = performance.now();
      }
    }
    read = await Promise.race([target.end(), stopped]);
    total ??= totalOf(read.head!);
    if (read.stacks !== total.stacks) {
      const message = `The rows break off: there are ${read.stacks} stacks of ${total.stacks}`;
      throw new CallTreeError('invalid-rows', message);
    }
    return { stacks: await Promise.race([target.table(total), stopped]), read };
  } finally {
    settled();
    // Whoever sends is told to stop, and not waited for.
    text.return?.().then(undefined, () => undefined);
  }
}

/** The same text, in pieces that are no longer than `most`. */
export async function* pieces(text: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  for await (const part of text) {
    for (let from = 0; from < part.length; from += most) yield part.slice(from, from + most);
  }
}

/** Rejects when the signal fires; `settled` is to be called when nobody cares any more. */
function stoppedBy(signal: AbortSignal | undefined): {
  stopped: Promise<never>;
  settled: () => void;
} {
  let settled = () => {};
  const stopped = new Promise<never>((_, reject) => {
    if (!signal) return;
    const stop = () => reject(aborted(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    settled = () => signal.removeEventListener('abort', stop);
  });
  stopped.catch(() => undefined);
  return { stopped, settled };
}

/** What is promised, or nothing when the time is over before. */
async function within<Value>(
  ms: number | undefined,
  promised: Promise<Value>,
): Promise<Value | undefined> {
  if (ms === undefined) return promised;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promised, late]);
  } finally {
    clearTimeout(timer);
  }
}
