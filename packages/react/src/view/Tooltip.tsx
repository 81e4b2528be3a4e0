import { useEffect, type ReactNode } from 'react';
import { autoUpdate, flip, offset, shift, useFloating } from '@floating-ui/react-dom';

/** A point of the window, such as where the pointer is, or an element. */
export type Anchor = { readonly x: number; readonly y: number } | { readonly element: Element };

interface TooltipProps {
  anchor: Anchor;
  children: ReactNode;
}

/** Text beside the pointer or under a row; kept inside the window. */
export function Tooltip({ anchor, children }: TooltipProps) {
  const atElement = 'element' in anchor;
  const { refs, floatingStyles, isPositioned } = useFloating({
    strategy: 'fixed',
    placement: atElement ? 'bottom-start' : 'right-start',
    middleware: [
      offset(atElement ? 6 : 14),
      flip({ padding: 8 }),
      shift({ padding: 8, crossAxis: true }),
    ],
    whileElementsMounted: autoUpdate,
  });
  useEffect(() => {
    refs.setReference(
      'element' in anchor
        ? anchor.element
        : { getBoundingClientRect: () => new DOMRect(anchor.x, anchor.y, 0, 0) },
    );
  }, [refs, anchor]);
  return (
    <div
      // eslint-disable-next-line react-hooks/refs -- a setter of floating-ui's, not a ref's value
      ref={refs.setFloating}
      role="tooltip"
      className="hf-tooltip"
      style={{ ...floatingStyles, visibility: isPositioned ? 'visible' : 'hidden' }}
    >
      {children}
    </div>
  );
}
