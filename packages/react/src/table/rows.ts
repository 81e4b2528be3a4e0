import type { FrameTable } from '@hyperflame/calltree';
import { frameName } from '../frames/frameNames.ts';
import type { Messages } from '../messages/messages.ts';

export interface Sorting<Column extends string> {
  readonly column: Column | 'name';
  readonly descending: boolean;
}

/** What every table of functions has, whatever its figures are. */
interface Rows {
  readonly length: number;
  readonly frames: FrameTable;
  readonly frame: Uint32Array;
}

/**
 * The rows of a function table in the order asked for. Rows of equal figures keep the table's own
 * order, so nothing jumps between two sortings by weight.
 *
 * @param isWanted 1 for each frame whose rows are; `null` for all
 * @param figure what a row is sorted by, where that is not its name
 */
export function sortedRows(
  table: Rows,
  isWanted: Uint8Array | null,
  { column, descending }: Sorting<string>,
  figure: (row: number) => number,
  messages: Messages,
): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    if (!isWanted || isWanted[table.frame[row]] === 1) rows.push(row);
  }
  const sign = descending ? -1 : 1;
  if (column === 'name') {
    const names: string[] = [];
    for (const row of rows) names[row] = frameName(table.frames, table.frame[row], messages);
    // By code unit: a collator takes a hundred times as long, and names are not prose.
    rows.sort((a, b) => (names[a] < names[b] ? -sign : names[a] > names[b] ? sign : a - b));
  } else {
    // Two infinite changes are equal, and their difference is no number.
    rows.sort((a, b) => {
      const [one, other] = [figure(a), figure(b)];
      return one === other ? a - b : sign * (one - other);
    });
  }
  return Uint32Array.from(rows);
}
