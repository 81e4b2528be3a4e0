import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { capturePointer } from '../hooks/capturePointer.ts';
import type { TimeWindow } from '../state/flameState.ts';
import { windowOf, type TimeGrid } from './grid.ts';

interface BrushOptions {
  /** As it is drawn. */
  grid: TimeGrid;
  /** Where the data ends: the last column that is drawn may be longer. */
  end: number;
  timeWindow: TimeWindow | null;
  onPick: (picked: TimeWindow | null) => void;
}

/** Where pointer and keys are on a timeline, and what they pick of it. */
export function useBrush({ grid, end, timeWindow, onPick }: BrushOptions) {
  // Times, not columns: of another width, or of newer data, the same column is another time.
  const [cursor, setCursor] = useState(grid.from);
  /** Where a drag, or a selection by keys, began. */
  const [anchor, setAnchor] = useState<number | null>(null);
  const [dragged, setDragged] = useState<TimeWindow | null>(null);
  /** Of the grid's weights. */
  const [hovered, setHovered] = useState<number | null>(null);
  const [part, setPart] = useState<number | null>(null);
  const [told, setTold] = useState<'cell' | 'window'>('window');

  const columnOf = (time: number): number =>
    Math.min(grid.columns - 1, Math.max(0, Math.floor((time - grid.from) / grid.columnMs)));
  const timeOf = (column: number): number => grid.from + column * grid.columnMs;
  const column = columnOf(cursor);
  const row = part === null ? null : Math.min(part, grid.rows - 1);
  /** Of columns from a time on, or to it. */
  const windowTo = (begun: number, last: number): TimeWindow => {
    const { from, to } = windowOf(grid, columnOf(begun), last);
    return { from, to: Math.min(to, end) };
  };
  const columnAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    return Math.min(grid.columns - 1, Math.max(0, Math.floor(share * grid.columns)));
  };
  const cellAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (box.bottom - event.clientY) / Math.max(1, box.height);
    const at = Math.min(grid.rows - 1, Math.max(0, Math.floor(share * grid.rows)));
    return columnAt(event) * grid.rows + at;
  };
  const letGo = (): void => {
    setDragged(null);
    setAnchor(null);
  };
  const clear = (): void => {
    setAnchor(null);
    onPick(null);
  };
  /** To the parts of a column, and back to all of it. */
  const goToPart = (isUp: boolean): void => {
    if (isUp) setPart(row === null ? 0 : Math.min(grid.rows - 1, row + 1));
    else setPart(row === null || row === 0 ? null : row - 1);
    setTold('cell');
  };
  const goToColumn = (wanted: number, selects: boolean): void => {
    const to = Math.min(grid.columns - 1, Math.max(0, wanted));
    setCursor(timeOf(to));
    setTold(selects ? 'window' : 'cell');
    const begun = selects ? (anchor ?? timeOf(column)) : null;
    setAnchor(begun);
    if (begun !== null) onPick(windowTo(begun, to));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.round(grid.columns / 10));
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: column - 1,
      ArrowDown: column - 1,
      ArrowRight: column + 1,
      ArrowUp: column + 1,
      PageDown: column - page,
      PageUp: column + page,
      Home: 0,
      End: grid.columns - 1,
    };
    if (grid.rows > 1 && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      goToPart(event.key === 'ArrowUp');
    } else if (Object.hasOwn(moves, event.key)) {
      goToColumn(moves[event.key], event.shiftKey);
    } else if (event.key === 'Enter' || event.key === ' ') {
      setTold('window');
      onPick(windowTo(timeOf(column), column));
    } else if (event.key === 'Escape' && row !== null) {
      setPart(null);
    } else if (event.key === 'Escape' && timeWindow) {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    /** Where the keys are: a column, and a part of it from the bottom, or null for all of it. */
    column,
    row,
    /** The cell under a pointer that is not dragging. */
    hovered: dragged || hovered === null || hovered >= grid.weight.length ? null : hovered,
    dragged,
    /** What keys have moved to last. */
    told,
    clear,
    /** For the element that is as large as the picture. */
    events: {
      onKeyDown,
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        const begun = columnAt(event);
        capturePointer(event.currentTarget, event.pointerId);
        setPart(null);
        setTold('window');
        setAnchor(timeOf(begun));
        setCursor(timeOf(begun));
        setDragged(windowTo(timeOf(begun), begun));
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        setHovered(cellAt(event));
        if (dragged && anchor !== null) setDragged(windowTo(anchor, columnAt(event)));
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        // From where it is now: what its last move has changed may not be drawn yet.
        const picked = dragged && anchor !== null && windowTo(anchor, columnAt(event));
        if (picked) onPick(picked);
        // What was picked is told until the pointer goes on.
        setHovered(null);
        letGo();
      },
      onPointerCancel: letGo,
      onPointerLeave: () => setHovered(null),
      onBlur: () => setTold('window'),
    },
  };
}
