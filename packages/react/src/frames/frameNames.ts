import {
  frameLabel,
  OTHER_FRAME,
  ROOT_FRAME,
  type CallTree,
  type FrameIndex,
  type FrameTable,
  type NodeIndex,
} from '@hyperflame/calltree';
import { shortText } from '../format/displayText.ts';
import type { PageMessages } from '../messages/pageMessages.ts';

/** More than any row or tooltip shows. */
const LONGEST = 2_000;

/** What `frameLabel` says of a frame without name, binary and address. */
const NOTHING_KNOWN = '(unknown)';

const known = new WeakMap<FrameTable, (string | undefined)[]>();

/** A frame's name, safe to show: on one line, without invisible characters, of bounded length. */
export function frameName(frames: FrameTable, frame: FrameIndex, messages: PageMessages): string {
  if (frame === ROOT_FRAME) return messages.allSamples;
  if (frame === OTHER_FRAME) return messages.otherFrames;
  let names = known.get(frames);
  if (!names) known.set(frames, (names = []));
  const name = (names[frame] ??= shortText(frameLabel(frames, frame), LONGEST));
  return name === NOTHING_KNOWN ? messages.unknownFrame : name;
}

export function nodeName(tree: CallTree, node: NodeIndex, messages: PageMessages): string {
  return frameName(tree.frames, tree.frame[node], messages);
}

/** `auth.ts:42` where lines are told apart, `auth.ts`, or nothing. */
export function framePlace(
  { frames, granularity }: Pick<CallTree, 'frames' | 'granularity'>,
  frame: FrameIndex,
): string {
  if (frame >= frames.length) return '';
  const file = frames.strings[frames.file[frame]];
  if (!file) return '';
  // A function has as many lines as it was seen in; its frame has that of the first.
  const line = granularity === 'line' ? frames.line[frame] : 0;
  return shortText(line > 0 ? `${file}:${line}` : file, LONGEST);
}

export function frameMapping(frames: FrameTable, frame: FrameIndex): string {
  return frame >= frames.length ? '' : shortText(frames.strings[frames.mapping[frame]], LONGEST);
}
