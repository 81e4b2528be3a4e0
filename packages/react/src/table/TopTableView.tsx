import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { functionKey, type FunctionTable } from '@hyperflame/calltree';
import { useVirtualizer } from '@tanstack/react-virtual';
import { shareOf } from '../format/numbers.ts';
import { frameMapping, frameName, framePlace } from '../frames/frameNames.ts';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import { SearchBox } from '../view/SearchBox.tsx';
import { ColumnHeader } from './ColumnHeader.tsx';
import { functionDetails, type FunctionDetails } from './functionDetails.ts';
import { rowAfterKey } from './rowAfterKey.ts';
import { sortedRows, type Sorting } from './rows.ts';

export interface TableOptions {
  /** `fill` takes the height of the parent. A number is in CSS pixels; 400 if not said. */
  height?: 'fill' | number;
  /** The filter box. True if not said. */
  toolbar?: boolean;
  /** Name of the table for assistive technology. */
  label?: string;
  /** A row was clicked, or Enter was pressed on it. */
  onSelectFunction?: (details: FunctionDetails) => void;
}

export interface TopTableViewProps extends TableOptions, FlameStateProps, SettingsProps {
  table: FunctionTable;
}

const ROW_HEIGHT = 25;
const HEADER_HEIGHT = 29;

/** Draws a function table: every function of a profile, summed up over all places it occurs in. */
export function TopTableView({
  messages,
  locale,
  colorScheme,
  styleNonce,
  ...props
}: TopTableViewProps) {
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <FunctionRows {...props} />
    </SettingsProvider>
  );
}

function FunctionRows(props: Omit<TopTableViewProps, keyof SettingsProps>) {
  const { table, height = 400, onSelectFunction } = props;
  const { messages, format } = useSettings();
  const [state, update] = useFlameState(props);
  const [sorting, setSorting] = useState<Sorting>({ column: 'self', descending: true });
  const [cursor, setCursor] = useState(0);
  const scrollerRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  const filter = useDeferredValue(state.search);
  const rows = useMemo(
    () => sortedRows(table, filter, sorting, messages),
    [table, filter, sorting, messages],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing below is memoised by it
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const at = Math.min(cursor, Math.max(0, rows.length - 1));
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  const focusRow = (row: number): void => {
    setCursor(row);
    virtualizer.scrollToIndex(row);
    // The row may have to be made first.
    requestAnimationFrame(() => {
      scrollerRef.current
        ?.querySelector<HTMLElement>(`[aria-rowindex="${row + 2}"]`)
        ?.focus({ preventScroll: true });
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!(event.target as Element).matches('[data-row]')) return;
    const page = Math.max(1, Math.floor((scrollerRef.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = rowAfterKey(event.key, at, rows.length, page);
    if (next !== undefined) focusRow(next);
    else if (event.key === 'Enter' || event.key === ' ') {
      onSelectFunction?.(functionDetails(table, rows[at]));
    } else if (event.key === '/') searchRef.current?.focus();
    else if (event.key === 'Escape' && state.search !== '') update({ search: '' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const heaviest = useMemo(
    () => ({ self: largest(table.self), total: largest(table.total) }),
    [table],
  );
  const count = rows.length;
  return (
    <Root fill={height === 'fill'} style={height === 'fill' ? undefined : { height }}>
      {props.toolbar !== false && (
        <div className="hf-toolbar">
          <SearchBox
            inputRef={searchRef}
            value={state.search}
            label={messages.filterFunctions}
            outcome={messages.functionCount(count, format.count(count))}
            onChange={(search) => update({ search })}
            onLeave={() => focusRow(at)}
          />
        </div>
      )}
      <div ref={scrollerRef} className="hf-table-scroller" tabIndex={-1}>
        <table
          role="grid"
          className="hf-table"
          aria-label={props.label ?? messages.tableLabel}
          aria-rowcount={count + 1}
          aria-readonly
          onKeyDown={onKeyDown}
        >
          <colgroup>
            <col />
            <col className="hf-col-number" />
            <col className="hf-col-number" />
          </colgroup>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1}>
              <ColumnHeader column="name" sorting={sorting} onSort={setSorting}>
                {messages.functionName}
              </ColumnHeader>
              <ColumnHeader column="self" sorting={sorting} onSort={setSorting}>
                {messages.self}
              </ColumnHeader>
              <ColumnHeader column="total" sorting={sorting} onSort={setSorting}>
                {messages.total}
              </ColumnHeader>
            </tr>
          </thead>
          <tbody role="rowgroup">
            <Spacer height={before} />
            {items.map(({ index, key }) => {
              const row = rows[index];
              const frame = table.frame[row];
              const name = frameName(table.frames, frame, messages);
              const where = framePlace(table.frames, frame) || frameMapping(table.frames, frame);
              return (
                <tr
                  key={key}
                  role="row"
                  data-row
                  aria-rowindex={index + 2}
                  aria-selected={state.selected.at(-1) === functionKey(table, row)}
                  tabIndex={index === at ? 0 : -1}
                  onFocus={() => setCursor(index)}
                  onClick={() => onSelectFunction?.(functionDetails(table, row))}
                  data-mantine-stop-propagation={state.search === '' ? undefined : 'true'}
                >
                  <th scope="row" role="rowheader" title={where ? `${name}\n${where}` : name}>
                    <bdi>{name}</bdi>
                    {where && <bdi className="hf-where">{where}</bdi>}
                  </th>
                  <WeightCell table={table} weight={table.self[row]} heaviest={heaviest.self} />
                  <WeightCell table={table} weight={table.total[row]} heaviest={heaviest.total} />
                </tr>
              );
            })}
            <Spacer height={after} />
          </tbody>
        </table>
        {count === 0 && <p className="hf-none">{messages.noFunctions}</p>}
      </div>
    </Root>
  );
}

interface WeightCellProps {
  table: FunctionTable;
  weight: number;
  /** The weight whose bar is full: bars compare the rows, shares tell the part of the whole. */
  heaviest: number;
}

function WeightCell({ table, weight, heaviest }: WeightCellProps) {
  const { format } = useSettings();
  return (
    <td role="gridcell" className="hf-number">
      <span className="hf-weight">
        <span className="hf-meter">
          <i style={{ width: `${shareOf(Math.abs(weight), heaviest) * 100}%` }} />
        </span>
        <span className="hf-amount">{format.weight(weight, table.unit)}</span>
        <span className="hf-share">{format.share(shareOf(weight, table.wholeTotal))}</span>
      </span>
    </td>
  );
}

function largest(weights: Float64Array): number {
  let most = 0;
  for (const weight of weights) most = Math.max(most, Math.abs(weight));
  return most;
}

/** Stands for the rows that are scrolled out of sight. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr role="presentation" className="hf-spacer" aria-hidden>
      <td colSpan={3} style={{ height }} />
    </tr>
  );
}
