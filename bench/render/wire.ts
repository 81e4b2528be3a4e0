import type { StackTable } from '@hyperflame/calltree';

/** Where one column lies in the bytes that follow the head. */
interface Column {
  readonly owner: 'stacks' | 'frames';
  readonly name: string;
  readonly type: 'Uint8Array' | 'Uint32Array' | 'Float64Array' | 'BigUint64Array';
  readonly offset: number;
  readonly length: number;
}

interface Head {
  readonly columns: readonly Column[];
  readonly strings: readonly string[];
  readonly frames: number;
  readonly unit: string;
  readonly otherWeight: number;
  readonly otherCount: number;
}

/** A stack table as one piece for a page to fetch: length of the head, head, columns. */
export function encodeStacks(stacks: StackTable): Uint8Array {
  const columns: Column[] = [];
  const parts: ArrayBufferView[] = [];
  let offset = 0;
  for (const owner of ['stacks', 'frames'] as const) {
    const table = owner === 'stacks' ? stacks : stacks.frames;
    for (const [name, part] of Object.entries(table) as [string, unknown][]) {
      if (!ArrayBuffer.isView(part)) continue;
      const { constructor, byteLength } = part;
      const type = constructor.name as Column['type'];
      columns.push({ owner, name, type, offset, length: (part as Uint8Array).length });
      parts.push(part);
      offset += Math.ceil(byteLength / 8) * 8;
    }
  }
  const { unit, otherWeight, otherCount, frames } = stacks;
  const head: Head = {
    columns,
    strings: frames.strings,
    frames: frames.length,
    unit,
    otherWeight,
    otherCount,
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + offset);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, 4);
  columns.forEach((column, i) => {
    const { buffer, byteOffset, byteLength } = parts[i];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), start + column.offset);
  });
  return bytes;
}

const ARRAYS = { Uint8Array, Uint32Array, Float64Array, BigUint64Array };

export function decodeStacks(bytes: ArrayBuffer): StackTable {
  const length = new DataView(bytes).getUint32(0);
  const text = new TextDecoder().decode(new Uint8Array(bytes, 4, length));
  const { columns, strings, unit, otherWeight, otherCount, frames } = JSON.parse(text) as Head;
  const start = Math.ceil((4 + length) / 8) * 8;
  // Each column has memory of its own, as it would if a client had collected it.
  const columnsOf = (wanted: Column['owner']) =>
    Object.fromEntries(
      columns
        .filter(({ owner }) => owner === wanted)
        .map((column) => [
          column.name,
          new ARRAYS[column.type](bytes, start + column.offset, column.length).slice(),
        ]),
    );
  return {
    ...columnsOf('stacks'),
    frames: { ...columnsOf('frames'), strings, length: frames },
    unit,
    otherWeight,
    otherCount,
  } as unknown as StackTable;
}
