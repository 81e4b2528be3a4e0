import { appendFrames, type GroupFrame } from '../frames/append.ts';
import { baseName, OTHER_KIND } from '../frames/label.ts';
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
 * Adds a frame for each value of a property, or for the one value named. It has the kind of its
 * frames, where they all have one. Frames of which the property is not known, those of other values,
 * and what is left out stand for themselves.
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
    if (
      value === '' ||
      frames.kind[frame] === OTHER_KIND ||
      (onlyValue !== undefined && value !== onlyValue)
    ) {
      group[frame] = frame;
      continue;
    }
    // A binary and a file of one name are two modules: which came first says nothing of the other.
    const isMapping = by === 'module' && frames.mapping[frame] !== 0;
    const key = `${isMapping} ${value}`;
    let index = groups.get(key);
    if (index === undefined) {
      index = frames.length + more.push(groupFrame(by, value, isMapping, frames.kind[frame])) - 1;
      groups.set(key, index);
    }
    group[frame] = index;
  }
  const grouped = appendFrames(frames, more);
  // Where its frames are of several kinds, that of the first says nothing of the others.
  for (let frame = 0; frame < frames.length; frame++) {
    if (grouped.kind[group[frame]] !== frames.kind[frame]) grouped.kind[group[frame]] = 0;
  }
  return { frames: grouped, group };
}

function groupFrame(
  by: FrameProperty,
  value: string,
  isMapping: boolean,
  kind: number,
): GroupFrame {
  if (by === 'kind' || by === 'function') return { name: value, kind };
  return { name: baseName(value), [isMapping ? 'mapping' : 'file']: value, kind };
}
