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

/**
 * Frames that are the runtime's or a dependency's, going by the usual places of such code and by
 * frame kinds. With `hide-frames`, what is left is "only my code".
 */
export const LIBRARY_CODE: FrameFilter = {
  query: {
    kind: 'regex',
    fields: ['file'],
    pattern: [
      '(^|[\\\\/])(node_modules|site-packages|dist-packages|vendor|gems)[\\\\/]',
      '[\\\\/](\\.cargo[\\\\/]registry|rustc|go[\\\\/]pkg[\\\\/]mod|\\.m2[\\\\/]repository)[\\\\/]',
      '^(node|internal|native|wasm):',
      '^<frozen ',
      '^[\\\\/]usr[\\\\/](lib|include|local[\\\\/](lib|go))[\\\\/]',
    ].join('|'),
  },
  kinds: ['kernel', 'native', 'abort-marker'],
};
