import { FRAME_KINDS, type FrameTable } from '../model/frames.ts';
import { searchFrames } from '../search/search-frames.ts';
import type { FrameFilter } from './transform.ts';

/** 1 for each frame that the filter means. Throws `invalid-pattern`. */
export function filterFrames(frames: FrameTable, filter: FrameFilter): Uint8Array {
  const found = filter.query ? searchFrames(frames, filter.query) : new Uint8Array(frames.length);
  const kinds = new Set((filter.kinds ?? []).map((kind) => FRAME_KINDS.indexOf(kind)));
  for (let frame = 0; frame < frames.length; frame++) {
    if (kinds.has(frames.kind[frame])) found[frame] = 1;
  }
  return found;
}
