import { searchFrames, type FunctionTable } from '@hyperflame/calltree';
import { frameName } from '../frames/frameNames.ts';
import type { Messages } from '../messages/messages.ts';

export type SortColumn = 'name' | 'self' | 'total';

export interface Sorting {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/**
 * The rows of a function table that have `filter` in their name, in the order asked for. Rows of
 * equal weight keep the table's own order, so nothing jumps between two sortings by weight.
 */
export function sortedRows(
  table: FunctionTable,
  filter: string,
  { column, descending }: Sorting,
  messages: Messages,
): Uint32Array {
  const wanted = filter.trim();
  const isWanted = wanted === '' ? null : searchFrames(table.frames, wanted);
  const rows: number[] = [];
  for (let row = 0; row < table.length; row++) {
    if (!isWanted || isWanted[table.frame[row]] === 1) rows.push(row);
  }
  const sign = descending ? -1 : 1;
  if (column === 'name') {
    const name = (row: number): string => frameName(table.frames, table.frame[row], messages);
    // By code unit: a collator takes a hundred times as long, and names are not prose.
    rows.sort((a, b) => {
      const [one, other] = [name(a), name(b)];
      return one < other ? -sign : one > other ? sign : a - b;
    });
  } else {
    const weight = table[column];
    rows.sort((a, b) => sign * (weight[a] - weight[b]) || a - b);
  }
  return Uint32Array.from(rows);
}
