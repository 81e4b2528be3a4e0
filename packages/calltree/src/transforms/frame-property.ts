import { FRAME_KINDS, type FrameIndex, type FrameTable } from '../model/frames.ts';
import type { FrameProperty } from './transform.ts';

/** A frame's function, file, module (its binary, else its file) or kind; empty when not known. */
export function frameProperty(frames: FrameTable, frame: FrameIndex, by: FrameProperty): string {
  switch (by) {
    case 'function':
      return frames.strings[frames.name[frame]];
    case 'file':
      return frames.strings[frames.file[frame]];
    case 'module':
      return frames.strings[frames.mapping[frame]] || frames.strings[frames.file[frame]];
    case 'kind':
      return FRAME_KINDS[frames.kind[frame]] ?? '';
  }
}
