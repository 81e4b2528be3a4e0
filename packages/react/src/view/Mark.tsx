import type { Box } from '../canvas/geometry.ts';

/** A frame around one rectangle of the picture. */
export function Mark({ className, box }: { className: string; box: Box }) {
  const { left, top, width, height } = box;
  // Moved by a transform, which costs no layout of the page.
  const transform = `translate(${left}px, ${top}px)`;
  return (
    <div className={`hf-mark ${className}`} style={{ width, height: height - 1, transform }} />
  );
}
