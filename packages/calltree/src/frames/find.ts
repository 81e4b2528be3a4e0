import type { FrameTable } from '../model/frames.ts';
import type { Granularity } from '../model/tree.ts';
import { groupFrames } from './groups.ts';
import { frameKey, OTHER_FRAME_KEY, type FrameKey } from './key.ts';

/**
 * 1 for each frame that the key names: all lines of a function, when it names a function. What is left
 * out is none.
 */
export function framesOfKey(
  frames: FrameTable,
  key: FrameKey,
  granularity: Granularity = 'function',
): Uint8Array {
  const found = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    if (key !== OTHER_FRAME_KEY && frameKey(frames, frame, granularity) === key) found[frame] = 1;
  }
  return found;
}

/** Frames as numbers that are equal where the frames count as the same one. */
export interface FramePathMatcher {
  /** By frame. */
  readonly group: Uint32Array;
  /** The groups along the path; -1 for a key that no frame has. */
  readonly path: Int32Array;
}

/** A path of keys made ready to be compared with many stacks. */
export function matchPath(
  frames: FrameTable,
  path: readonly FrameKey[],
  granularity: Granularity = 'function',
): FramePathMatcher {
  const group = groupFrames(frames, granularity);
  const groupOfKey = new Map<FrameKey, number>([[OTHER_FRAME_KEY, frames.length]]);
  for (let frame = 0; frame < frames.length; frame++) {
    if (group[frame] === frame) groupOfKey.set(frameKey(frames, frame, granularity), frame);
  }
  return { group, path: Int32Array.from(path, (key) => groupOfKey.get(key) ?? -1) };
}
