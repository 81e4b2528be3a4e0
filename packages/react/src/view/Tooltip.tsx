import { useRef } from 'react';
import type { Anchor } from '../hooks/Placer.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { usePlacement } from '../hooks/usePlacement.ts';
import { placementOf } from './placementOf.ts';
import type { TooltipText } from './tooltipText.ts';
import { TooltipWriter } from './TooltipWriter.ts';

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
