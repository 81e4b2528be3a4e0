import { useRef, type RefObject } from 'react';
import type { Placement } from '@floating-ui/core';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts';

/** A point of the window, such as where the pointer is, or an element. */
export type Anchor = { readonly x: number; readonly y: number } | { readonly element: Element };

interface PlacementOptions {
  placement: Placement;
  /** CSS pixels between the anchor and the element. */
  gap?: number;
}

/** Comes with the first thing that is to be placed: nothing is, until something is pointed at. */
const load = () => import('./placeBeside.ts');
let loaded: Awaited<ReturnType<typeof load>> | undefined;

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
    const { x: left, y: top, width, height } = element.getBoundingClientRect();
    // Not the window's corner where a caller of ours has a transform.
    const corner = { x: left - moved.current.x, y: top - moved.current.y };
    const reference = {
      getBoundingClientRect: () =>
        'element' in anchor
          ? anchor.element.getBoundingClientRect()
          : { x: anchor.x, y: anchor.y, width: 0, height: 0 },
    };
    const settle = async (): Promise<void> => {
      // Not waited for where it is there: what has been placed once is never seen elsewhere.
      const { placeBeside } = loaded ?? (loaded = await load());
      const size = { width, height };
      const { x, y } = await placeBeside(reference, element, size, { placement, gap });
      if (latest.current !== place) return;
      moved.current = { x: Math.round(x - corner.x), y: Math.round(y - corner.y) };
      element.style.transform = `translate(${moved.current.x}px, ${moved.current.y}px)`;
      element.style.opacity = '';
    };
    if (!loaded) element.style.opacity = '0';
    void settle();
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
