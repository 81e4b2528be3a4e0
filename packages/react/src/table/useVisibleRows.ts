import { useCallback, useState, type RefObject } from 'react';
import { useElementSize } from '../hooks/useElementSize.ts';
import { rowsInSight, scrollForRow, type RowRange } from './rowsInSight.ts';

interface VisibleRows extends RowRange {
  /** For the scroller's `scroll` event. */
  readonly onScroll: () => void;
  readonly scrollToRow: (row: number) => void;
}

/**
 * The rows of a long list that have to exist. All are of one height, which makes it arithmetic: the
 * libraries for lists of rows that have to be measured weigh as much as a flame graph.
 */
export function useVisibleRows(
  scrollerRef: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  headerHeight: number,
): VisibleRows {
  const { height } = useElementSize(scrollerRef);
  const [top, setTop] = useState(0);
  const onScroll = useCallback(() => {
    const scrolled = scrollerRef.current?.scrollTop ?? 0;
    // In whole rows: in between nothing comes or goes.
    setTop(Math.floor(scrolled / rowHeight) * rowHeight);
  }, [scrollerRef, rowHeight]);
  const scrollToRow = useCallback(
    (row: number) => {
      const scroller = scrollerRef.current;
      if (!scroller) return;
      const room = scroller.clientHeight - headerHeight;
      scroller.scrollTop = scrollForRow(row, scroller.scrollTop, room, rowHeight);
      onScroll();
    },
    [scrollerRef, rowHeight, headerHeight, onScroll],
  );
  return { ...rowsInSight(count, top, height, rowHeight), onScroll, scrollToRow };
}
