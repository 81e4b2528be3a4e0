import { useRef, type RefObject } from 'react';
import type { NodeIndex } from '@hyperflame/calltree';
import { rowTop, type Rows } from '../canvas/geometry.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import type { Orientation } from '../state/flameState.ts';

/** Begins where the root is, and keeps its distance to the root when the drawing grows or shrinks. */
export function useRootInView(
  scrollerRef: RefObject<HTMLElement | null>,
  orientation: Orientation,
  contentHeight: number,
): void {
  const last = useRef({ orientation, contentHeight: 0 });
  useBrowserLayoutEffect(() => {
    const scroller = scrollerRef.current;
    const before = last.current;
    last.current = { orientation, contentHeight };
    if (!scroller) return;
    if (before.orientation !== orientation) {
      scroller.scrollTop = orientation === 'icicle' ? 0 : contentHeight;
    } else if (orientation === 'flame') {
      scroller.scrollTop += contentHeight - before.contentHeight;
    }
  }, [scrollerRef, orientation, contentHeight]);
}

/** What has to be seen of a row: itself, or also what grows out of it. */
export type Showing = 'just so' | 'with callees';

/** Scrolls to a row, if need be, each time that `node` is another one. */
export function useRowInView(
  scrollerRef: RefObject<HTMLElement | null>,
  rows: Rows,
  depth: number,
  node: NodeIndex,
  showing: Showing,
): void {
  const last = useRef<NodeIndex>(0);
  useBrowserLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller || last.current === node) return;
    last.current = node;
    const { scrollTop, clientHeight } = scroller;
    scroller.scrollTop = scrollFor(rows, depth, { scrollTop, clientHeight }, showing);
  }, [scrollerRef, rows, depth, node, showing]);
}

/**
 * Where to scroll to. A row that is in sight stays where it is, unless it is in the last quarter
 * and its callees are what one came for: then it moves to the first quarter, counted from the root.
 */
export function scrollFor(
  rows: Rows,
  depth: number,
  { scrollTop, clientHeight }: { readonly scrollTop: number; readonly clientHeight: number },
  showing: Showing,
): number {
  const { orientation, rowHeight } = rows;
  const top = rowTop(rows, depth);
  const isInSight = top >= scrollTop && top + rowHeight <= scrollTop + clientHeight;
  if (showing === 'just so') {
    if (isInSight) return scrollTop;
    return top < scrollTop ? top : top + rowHeight - clientHeight;
  }
  const middle = (top + rowHeight / 2 - scrollTop) / clientHeight;
  const fromRoot = orientation === 'icicle' ? middle : 1 - middle;
  if (isInSight && fromRoot <= 0.75) return scrollTop;
  return top + rowHeight / 2 - clientHeight * (orientation === 'icicle' ? 0.25 : 0.75);
}
