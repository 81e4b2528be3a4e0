import { appendFrames, type GroupFrame } from '../frames/append.ts';
import { baseName } from '../frames/label.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';
import { frameProperty } from './frame-property.ts';
import type { FrameProperty } from './transform.ts';

/** A frame table in which groups have frames of their own, and the group frame of each frame. */
export interface GroupedFrames {
  readonly frames: FrameTable;
  /** By frame of the first table: the frame that stands for its group, or the frame itself. */
  readonly group: Uint32Array;
}

/**
 * Adds a frame for each value of a property, or for the one value named. Frames of which the
 * property is not known, and those of other values, stand for themselves.
 */
export function groupByProperty(
  frames: FrameTable,
  by: FrameProperty,
  onlyValue?: string,
): GroupedFrames {
  const group = new Uint32Array(frames.length);
  const groups = new Map<string, FrameIndex>();
  const more: GroupFrame[] = [];
  for (let frame = 0; frame < frames.length; frame++) {
    const value = frameProperty(frames, frame, by);
    if (value === '' || (onlyValue !== undefined && value !== onlyValue)) {
      group[frame] = frame;
      continue;
    }
    let index = groups.get(value);
    if (index === undefined) {
      index = frames.length + more.push(groupFrame(frames, frame, by, value)) - 1;
      groups.set(value, index);
    }
    group[frame] = index;
  }
  return { frames: appendFrames(frames, more), group };
}

function groupFrame(
  frames: FrameTable,
  frame: FrameIndex,
  by: FrameProperty,
  value: string,
): GroupFrame {
  const kind = frames.kind[frame];
  if (by === 'kind' || by === 'function') return { name: value, kind };
  const isMapping = by === 'module' && frames.mapping[frame] !== 0;
  return isMapping
    ? { name: baseName(value), mapping: value, kind }
    : { name: baseName(value), file: value, kind };
}
