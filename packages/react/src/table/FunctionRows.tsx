import { useDeferredValue, useMemo, useState } from 'react';
import { functionKey, type FunctionTable, type Transform } from '@hyperflame/calltree';
import { functionEntries } from '../menu/frameEntries.ts';
import { find } from '../search/find.ts';
import { useFound } from '../search/useFound.ts';
import { useFlameState } from '../state/useFlameState.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { transformOfFunction } from '../transforms/transformKeys.ts';
import { FunctionGrid, type GridColumn } from './FunctionGrid.tsx';
import { functionDetails } from './functionDetails.ts';
import { wantedRows, type Sorting, type WeightColumn } from './rows.ts';
import { useSortedRows } from './useSortedRows.ts';
import { WeightCell } from './WeightCell.tsx';
import type { TopTableViewProps } from './TopTableView.tsx';

/** The order of rows, where it outlives the table. */
export interface SortingProps {
  sorting?: Sorting<WeightColumn>;
  onSort?: (sorting: Sorting<WeightColumn>) => void;
}

/** What rows are sorted by before anybody has said so. */
const HEAVIEST_FIRST: Sorting<WeightColumn> = { column: 'self', descending: true };

/** What `<TopTableView>` draws, with the settings that hold there. */
export function FunctionRows(props: Omit<TopTableViewProps, keyof SettingsProps> & SortingProps) {
  const settings = useAllSettings();
  const { messages } = settings;
  const [state, update] = useFlameState(props);
  const [ownSorting, setOwnSorting] = useState(HEAVIEST_FIRST);
  const { sorting = ownSorting, onSort = setOwnSorting } = props;

  const sorted = useSortedRows(props.table, sorting, weightOf);
  const { table } = sorted;
  const { found } = useFound(find, table.frames, useDeferredValue(state.search));
  const isWanted = found && found.isFrame;
  const rows = useMemo(() => wantedRows(sorted, isWanted), [sorted, isWanted]);
  const columns = useMemo(() => {
    // Of both columns: the same weight is as long in either.
    const heaviest = Math.max(largest(table.self), largest(table.total));
    const column = (id: WeightColumn, header: string): GridColumn<WeightColumn> => {
      const weights = table[id];
      return {
        id,
        header,
        cell: (row) => (
          <WeightCell
            weight={weights[row]}
            whole={table.wholeTotal}
            heaviest={heaviest}
            unit={table.unit}
          />
        ),
      };
    };
    return [column('self', messages.self), column('total', messages.total)];
  }, [table, messages]);

  const select = (row: number): void => {
    update({ pivot: functionKey(table, row), selected: [] });
    props.onSelectFunction?.(functionDetails(table, row));
  };
  const transform = (change: Transform): void =>
    update({ transforms: [...state.transforms, change] });
  return (
    <FunctionGrid
      {...props}
      label={props.label ?? messages.tableLabel}
      frames={table.frames}
      granularity={table.granularity}
      frame={table.frame}
      rows={rows}
      problem={found?.problem}
      columns={columns}
      sorting={sorting}
      onSort={onSort}
      state={state}
      update={update}
      onSelect={select}
      entriesOf={(row) =>
        functionEntries(
          functionDetails(table, row),
          (type) => transformOfFunction(table.frames, table.frame[row], table.granularity, type),
          {
            search: (search) => update({ search }),
            pivot: props.pivotable
              ? () => update({ pivot: functionKey(table, row), view: 'sandwich', selected: [] })
              : undefined,
            transform: props.transformable ? transform : undefined,
          },
          props,
          settings,
        )
      }
    />
  );
}

function weightOf(table: FunctionTable, column: WeightColumn): (row: number) => number {
  const weights = table[column];
  return (row) => weights[row];
}

function largest(weights: Float64Array): number {
  let most = 0;
  for (const weight of weights) most = Math.max(most, Math.abs(weight));
  return most;
}
