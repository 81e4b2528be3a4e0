import type { ReactNode } from 'react';
import { icon } from '../view/icons.tsx';
import type { Sorting } from './rows.ts';

const SortIcon = ({ descending }: { descending: boolean }) =>
  icon(10, <path d={descending ? 'M8 3v10m-4-4 4 4 4-4' : 'M8 13V3M4 7l4-4 4 4'} />);

interface ColumnHeaderProps<Column extends string> {
  column: Column | 'name';
  sorting: Sorting<Column>;
  onSort: (sorting: Sorting<Column>) => void;
  children: ReactNode;
}

/** Sorts by its column; once more, the other way round. Names begin at A, weights at the heaviest. */
export function ColumnHeader<Column extends string>({
  column,
  sorting,
  onSort,
  children,
}: ColumnHeaderProps<Column>) {
  const isSorted = sorting.column === column;
  const direction = sorting.descending ? 'descending' : 'ascending';
  return (
    <th
      role="columnheader"
      scope="col"
      className={column === 'name' ? undefined : 'hf-number'}
      data-column={column}
      aria-sort={isSorted ? direction : undefined}
    >
      <button
        type="button"
        onClick={() =>
          onSort({ column, descending: isSorted ? !sorting.descending : column !== 'name' })
        }
      >
        <span>{children}</span>
        {isSorted && <SortIcon descending={sorting.descending} />}
      </button>
    </th>
  );
}
