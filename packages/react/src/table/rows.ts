import type { FrameTable } from '@hyperflame/calltree';
import { frameName } from '../frames/frameNames.ts';
import { atOnce, inTurns, type Pieces } from '../hooks/inTurns.ts';
import type { Compute } from '../hooks/useEngineResult.ts';
import type { Messages } from '../messages/messages.ts';

export interface Sorting<Column extends string> {
  readonly column: Column | 'name';
  readonly descending: boolean;
}

/** The columns of a function table that have weights in them. */
export type WeightColumn = 'self' | 'total';

/** What every table of functions has, whatever its figures are. */
export interface Rows {
  readonly length: number;
  readonly frames: FrameTable;
  readonly frame: Uint32Array;
}

/** All rows of a table in an order. */
export interface SortedRows<Table extends Rows> {
  readonly table: Table;
  readonly rows: Uint32Array;
}

/** Rows that are named, compared or merged without a look at the clock: less than a millisecond. */
const PIECE = 1 << 11;

/** Negative where row `a` comes first. */
type CompareRows = (a: number, b: number) => number;

/**
 * The rows of a function table in the order asked for: at once, or as work to be waited for where
 * there are many. Rows of equal figures keep the table's own order, so nothing jumps between two
 * sortings by weight; those without a figure come last, whichever way the others are turned.
 *
 * @param figure what a row is sorted by; left out, its name
 */
export function sortRows<Table extends Rows>(
  table: Table,
  figure: ((row: number) => number) | undefined,
  descending: boolean,
  messages: Messages,
): SortedRows<Table> | Compute<SortedRows<Table>> {
  const sign = descending ? -1 : 1;
  if (figure) {
    const compare: CompareRows = (a, b) => compareFigures(figure(a), figure(b), sign);
    // A table begins in the order that it was made in.
    return isInOrder(table.length, compare)
      ? ownOrder(table)
      : soonOrLater(table, () => sorted(table, compare));
  }
  return soonOrLater(table, function* () {
    const names: string[] = [];
    for (let row = 0; row < table.length; row++) {
      names.push(frameName(table.frames, table.frame[row], messages));
      if (row % PIECE === 0) yield;
    }
    // By code unit: a collator takes a hundred times as long, and names are not prose.
    return yield* sorted(table, (a, b) =>
      names[a] === names[b] ? 0 : names[a] < names[b] ? -sign : sign,
    );
  });
}

export function ownOrder<Table extends Rows>(table: Table): SortedRows<Table> {
  return { table, rows: Uint32Array.from({ length: table.length }, (_, row) => row) };
}

/** Those of the rows whose frames are wanted, by frame; all where nothing is asked for. */
export function wantedRows(
  { table, rows }: SortedRows<Rows>,
  isWanted: Uint8Array | null,
): Uint32Array {
  return isWanted ? rows.filter((row) => isWanted[table.frame[row]] === 1) : rows;
}

function soonOrLater<Table extends Rows>(
  table: Table,
  pieces: () => Pieces<Uint32Array>,
): SortedRows<Table> | Compute<SortedRows<Table>> {
  if (table.length <= 2 * PIECE) return { table, rows: atOnce(pieces()) };
  return inTurns(function* () {
    return { table, rows: yield* pieces() };
  });
}

function compareFigures(a: number, b: number, sign: 1 | -1): number {
  // Two infinite changes are equal, and their difference is no number.
  if (a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -sign : sign;
}

function isInOrder(length: number, compare: CompareRows): boolean {
  for (let row = 1; row < length; row++) {
    if (compare(row - 1, row) > 0) return false;
  }
  return true;
}

/** Runs of rows are sorted, then neighbouring runs merged, twice as long each time. */
function* sorted(table: Rows, compare: CompareRows): Pieces<Uint32Array> {
  let from: Uint32Array = ownOrder(table).rows;
  let to: Uint32Array = new Uint32Array(from.length);
  for (let at = 0; at < from.length; at += PIECE) {
    from.subarray(at, at + PIECE).sort(compare);
    yield;
  }
  for (let run = PIECE; run < from.length; run *= 2) {
    for (let start = 0; start < from.length; start += 2 * run) {
      yield* mergeRuns(from, to, start, run, compare);
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Two sorted runs that lie side by side, into one at the same place of `to`. */
function* mergeRuns(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  run: number,
  compare: CompareRows,
): Pieces<void> {
  const middle = Math.min(start + run, from.length);
  const end = Math.min(middle + run, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft = right === end || (left < middle && compare(from[left], from[right]) <= 0);
    to[at] = takesLeft ? from[left++] : from[right++];
    if (at % PIECE === 0) yield;
  }
}
