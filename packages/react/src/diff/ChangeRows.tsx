import { useDeferredValue, useMemo, useState } from 'react';
import { frameKey, SURE_CONFIDENCE, type DiffFunctionTable } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import { frameInfo, type FrameInfo } from '../frames/frameDetails.ts';
import { find } from '../search/find.ts';
import { searchFor } from '../search/parseSearch.ts';
import { useFound } from '../search/useFound.ts';
import { useFlameState } from '../state/useFlameState.ts';
import { FunctionGrid, type GridColumn } from '../table/FunctionGrid.tsx';
import { wantedRows, type Sorting } from '../table/rows.ts';
import { useSortedRows } from '../table/useSortedRows.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { changeText, sideText } from './changeText.ts';
import { confidenceText } from './confidenceText.ts';
import { fateText } from './fate.ts';
import type { ChangeTableViewProps } from './ChangeTableView.tsx';

type Column = 'before' | 'after' | 'change' | 'confidence';

/** What `<ChangeTableView>` draws, with the settings that hold there. */
export function ChangeRows(props: Omit<ChangeTableViewProps, keyof SettingsProps>) {
  const settings = useAllSettings();
  const { messages } = settings;
  const [state, update] = useFlameState(props);
  const [sorting, setSorting] = useState<Sorting<Column>>({ column: 'change', descending: true });
  const sorted = useSortedRows(props.table, sorting, figureOf);
  const { table } = sorted;
  const { form } = table;
  const { found } = useFound(find, table.frames, useDeferredValue(state.search));
  const isWanted = found && found.isFrame;
  const rows = useMemo(() => wantedRows(sorted, isWanted), [sorted, isWanted]);

  const columns = useMemo((): readonly GridColumn<Column>[] => {
    const largest = table.delta.reduce(
      (most, delta) => (Number.isFinite(delta) ? Math.max(most, Math.abs(delta)) : most),
      0,
    );
    const self = (side: 'before' | 'after') => (row: number) =>
      sideText(table[side].self[row], table.whole[side], form, table, settings);
    return [
      { id: 'before', header: messages.selfBefore, cell: self('before') },
      { id: 'after', header: messages.selfAfter, cell: self('after') },
      {
        id: 'change',
        header: messages.change,
        cell: (row) => (
          <ChangeCell
            delta={table.delta[row]}
            largest={largest}
            isWithinError={table.confidence[row] < SURE_CONFIDENCE}
            text={changeText(table.delta[row], form, table, settings)}
            fate={fateText(table, row, messages)}
          />
        ),
      },
      {
        id: 'confidence',
        header: messages.confidence,
        cell: (row) => confidenceText(table.confidence[row], settings),
      },
    ];
  }, [table, form, messages, settings]);

  const infoOf = (row: number): FrameInfo =>
    frameInfo(table.frames, table.frame[row], table.granularity);
  const select = (row: number): void => {
    const pivot = frameKey(table.frames, table.frame[row], table.granularity);
    update({ pivot, selected: [] });
    props.onSelectFunction?.(infoOf(row));
  };
  return (
    <FunctionGrid
      {...props}
      label={props.label ?? messages.changesLabel}
      frames={table.frames}
      granularity={table.granularity}
      frame={table.frame}
      rows={rows}
      problem={found?.problem}
      columns={columns}
      sorting={sorting}
      onSort={setSorting}
      state={state}
      update={update}
      onSelect={select}
      entriesOf={(row) => [
        {
          id: 'search',
          label: messages.searchThis,
          run: () => update({ search: searchFor(infoOf(row).name) }),
        },
      ]}
    />
  );
}

function figureOf(table: DiffFunctionTable, column: Column): (row: number) => number {
  switch (column) {
    case 'before':
    case 'after':
      return (row) => table[column].self[row];
    case 'change':
      return (row) => Math.abs(table.delta[row]);
    case 'confidence':
      return (row) => table.confidence[row];
  }
}

interface ChangeCellProps {
  delta: number;
  largest: number;
  isWithinError: boolean;
  text: string;
  /** Said of what is on one side only. */
  fate: string;
}

function ChangeCell({ delta, largest, isWithinError, text, fate }: ChangeCellProps) {
  const share = Number.isFinite(delta) ? shareOf(Math.abs(delta), largest) : 1;
  return (
    <span className="hf-weight">
      <span className="hf-meter">
        <i
          data-change={isWithinError ? 'none' : delta > 0 ? 'more' : 'less'}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      {fate && <span className="hf-fate">{fate} </span>}
      <span className="hf-amount">{text}</span>
    </span>
  );
}
