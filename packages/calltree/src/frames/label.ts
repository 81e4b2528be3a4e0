import type { FrameIndex, FrameTable } from '../model/frames.ts';
import { OTHER_FRAME, ROOT_FRAME } from '../model/tree.ts';

/** `0x` and lower-case hexadecimal digits, as debuggers write addresses. */
export function formatAddress(address: bigint): string {
  return `0x${address.toString(16)}`;
}

/** The last part of a path, whichever slash it uses; the text itself when it ends in one. */
export function baseName(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return path.slice(cut + 1) || path;
}

/** What the node of the whole profile is called. */
export const ROOT_LABEL = '(all)';
/** Of what was left out of it. */
export const OTHER_LABEL = '(other)';

/**
 * `FrameTable.kind` of a frame that stands for what is left out of stacks with some label: transforms
 * move it like any other, but a tree has an `OTHER_FRAME` in its place, whose key it has, and no search
 * and no function's name finds it.
 */
export const OTHER_KIND = 255;

/**
 * The one-line name of a frame:
 *
 *     with symbols             hashPassword
 *     without, in a binary     libc.so.6+0x1a2b
 *     address only             0x1a2b
 *     nothing known            (unknown)
 *     the root, the rest       (all), (other)
 */
export function frameLabel(frames: FrameTable, frame: FrameIndex): string {
  if (frame === ROOT_FRAME) return ROOT_LABEL;
  if (frame === OTHER_FRAME) return OTHER_LABEL;
  const name = frames.strings[frames.name[frame]];
  if (name) return name;
  const mapping = frames.strings[frames.mapping[frame]];
  const address = frames.address[frame];
  if (mapping)
    return address ? `${baseName(mapping)}+${formatAddress(address)}` : baseName(mapping);
  return address ? formatAddress(address) : '(unknown)';
}
