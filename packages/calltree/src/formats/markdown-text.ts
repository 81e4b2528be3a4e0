// Text of a profile in Markdown, with nothing in it taken for Markdown or HTML.
import { baseName, frameLabel } from '../frames/label.ts';
import type { FrameIndex, FrameTable } from '../model/frames.ts';

const NAME_CHARACTERS = 120;

/** A function's name, and where it is, as two cells of a table. */
export function functionCells(frames: FrameTable, frame: FrameIndex): string {
  const { strings, file, mapping } = frames;
  const place = strings[file[frame]] || baseName(strings[mapping[frame]] ?? '');
  return `${cell(frameLabel(frames, frame))} | ${place && cell(place)}`;
}

/** A code span that any text fits in. */
export function code(text: string): string {
  const line = oneLine(text) || ' ';
  const short = line.length > NAME_CHARACTERS ? `${line.slice(0, NAME_CHARACTERS)}…` : line;
  const longest = Math.max(0, ...(short.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$/.test(short) ? ' ' : '';
  return fence + padding + short + padding + fence;
}

/** The same in a cell of a table, which ends at a bar even in code. */
function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** What becomes a link or calls somebody where a summary is pasted, and has no escape. */
const LINKED = /@|#\d|:\/\/|www\./i;

/** Text that is not code, with nothing in it taken for Markdown or HTML. */
export function plain(text: string): string {
  return LINKED.test(text) ? cell(text) : oneLine(text).replace(/[\\`*_~[\]<>&|]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}
