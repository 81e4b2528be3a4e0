import type { View } from './zoomPath.ts';

export const WHOLE: View = { from: 0, to: 1 };

/** Whoever wants to come closer than this clicks on a frame. */
const LEAST_WIDTH = 1e-6;

/** The same view, moved so that it lies inside the whole; `WHOLE` itself if it is as wide. */
export function clampView({ from, to }: View): View {
  const width = Math.max(LEAST_WIDTH, to - from);
  if (!(width < 1)) return WHOLE;
  const left = Math.min(Math.max(from, 0), 1 - width);
  return { from: left, to: left + width };
}

/**
 * Magnified by a factor around a point of the picture, which stays where it is: 0 is the left edge
 * of what is seen, 1 the right one.
 *
 *     [0, 1] twice as large around 0.5 → [0.25, 0.75]
 */
export function zoomAround({ from, to }: View, point: number, factor: number): View {
  const width = to - from;
  const next = Math.max(LEAST_WIDTH, width / factor);
  const left = from + point * (width - next);
  return clampView({ from: left, to: left + next });
}

/** Moved to the right by a share of what is seen. */
export function panBy({ from, to }: View, share: number): View {
  const distance = share * (to - from);
  return clampView({ from: from + distance, to: to + distance });
}

/** A view of a part, as a view of the whole that has the part. */
export function viewInside(part: View, { from, to }: View): View {
  const width = part.to - part.from;
  return { from: part.from + from * width, to: part.from + to * width };
}
