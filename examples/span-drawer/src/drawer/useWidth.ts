import { useState, type KeyboardEvent, type PointerEvent } from 'react';

const LEAST = 300;
const STEP = 32;

/**
 * A drawer's width, that its left edge changes by dragging or with the arrow keys, and that is
 * there again at the next visit.
 *
 * @param share of the window, until somebody has dragged
 */
export function useWidth(name: string, share: number) {
  const key = `drawer-width-${name}`;
  const [width, setWidth] = useState(() => {
    const stored = Number(localStorage.getItem(key));
    return clamp(stored > 0 ? stored : window.innerWidth * share);
  });
  const change = (next: number) => {
    setWidth(clamp(next));
    localStorage.setItem(key, String(clamp(next)));
  };
  const grip = {
    role: 'separator',
    tabIndex: 0,
    'aria-orientation': 'vertical' as const,
    'aria-valuenow': Math.round(width),
    'aria-valuemin': LEAST,
    'aria-valuemax': window.innerWidth,
    onPointerDown: (event: PointerEvent<HTMLElement>) =>
      event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.buttons === 1) change(window.innerWidth - event.clientX);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'ArrowLeft') change(width + STEP);
      if (event.key === 'ArrowRight') change(width - STEP);
    },
  };
  return { width, grip };
}

function clamp(width: number): number {
  return Math.max(LEAST, Math.min(width, window.innerWidth));
}
