import type { FrameIndex, FrameTable } from '../model/frames.ts';
import { OTHER_FRAME, ROOT_FRAME, type Granularity } from '../model/tree.ts';
import { formatAddress, OTHER_KIND } from './label.ts';

/**
 * A frame's identity as text, the same in every profile, so that a link or a saved view finds the
 * frame again in new data. Treat it as opaque; compare it with `===`.
 */
export type FrameKey = string;

/** Key of the node that holds what was left out of the stacks. */
export const OTHER_FRAME_KEY: FrameKey = '\u001fother';
/** Key of the node that stands for all stacks. */
export const ROOT_FRAME_KEY: FrameKey = '\u001froot';

/** Joins the parts of a key. Control characters of this sort do not occur in real names. */
const SEPARATOR = '\u001f';

/** A hostile name may hold the separator all the same; it must not read as another frame's key. */
function escapePart(part: string): string {
  return part.includes(SEPARATOR) || part.includes('\\')
    ? part.replaceAll('\\', '\\\\').replaceAll(SEPARATOR, '\\s')
    : part;
}

/**
 * Parts of a key, trailing empty ones left off:
 *
 *     name ␟ file ␟ mapping ␟ line ␟ address
 *     hashPassword ␟ auth.ts                    a function
 *     hashPassword ␟ auth.ts ␟ ␟ 42             … at a line, when lines are told apart
 *     ␟ ␟ libc.so.6 ␟ ␟ 0x1a2b                  a frame without symbols
 */
export function frameKey(
  frames: FrameTable,
  frame: FrameIndex,
  granularity: Granularity = 'function',
): FrameKey {
  if (frame === ROOT_FRAME) return ROOT_FRAME_KEY;
  if (frame === OTHER_FRAME || frames.kind[frame] === OTHER_KIND) return OTHER_FRAME_KEY;
  const { strings } = frames;
  const name = strings[frames.name[frame]];
  const mapping = strings[frames.mapping[frame]];
  const parts = name
    ? [
        name,
        strings[frames.file[frame]],
        mapping,
        granularity === 'line' && frames.line[frame] > 0 ? String(frames.line[frame]) : '',
      ]
    : ['', '', mapping, '', formatAddress(frames.address[frame])];
  while (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
  return parts.map(escapePart).join(SEPARATOR);
}
