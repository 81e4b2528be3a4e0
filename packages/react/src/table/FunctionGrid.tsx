import { Fragment, useCallback, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { frameKey, type FrameKey, type FrameTable, type Granularity } from '@hyperflame/calltree';
import { frameMapping, frameName, framePlace } from '../frames/frameNames.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useMenuAt } from '../menu/useMenuAt.ts';
import type { Found } from '../search/find.ts';
import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import { isMenuKey } from '../view/keys.ts';
import { SearchBox } from '../view/SearchBox.tsx';
import { TABLE_HEIGHT, type GridOptions } from './gridOptions.ts';
import { ColumnHeader } from './ColumnHeader.tsx';
import { rowAfterKey } from './rowAfterKey.ts';
import { useRowCursor } from './useRowCursor.ts';
import { ROW_HEIGHT, useRowsInSight } from './useRowsInSight.ts';
import type { Sorting } from './rows.ts';
import { Styles } from '../theme/Styles.tsx';
import { TABLE_STYLES } from './styles.ts';

export interface GridColumn<Column extends string> {
  readonly id: Column;
  readonly header: string;
  /** What the cell of a row shows; for weights a bar as well. */
  readonly cell: (row: number) => ReactNode;
}

interface FunctionGridProps<Column extends string> extends GridOptions {
  label: string;
  frames: FrameTable;
  granularity: Granularity;
  /** Of each row. */
  frame: Uint32Array;
  /** Rows of the table in the order they are shown. */
  rows: Uint32Array;
  /** Why they are not all that the search asks for. */
  problem: Found['problem'];
  /** Beside the name, which comes first. */
  columns: readonly GridColumn<Column>[];
  sorting: Sorting<Column>;
  onSort: (sorting: Sorting<Column>) => void;
  state: FlameState;
  update: UpdateFlameState;
  /** Escape takes changes to the profile back. */
  transformable?: boolean;
  onSelect: (row: number) => void;
  entriesOf: (row: number) => readonly MenuEntry[];
}

/** The function that a menu is of, and the row it has as long as the rows are these. */
interface RowMenu {
  readonly rows: Uint32Array;
  readonly row: number;
  readonly key: FrameKey;
}

/**
 * Functions as the rows of a grid, of which the document holds those in sight. One row is in the
 * order of the Tab key; the keys of a list move it.
 */
export function FunctionGrid<Column extends string>(props: FunctionGridProps<Column>) {
  const { frames, granularity, frame, rows, columns, sorting, state, update } = props;
  const { height = TABLE_HEIGHT, onSelect } = props;
  const { messages, format } = useAllSettings();
  const scrollerRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const hasFocus = useRef(false);

  const count = rows.length;
  const keyOf = useCallback(
    (row: number) => frameKey(frames, frame[row], granularity),
    [frames, frame, granularity],
  );
  const [at, setCursor] = useRowCursor(rows, keyOf);
  const { items, after, scrollTo, wasInSight } = useRowsInSight(scrollerRef, count, at);
  const chosen = state.pivot || state.selected.at(-1);
  const nameOf = (row: number) => frameName(frames, frame[row], messages);

  const focusRow = useCallback(
    (row: number): void => {
      setCursor(row);
      scrollTo(row);
      hasFocus.current = true;
      focusRowOf(scrollerRef.current, row);
    },
    [setCursor, scrollTo],
  );
  const drawn = useRef({ rows, at });
  // Where the row had to be made first, or the one that had the focus is gone or elsewhere.
  useBrowserLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = { rows, at };
    const scroller = scrollerRef.current;
    if (!scroller || !hasFocus.current) return;
    const { activeElement, body } = scroller.ownerDocument;
    // Rows that were taken away have not said that they lost it.
    hasFocus.current = activeElement === body || scroller.matches(':focus-within');
    if (!hasFocus.current) return;
    // It stays in sight among other rows; where somebody has scrolled away from it, so does that.
    if (before.rows !== rows && wasInSight(before.at)) scrollTo(at);
    focusRowOf(scroller, at);
  }, [at, rows, scrollTo, wasInSight]);
  const menuOf = (row: number): RowMenu => ({ rows, row, key: keyOf(row) });
  const rowOf = (of: RowMenu): number =>
    of.rows === rows ? of.row : (rows.find((row) => keyOf(row) === of.key) ?? -1);
  const focusCursor = useCallback(() => focusRow(at), [focusRow, at]);
  const menu = useMenuAt(rowOf, focusCursor);
  const canUndo = props.transformable === true && state.transforms.length > 0;
  const holdsEscape = state.search !== '' || state.pivot !== '' || canUndo;
  /** Undoes the newest kind of choice that there is; false when there is nothing to undo. */
  const stepBack = (): boolean => {
    if (state.search !== '') update({ search: '' });
    else if (state.pivot !== '') update({ pivot: '', selected: [] });
    else if (canUndo) update({ transforms: state.transforms.slice(0, -1) });
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    if (!target.matches('[data-row]') || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scrollerRef.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = rowAfterKey(event.key, at, count, page);
    if (next !== undefined) focusRow(next);
    else if (event.key === 'Enter' || event.key === ' ') onSelect(rows[at]);
    else if (isMenuKey(event)) menu.openBelow(menuOf(rows[at]), target);
    else if (event.key === '/' && searchRef.current) searchRef.current.focus();
    else if (event.key !== 'Escape' || !stepBack()) {
      const entry = props.entriesOf(rows[at]).find(({ hint }) => hint === event.key);
      if (!entry) return;
      entry.run();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const outcome =
    props.problem === 'slow'
      ? messages.slowExpression
      : props.problem === 'broken' && count === 0
        ? messages.brokenExpression
        : messages.functionCount(count, format.count(count));
  return (
    <Root fill={height === 'fill'} style={height === 'fill' ? undefined : { height }}>
      <Styles of={TABLE_STYLES} />
      {props.toolbar !== false && (
        <div className="hf-toolbar">
          <SearchBox
            inputRef={searchRef}
            value={state.search}
            label={messages.filterFunctions}
            outcome={outcome}
            onChange={(search) => update({ search })}
            onLeave={focusCursor}
          />
          {props.controls && <div className="hf-controls">{props.controls}</div>}
        </div>
      )}
      <div ref={scrollerRef} className="hf-table-scroller" tabIndex={-1}>
        <table
          role="grid"
          className="hf-table"
          aria-label={props.label}
          aria-rowcount={count + 1}
          aria-readonly
          onKeyDown={onKeyDown}
        >
          <colgroup>
            <col />
            {columns.map(({ id }) => (
              <col key={id} className="hf-col-number" data-column={id} />
            ))}
          </colgroup>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1}>
              <ColumnHeader column="name" sorting={sorting} onSort={props.onSort}>
                {messages.functionName}
              </ColumnHeader>
              {columns.map(({ id, header }) => (
                <ColumnHeader key={id} column={id} sorting={sorting} onSort={props.onSort}>
                  {header}
                </ColumnHeader>
              ))}
            </tr>
          </thead>
          <tbody
            role="rowgroup"
            onFocus={() => (hasFocus.current = true)}
            onBlur={() => (hasFocus.current = false)}
          >
            {items.map(({ index, key, gap }) => {
              const row = rows[index];
              const name = nameOf(row);
              const where = framePlace(props, frame[row]) || frameMapping(frames, frame[row]);
              return (
                <Fragment key={key}>
                  <Spacer height={gap} />
                  <tr
                    role="row"
                    data-row
                    aria-rowindex={index + 2}
                    aria-selected={chosen === keyOf(row)}
                    tabIndex={index === at ? 0 : -1}
                    onFocus={() => setCursor(index)}
                    onClick={() => onSelect(row)}
                    onContextMenu={(event) => {
                      event.preventDefault();
                      setCursor(index);
                      menu.open(menuOf(row), event.clientX, event.clientY);
                    }}
                    data-mantine-stop-propagation={holdsEscape ? 'true' : undefined}
                  >
                    <th scope="row" role="rowheader" title={where ? `${name}\n${where}` : name}>
                      <span className="hf-function">
                        <bdi>{name}</bdi>
                        {/*
                          The style sheet sets what stands for <bdi> before and after the path, so that
                          nobody copies it. An element there is cut at its beginning by the widths of
                          its first letters in WebKit, with a hole or letters over each other.
                        */}
                        {where && (
                          <span className="hf-where" data-first="&#x2068;" data-last="&#x2069;">
                            {where}
                          </span>
                        )}
                      </span>
                    </th>
                    {columns.map(({ id, cell }) => (
                      <td key={id} role="gridcell" className="hf-number" data-column={id}>
                        {cell(row)}
                      </td>
                    ))}
                  </tr>
                </Fragment>
              );
            })}
            <Spacer height={after} />
          </tbody>
        </table>
        {count === 0 && (
          <div className="hf-none">
            {frame.length === 0 ? (
              messages.noSamplesTitle
            ) : (
              <>
                <p>{messages.noFunctions}</p>
                <button
                  type="button"
                  className="hf-button"
                  onClick={() => {
                    // To a row, once there are some.
                    hasFocus.current = true;
                    update({ search: '' });
                  }}
                >
                  {messages.clearSearch}
                </button>
              </>
            )}
          </div>
        )}
      </div>
      {menu.at && (
        <FrameMenu
          title={nameOf(menu.at.of)}
          x={menu.at.x}
          y={menu.at.y}
          entries={props.entriesOf(menu.at.of)}
          onClose={menu.close}
        />
      )}
    </Root>
  );
}

function focusRowOf(table: HTMLElement | null, row: number): void {
  table?.querySelector<HTMLElement>(`[aria-rowindex="${row + 2}"]`)?.focus({ preventScroll: true });
}

/** Stands for rows that are scrolled out of sight. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr role="presentation" className="hf-spacer" aria-hidden>
      <td style={{ height }} />
    </tr>
  );
}
