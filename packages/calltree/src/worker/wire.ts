import type { FrameTable } from '../model/frames.ts';
import type { StackTable } from '../model/stacks.ts';

/** Applies a change to a result and to the parts one level down: the trees of a sandwich. */
function changeParts(result: object, change: (part: object) => object): object {
  const changed: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(result)) {
    const isPart = name === 'callers' || name === 'callees';
    changed[name] = isPart ? change(part as object) : part;
  }
  return change(changed);
}

/** Leaves out frames that the asker has: names are most of a message, and slow to copy. */
export function withoutFrames<Result extends object>(
  result: Result,
  frames: FrameTable | undefined,
): Result {
  return changeParts(result, (part) =>
    'frames' in part && part.frames === frames ? { ...part, frames: undefined } : part,
  ) as Result;
}

/** Puts frames back where {@link withoutFrames} left them out. */
export function withFrames<Result extends object>(result: Result, frames: FrameTable): Result {
  return changeParts(result, (part) =>
    'frames' in part && part.frames === undefined ? { ...part, frames } : part,
  ) as Result;
}

/**
 * Buffers of a result's columns, which may be given away: those of its own and those one level down,
 * but not those of frames, which the sender goes on using.
 */
export function columnsOf(result: object): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const add = (part: object) => {
    for (const column of Object.values(part)) {
      if (ArrayBuffer.isView(column)) buffers.add(column.buffer as ArrayBuffer);
    }
  };
  add(result);
  for (const [name, part] of Object.entries(result)) {
    if (
      typeof part === 'object' &&
      part !== null &&
      name !== 'frames' &&
      !ArrayBuffer.isView(part)
    ) {
      add(part as object);
    }
  }
  return [...buffers];
}

/** The same stacks in columns of their own, which may be given away. */
export function copyOfStacks(stacks: StackTable): StackTable {
  const copy = <Table extends object>(table: Table): Table =>
    Object.fromEntries(
      Object.entries(table).map(([name, part]: [string, unknown]) => [
        name,
        ArrayBuffer.isView(part) ? (part as Uint32Array).slice() : part,
      ]),
    ) as Table;
  return { ...copy(stacks), frames: copy(stacks.frames) };
}
