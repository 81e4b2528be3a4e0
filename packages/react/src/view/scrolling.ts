import { useRef, type RefObject } from 'react';
import type { NodeIndex } from '@hyperflame/calltree';
import { rowTop, type Rows } from '../canvas/geometry.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import type { Orientation } from '../state/flameState.ts';

/**
 * Begins where the root is, and keeps its distance to the root when the drawing or the part of it
 * that is seen grows or shrinks. From the top, as of an icicle, browsers keep it by themselves.
 */
export function useRootInView(
  scrollerRef: RefObject<HTMLElement | null>,
  orientation: Orientation,
  contentHeight: number,
  height: number,
): void {
  const last = useRef<Orientation>('icicle');
  /** Of the root's row, which is the lowest one, from the lower edge. */
  const distance = useRef(0);
  useBrowserLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    if (last.current !== orientation) {
      last.current = orientation;
      distance.current = 0;
      scroller.scrollTop = 0;
    }
    // Where the drawing has become shorter, the browser has scrolled already.
    if (orientation === 'flame') scroller.scrollTop = contentHeight - height - distance.current;
  }, [scrollerRef, orientation, contentHeight, height]);
  useBrowserLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const measure = (): void => {
      const { scrollHeight, clientHeight, scrollTop } = scroller;
      distance.current = scrollHeight - clientHeight - scrollTop;
    };
    scroller.addEventListener('scroll', measure);
    return () => scroller.removeEventListener('scroll', measure);
  }, [scrollerRef]);
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
