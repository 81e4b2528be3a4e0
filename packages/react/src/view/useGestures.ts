import { useEffect, useRef, type RefObject } from 'react';
import { capturePointer } from '../hooks/capturePointer.ts';
import { panBy, zoomAround } from '../zoom/view.ts';
import type { Zoom } from '../zoom/useZoom.ts';

/** CSS pixels that a press may wander and still be a click. */
const CLICK_SLACK = 4;
/** A little longer than browsers take that open a menu by themselves. */
const LONG_PRESS_MS = 700;
/** A notch of a usual wheel magnifies by a third; a pinch on a touchpad sends many small ones. */
const WHEEL_SPEED = 0.0025;
/** What a wheel is turned by, by `deltaMode`: pixels, lines, or pages, of which a notch turns one. */
const UNIT_PX = [1, 16, 120];

/**
 * Zooming and moving by hand: wheel with Control or Command (which is also what a pinch on a
 * touchpad sends), pinch on a screen, drag, double click. A plain wheel goes on scrolling the page.
 * A finger that rests opens the menu, also in Safari on iOS, which has no `contextmenu` event.
 */
export function useGestures(
  contentRef: RefObject<HTMLElement | null>,
  scrollerRef: RefObject<HTMLElement | null>,
  { lookAt }: Pick<Zoom, 'lookAt'>,
  onDrag: () => void,
): void {
  const latest = useRef({ lookAt, onDrag });
  useEffect(() => {
    latest.current = { lookAt, onDrag };
  });

  useEffect(() => {
    const content = contentRef.current;
    const scroller = scrollerRef.current;
    if (!content || !scroller) return;
    const shareAt = (x: number): number => {
      const { left, width } = content.getBoundingClientRect();
      return width > 0 ? Math.min(1, Math.max(0, (x - left) / width)) : 0;
    };
    const shareOf = (distance: number): number =>
      distance / Math.max(1, content.getBoundingClientRect().width);

    const onWheel = (event: WheelEvent): void => {
      const unit = UNIT_PX[event.deltaMode];
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const factor = Math.exp(-event.deltaY * unit * WHEEL_SPEED);
        latest.current.lookAt(
          (view) => zoomAround(view, shareAt(event.clientX), factor),
          'at once',
        );
        return;
      }
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (sideways === 0 || (!event.shiftKey && Math.abs(event.deltaY) >= Math.abs(sideways)))
        return;
      event.preventDefault();
      latest.current.lookAt((view) => panBy(view, shareOf(sideways * unit)), 'at once');
    };

    /** Pointers that are down, by their ids. */
    const down = new Map<number, { x: number; y: number }>();
    let dragged = false;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const restsNoMore = (): void => clearTimeout(resting);

    const onPointerDown = (event: PointerEvent): void => {
      if (event.pointerType === 'mouse' && event.button !== 0) return;
      if (down.size === 0) dragged = false;
      const { clientX, clientY } = event;
      down.set(event.pointerId, { x: clientX, y: clientY });
      restsNoMore();
      if (event.pointerType !== 'touch' || down.size > 1) return;
      resting = setTimeout(() => {
        // Lifting the finger is no click then.
        dragged = true;
        const at = { clientX, clientY, bubbles: true, cancelable: true };
        content.dispatchEvent(new MouseEvent('contextmenu', at));
      }, LONG_PRESS_MS);
    };
    const onPointerMove = (event: PointerEvent): void => {
      const last = down.get(event.pointerId);
      if (!last) return;
      // It came up where nobody told us.
      if (event.buttons === 0) {
        down.delete(event.pointerId);
        return;
      }
      const { clientX: x, clientY: y } = event;
      if (!dragged && Math.hypot(x - last.x, y - last.y) < CLICK_SLACK) return;
      restsNoMore();
      if (!dragged) {
        dragged = true;
        capturePointer(content, event.pointerId);
        latest.current.onDrag();
      }
      down.set(event.pointerId, { x, y });
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        // Whichever way they are apart: of two that stand above each other, a pixel to the side
        // would be many times their distance.
        const apart = (at: { x: number; y: number }): number =>
          Math.max(1, Math.hypot(at.x - other.x, at.y - other.y));
        const factor = apart({ x, y }) / apart(last);
        const middle = shareAt((last.x + other.x) / 2);
        const moved = shareOf((last.x - x) / 2);
        latest.current.lookAt((view) => panBy(zoomAround(view, middle, factor), moved), 'at once');
        return;
      }
      latest.current.lookAt((view) => panBy(view, shareOf(last.x - x)), 'at once');
      // Fingers scroll by themselves.
      if (event.pointerType === 'mouse') scroller.scrollTop += last.y - y;
    };
    const onPointerUp = (event: PointerEvent): void => {
      restsNoMore();
      down.delete(event.pointerId);
    };
    const onLostCapture = (event: PointerEvent): void => {
      // A finger is captured by what it comes down on, until we take it over: it is not up then.
      if (event.target === content) onPointerUp(event);
    };
    const onClick = (event: MouseEvent): void => {
      if (!dragged) return;
      dragged = false;
      event.stopPropagation();
      event.preventDefault();
    };
    const onTouchEnd = (event: TouchEvent): void => {
      // Else a mouse is played after it, whose press would take the focus from a menu.
      if (dragged && event.cancelable) event.preventDefault();
    };
    const onDoubleClick = (event: MouseEvent): void => {
      const factor = event.shiftKey ? 0.5 : 2;
      latest.current.lookAt((view) => zoomAround(view, shareAt(event.clientX), factor), 'smoothly');
    };

    const listening = new AbortController();
    const { signal } = listening;
    content.addEventListener('wheel', onWheel, { passive: false, signal });
    content.addEventListener('pointerdown', onPointerDown, { signal });
    content.addEventListener('pointermove', onPointerMove, { signal });
    content.addEventListener('pointerup', onPointerUp, { signal });
    content.addEventListener('pointercancel', onPointerUp, { signal });
    content.addEventListener('contextmenu', restsNoMore, { signal });
    content.addEventListener('lostpointercapture', onLostCapture, { signal });
    // Before React hears of it, which listens further up.
    content.addEventListener('click', onClick, { signal });
    content.addEventListener('touchend', onTouchEnd, { passive: false, signal });
    content.addEventListener('dblclick', onDoubleClick, { signal });
    return () => {
      restsNoMore();
      listening.abort();
    };
  }, [contentRef, scrollerRef]);
}
