/** Numbers in a row, or texts: nearly all that a profile consists of. */
export type Column = NumberColumn | readonly string[];
type NumberColumn = Uint8Array | Uint32Array | Float64Array | BigUint64Array;

/** Where a column belongs in the value that it was taken from, such as `['frames', 'strings']`. */
export interface Place {
  readonly path: readonly string[];
  readonly column: number;
}

/** A value without its columns. */
export interface TakenApart {
  readonly rest: object;
  /** Each once, in however many places it stands. */
  readonly columns: readonly Column[];
  readonly places: readonly Place[];
}

/** What is copied at once takes a few milliseconds. */
const BYTES_AT_ONCE = 1 << 22;
const TEXTS_AT_ONCE = 1 << 13;

/**
 * Takes the columns out of a value of plain objects and lists, so that they can be handed over part
 * by part. The value itself is not changed.
 *
 *     { unit: 'bytes', frames: { line: Uint32Array } }
 *       →  rest     { unit: 'bytes', frames: { line: undefined } }
 *          columns  [Uint32Array]
 *          places   [{ path: ['frames', 'line'], column: 0 }]
 */
export function takeApart(value: object): TakenApart {
  const columns: Column[] = [];
  const places: Place[] = [];
  const restOf = (part: unknown, path: readonly string[]): unknown => {
    if (isColumn(part)) {
      const known = columns.indexOf(part);
      places.push({ path, column: known === -1 ? columns.push(part) - 1 : known });
      return undefined;
    }
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map((item, i) => restOf(item, [...path, String(i)]));
    const entries = Object.entries(part) as [string, unknown][];
    return Object.fromEntries(entries.map(([name, item]) => [name, restOf(item, [...path, name])]));
  };
  return { rest: restOf(value, []) as object, columns, places };
}

/** The value again, of the same rest: its columns are put into it. */
export function putTogether({ rest, columns, places }: TakenApart): object {
  for (const { path, column } of places) {
    let part = rest as Record<string, unknown>;
    for (const name of path.slice(0, -1)) part = part[name] as Record<string, unknown>;
    part[path[path.length - 1]] = columns[column];
  }
  return rest;
}

function isColumn(value: unknown): value is Column {
  if (ArrayBuffer.isView(value)) return true;
  return (
    Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string')
  );
}

/** Copies of a column's parts, in order; one at least. */
export function* partsOf(column: Column): Generator<Column> {
  const atOnce = isNumbers(column) ? BYTES_AT_ONCE / column.BYTES_PER_ELEMENT : TEXTS_AT_ONCE;
  for (let from = 0; from === 0 || from < column.length; from += atOnce) {
    yield column.slice(from, from + atOnce);
  }
}

/** A column again from its parts. */
export function joined(parts: readonly Column[]): Column {
  const [first] = parts;
  if (parts.length === 1) return first;
  if (!isNumbers(first)) return (parts as readonly (readonly string[])[]).flat();
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const Whole = first.constructor as new (length: number) => NumberColumn;
  const whole = new Whole(length);
  let from = 0;
  for (const part of parts) {
    whole.set(part as Uint8Array & BigUint64Array, from);
    from += part.length;
  }
  return whole;
}

export function isNumbers(column: Column): column is NumberColumn {
  return ArrayBuffer.isView(column);
}
