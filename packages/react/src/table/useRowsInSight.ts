import type { RefObject } from 'react';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';

/** CSS pixels. */
export const ROW_HEIGHT = 25;
const HEADER_HEIGHT = 29;

interface RowsInSight {
  readonly items: readonly VirtualItem[];
  /** CSS pixels that the rows above and below these would take. */
  readonly before: number;
  readonly after: number;
  readonly scrollTo: (row: number) => void;
}

/**
 * The rows of a table that are in sight, and some around them. What the virtualizer answers changes
 * while it stays the same object, so it is asked on every render, and here: whoever is given plain
 * values may remember them.
 */
export function useRowsInSight(
  scrollerRef: RefObject<HTMLElement | null>,
  count: number,
): RowsInSight {
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is remembered
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  return {
    items,
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    scrollTo: virtualizer.scrollToIndex,
  };
}
