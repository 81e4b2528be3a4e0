import { useMemo } from 'react';
import { useAnswer } from '../hooks/useAnswer.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { ownOrder, sortRows, type Rows, type SortedRows, type Sorting } from './rows.ts';

/**
 * A table and its rows in the order asked for. While a large one is being sorted, the table and the
 * order before it.
 *
 * @param figureOf what a column is sorted by; the same function each time
 */
export function useSortedRows<Table extends Rows, Column extends string>(
  table: Table,
  { column, descending }: Sorting<Column>,
  figureOf: (table: Table, column: Column) => (row: number) => number,
): SortedRows<Table> {
  const { messages } = useAllSettings();
  const asked = useMemo(() => {
    const figure = column === 'name' ? undefined : figureOf(table, column);
    return sortRows(table, figure, descending, messages);
  }, [table, column, descending, figureOf, messages]);
  const { value } = useAnswer(asked);
  return useMemo(() => value ?? ownOrder(table), [value, table]);
}
