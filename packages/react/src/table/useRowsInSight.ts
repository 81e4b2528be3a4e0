import { useCallback, type RefObject } from 'react';
import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';

/** CSS pixels. */
export const ROW_HEIGHT = 25;
const HEADER_HEIGHT = 29;

interface RowInSight extends Pick<VirtualItem, 'index' | 'key'> {
  /** CSS pixels that the rows left out before it would take. */
  readonly gap: number;
}

interface RowsInSight {
  readonly items: readonly RowInSight[];
  /** The same of those after the last one. */
  readonly after: number;
  readonly scrollTo: (row: number) => void;
  /** Whether a row, or one in its place, was in sight when last scrolled. */
  readonly wasInSight: (row: number) => boolean;
}

/**
 * The rows of a table that are in sight and some around them, and the one that the keyboard is at
 * wherever that has been scrolled to: without it, the focus and the Tab key had nowhere to be.
 *
 * What the virtualizer answers changes while it stays the same object, so it is asked on every render,
 * and here: whoever is given plain values may remember them.
 */
export function useRowsInSight(
  scrollerRef: RefObject<HTMLElement | null>,
  count: number,
  cursor: number,
): RowsInSight {
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is remembered
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // It scrolls with the rows, and then stands over the first of those in sight.
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      return inSight.includes(cursor) ? inSight : [...inSight, cursor].sort((a, b) => a - b);
    },
  });
  const items = virtualizer.getVirtualItems();
  const wasInSight = useCallback(
    (row: number): boolean => {
      // Not what the element says, which has less to scroll as soon as there are fewer rows.
      const top = HEADER_HEIGHT + row * ROW_HEIGHT - (virtualizer.scrollOffset ?? 0);
      return top > 0 && top < (virtualizer.scrollRect?.height ?? 0);
    },
    [virtualizer],
  );
  return {
    items: items.map(({ index, key, start }, at) => ({
      ...{ index, key },
      gap: start - (items[at - 1]?.end ?? HEADER_HEIGHT),
    })),
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? HEADER_HEIGHT),
    scrollTo: virtualizer.scrollToIndex,
    wasInSight,
  };
}
