import type { Anchor, PlacementOptions } from '../hooks/Placer.ts';

/** Beside the pointer, or under a row. */
export function placementOf(anchor: Anchor): PlacementOptions {
  return 'element' in anchor
    ? { placement: 'bottom-start', gap: 6 }
    : { placement: 'right-start', gap: 14 };
}
