import { resized } from '../build/grow.ts';
import type { FrameTable } from '../model/frames.ts';

/** A frame that stands for a group of others, such as a module. */
export interface GroupFrame {
  readonly name: string;
  readonly file?: string;
  readonly mapping?: string;
  /** Index into `FRAME_KINDS`. */
  readonly kind?: number;
}

/** The table with more frames behind its own, whose indices stay as they are. */
export function appendFrames(frames: FrameTable, more: readonly GroupFrame[]): FrameTable {
  if (more.length === 0) return frames;
  const strings = frames.strings.slice();
  const stringIndex = new Map(strings.map((text, index) => [text, index]));
  const intern = (text = '') => {
    let index = stringIndex.get(text);
    if (index === undefined) {
      index = strings.push(text) - 1;
      stringIndex.set(text, index);
    }
    return index;
  };
  const length = frames.length + more.length;
  const name = resized(frames.name, length);
  const file = resized(frames.file, length);
  const mapping = resized(frames.mapping, length);
  const kind = resized(frames.kind, length);
  more.forEach((frame, i) => {
    name[frames.length + i] = intern(frame.name);
    file[frames.length + i] = intern(frame.file);
    mapping[frames.length + i] = intern(frame.mapping);
    kind[frames.length + i] = frame.kind ?? 0;
  });
  return {
    length,
    strings,
    name,
    file,
    mapping,
    kind,
    line: resized(frames.line, length),
    address: resized(frames.address, length),
  };
}
