import type { ReactNode } from 'react';
import { SortIcon } from '../view/icons.tsx';
import type { SortColumn, Sorting } from './rows.ts';

interface ColumnHeaderProps {
  column: SortColumn;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  children: ReactNode;
}

/** Sorts by its column; once more, the other way round. Names begin at A, weights at the heaviest. */
export function ColumnHeader({ column, sorting, onSort, children }: ColumnHeaderProps) {
  const isSorted = sorting.column === column;
  const direction = sorting.descending ? 'descending' : 'ascending';
  return (
    <th
      role="columnheader"
      scope="col"
      className={column === 'name' ? undefined : 'hf-number'}
      aria-sort={isSorted ? direction : undefined}
    >
      <button
        type="button"
        onClick={() =>
          onSort({ column, descending: isSorted ? !sorting.descending : column !== 'name' })
        }
      >
        {children}
        {isSorted && <SortIcon descending={sorting.descending} />}
      </button>
    </th>
  );
}
