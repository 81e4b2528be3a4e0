import type { Placement } from '@floating-ui/core';
import { scaleOf } from './pointIn.ts';

/** A point of the window, such as where the pointer is, or an element. */
export type Anchor = { readonly x: number; readonly y: number } | { readonly element: Element };

export interface PlacementOptions {
  readonly placement: Placement;
  /** CSS pixels between the anchor and the element. */
  readonly gap: number;
}

/** CSS pixels that are left free at the edges of the window. */
const MARGIN = 8;

/** Comes with the first thing that is not where it should be by itself. */
const load = () => import('./placeBeside.ts');
let loaded: Awaited<ReturnType<typeof load>> | undefined;

/**
 * Keeps an element (`position: fixed`, at `left: 0; top: 0`) beside an anchor and inside the window:
 * on the other side, or moved along it, where there is no room. It is moved by a transform.
 */
export class Placer {
  readonly #element: HTMLElement;
  #moved = { x: 0, y: 0 };
  /** Counts what was asked for: only the newest is answered. */
  #asked = 0;
  #follow: (() => void) | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Beside a point; or beside an element, and from then on wherever that goes. */
  place(anchor: Anchor, options: PlacementOptions): void {
    this.stop();
    if ('element' in anchor) {
      this.#follow = () => void this.#settle(anchor, options);
      window.addEventListener('scroll', this.#follow, { capture: true, passive: true });
      window.addEventListener('resize', this.#follow);
    }
    void this.#settle(anchor, options);
  }

  /** Stays where it is. */
  stop(): void {
    this.#asked++;
    if (!this.#follow) return;
    window.removeEventListener('scroll', this.#follow, { capture: true });
    window.removeEventListener('resize', this.#follow);
    this.#follow = undefined;
  }

  async #settle(anchor: Anchor, options: PlacementOptions): Promise<void> {
    const element = this.#element;
    const asked = ++this.#asked;
    const { x: left, y: top, width, height } = element.getBoundingClientRect();
    const scale = scaleOf(element, width);
    // Not the window's corner where a caller of ours has a transform.
    const corner = { x: left - this.#moved.x * scale, y: top - this.#moved.y * scale };
    const settleAt = ({ x, y }: { x: number; y: number }): void => {
      const move = (distance: number): number => Math.round(distance / scale);
      this.#moved = { x: move(x - corner.x), y: move(y - corner.y) };
      element.style.transform = `translate(${this.#moved.x}px, ${this.#moved.y}px)`;
      element.style.opacity = '';
    };
    // Where a pointer goes there mostly is room, and nobody to be asked.
    if (!('element' in anchor) && options.placement === 'right-start') {
      const { clientWidth, clientHeight } = document.documentElement;
      const place = { x: anchor.x + options.gap, y: anchor.y };
      const end = { x: place.x + width, y: place.y + height };
      const isInside = place.x >= MARGIN && place.y >= MARGIN;
      if (isInside && end.x <= clientWidth - MARGIN && end.y <= clientHeight - MARGIN) {
        settleAt(place);
        return;
      }
    }
    const reference = {
      getBoundingClientRect: () =>
        'element' in anchor
          ? anchor.element.getBoundingClientRect()
          : { x: anchor.x, y: anchor.y, width: 0, height: 0 },
    };
    // Not waited for where it is there: what has been placed once is never seen elsewhere.
    if (!loaded) element.style.opacity = '0';
    try {
      const { placeBeside } = loaded ?? (loaded = await load());
      const size = { width, height };
      const place = await placeBeside(reference, element, size, { ...options, margin: MARGIN });
      if (asked === this.#asked) settleAt(place);
    } catch {
      // The code for it is gone, as after a deployment: better in the corner than not to be seen.
      if (asked === this.#asked) settleAt({ x: MARGIN, y: MARGIN });
    }
  }
}
