/**
 * How much larger an element is shown than it is laid out, as a host may have a `zoom` or a `scale`
 * round it. `width` is the one that is shown.
 */
export function scaleOf({ offsetWidth }: HTMLElement, width: number): number {
  // The one that is laid out is told rounded.
  return offsetWidth > 0 && Math.abs(width - offsetWidth) >= 1 ? width / offsetWidth : 1;
}

/** Where a pointer is in an element, in the pixels that the element is laid out in. */
export function pointIn(
  element: HTMLElement,
  { clientX, clientY }: { clientX: number; clientY: number },
): { x: number; y: number } {
  const { left, top, width } = element.getBoundingClientRect();
  const scale = scaleOf(element, width);
  return { x: (clientX - left) / scale, y: (clientY - top) / scale };
}
