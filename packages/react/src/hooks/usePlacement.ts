import { useRef, type RefObject } from 'react';
import {
  computePosition,
  flip,
  offset,
  shift,
  type Placement,
  type Platform,
} from '@floating-ui/core';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts';

/** A point of the window, such as where the pointer is, or an element. */
export type Anchor = { readonly x: number; readonly y: number } | { readonly element: Element };

interface PlacementOptions {
  placement: Placement;
  /** CSS pixels between the anchor and the element. */
  gap?: number;
}

/** CSS pixels that are left free at the edges of the window. */
const MARGIN = 8;

/**
 * Keeps an element (`position: fixed`, at `left: 0; top: 0`) beside its anchor and inside the window:
 * on the other side, or moved along it, where there is no room. It is moved by a transform, without
 * rendering again.
 */
export function usePlacement(
  ref: RefObject<HTMLElement | null>,
  anchor: Anchor,
  { placement, gap = 0 }: PlacementOptions,
): void {
  const moved = useRef({ x: 0, y: 0 });
  const place = (): void => {
    const element = ref.current;
    if (!element) return;
    const box = element.getBoundingClientRect();
    // Not the window's corner where a caller of ours has a transform.
    const corner = { x: box.x - moved.current.x, y: box.y - moved.current.y };
    const reference = {
      getBoundingClientRect: () =>
        'element' in anchor
          ? anchor.element.getBoundingClientRect()
          : { x: anchor.x, y: anchor.y, width: 0, height: 0 },
    };
    void computePosition(reference, element, {
      strategy: 'fixed',
      placement,
      middleware: [
        offset(gap),
        flip({ padding: MARGIN }),
        shift({ padding: MARGIN, crossAxis: true }),
      ],
      platform: platformOf({ width: box.width, height: box.height }),
    }).then(({ x, y }) => {
      if (latest.current !== place) return;
      moved.current = { x: Math.round(x - corner.x), y: Math.round(y - corner.y) };
      element.style.transform = `translate(${moved.current.x}px, ${moved.current.y}px)`;
    });
  };
  const latest = useRef(place);
  // What it says, and with it its size, may be another after each render.
  useBrowserLayoutEffect(() => {
    latest.current = place;
    place();
  });
  const followed = 'element' in anchor;
  useBrowserLayoutEffect(() => {
    if (!followed) return;
    const follow = (): void => latest.current();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow);
    return () => {
      window.removeEventListener('scroll', follow, { capture: true });
      window.removeEventListener('resize', follow);
    };
  }, [followed]);
}

/** All that has to be known of the page: how large the element and the window are. */
function platformOf(size: { width: number; height: number }): Platform {
  const { documentElement } = document;
  return {
    getElementRects: ({ reference }: { reference: Pick<Element, 'getBoundingClientRect'> }) => ({
      reference: reference.getBoundingClientRect(),
      floating: { x: 0, y: 0, ...size },
    }),
    getDimensions: () => size,
    getClippingRect: () => ({
      x: 0,
      y: 0,
      width: documentElement.clientWidth,
      height: documentElement.clientHeight,
    }),
    isRTL: (element: Element) => getComputedStyle(element).direction === 'rtl',
  };
}
