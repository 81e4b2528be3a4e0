import { useRef, type RefObject } from 'react';
import { Placer, type Anchor, type PlacementOptions } from './Placer.ts';
import { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts';

/** Keeps an element beside its anchor: see `Placer`. */
export function usePlacement(
  ref: RefObject<HTMLElement | null>,
  anchor: Anchor,
  options: PlacementOptions,
): void {
  const placer = useRef<Placer | null>(null);
  // What it says, and with it its size, may be another after each render.
  useBrowserLayoutEffect(() => {
    if (!ref.current) return;
    placer.current = placer.current ?? new Placer(ref.current);
    placer.current.place(anchor, options);
  });
  useBrowserLayoutEffect(() => () => placer.current?.stop(), []);
}
