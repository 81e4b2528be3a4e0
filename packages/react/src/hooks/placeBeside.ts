import {
  computePosition,
  flip,
  offset,
  shift,
  type Placement,
  type Platform,
} from '@floating-ui/core';

/**
 * The place in the window for a box of this size: on the other side, or moved along, if need be.
 * `margin` CSS pixels are left free at the edges of the window.
 */
export function placeBeside(
  reference: { getBoundingClientRect(): { x: number; y: number; width: number; height: number } },
  element: Element,
  size: { width: number; height: number },
  { placement, gap, margin }: { placement: Placement; gap: number; margin: number },
): Promise<{ x: number; y: number }> {
  return computePosition(reference, element, {
    strategy: 'fixed',
    placement,
    middleware: [
      offset(gap),
      flip({ padding: margin, crossAxis: false }),
      shift({ padding: margin, crossAxis: true }),
    ],
    platform: platformOf(size),
  });
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
