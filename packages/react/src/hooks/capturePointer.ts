/**
 * Sends the rest of a pointer's way to an element. A pointer that is gone by now, such as a finger that
 * was lifted while the page was busy, cannot be captured; there is nothing left of its way then.
 */
export function capturePointer(element: Element, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId);
  } catch {
    // Gone.
  }
}
