import { useRef } from 'react';
import type { Anchor, PlacementOptions } from '../hooks/Placer.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { usePlacement } from '../hooks/usePlacement.ts';
import type { TooltipText } from './tooltipText.ts';
import { TooltipWriter } from './TooltipWriter.ts';

/** Beside the pointer, or under a row. */
export function placementOf(anchor: Anchor): PlacementOptions {
  return 'element' in anchor
    ? { placement: 'bottom-start', gap: 6 }
    : { placement: 'right-start', gap: 14 };
}

/** Text beside the pointer or under a row; kept inside the window. */
export function Tooltip({ anchor, text }: { anchor: Anchor; text: TooltipText }) {
  const ref = useRef<HTMLDivElement>(null);
  const writer = useRef<TooltipWriter | null>(null);
  // Before it is placed, which asks how large it is.
  useBrowserLayoutEffect(() => {
    if (!ref.current) return;
    writer.current = writer.current ?? new TooltipWriter(ref.current);
    writer.current.write(text);
  });
  usePlacement(ref, anchor, placementOf(anchor));
  return <div ref={ref} role="tooltip" className="hf-tooltip" />;
}
