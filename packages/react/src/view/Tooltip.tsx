import { useRef, type ReactNode } from 'react';
import { usePlacement, type Anchor } from '../hooks/usePlacement.ts';

interface TooltipProps {
  anchor: Anchor;
  children: ReactNode;
}

/** Text beside the pointer or under a row; kept inside the window. */
export function Tooltip({ anchor, children }: TooltipProps) {
  const ref = useRef<HTMLDivElement>(null);
  usePlacement(
    ref,
    anchor,
    'element' in anchor
      ? { placement: 'bottom-start', gap: 6 }
      : { placement: 'right-start', gap: 14 },
  );
  return (
    <div ref={ref} role="tooltip" className="hf-tooltip">
      {children}
    </div>
  );
}
