import type { FrameTable } from '../model/frames.ts';

/** Position of each text in code unit order: the same in every locale and on every machine. */
function stringRanks(strings: readonly string[]): Uint32Array {
  // Without a comparison of ours, texts are compared without a call for each pair.
  const position = new Map(strings.toSorted().map((text, at) => [text, at]));
  return Uint32Array.from(strings, (text) => position.get(text) ?? 0);
}

/** Sorting all names is slow beside the rest, and a table is asked again for every tree over it. */
const known = new WeakMap<FrameTable, Uint32Array>();

/**
 * A number for each frame, in order of name, then file, mapping, line and address. It breaks ties
 * between siblings of one weight, so that the same data always draws the same picture.
 */
export function frameRanks(frames: FrameTable): Uint32Array {
  let rank = known.get(frames);
  if (!rank) {
    rank = rankFrames(frames);
    known.set(frames, rank);
  }
  return rank;
}

function rankFrames(frames: FrameTable): Uint32Array {
  const { length, name, file, mapping, line, address } = frames;
  const text = stringRanks(frames.strings);
  const order = new Uint32Array(length);
  for (let frame = 0; frame < length; frame++) order[frame] = frame;
  order.sort(
    (a, b) =>
      text[name[a]] - text[name[b]] ||
      text[file[a]] - text[file[b]] ||
      text[mapping[a]] - text[mapping[b]] ||
      line[a] - line[b] ||
      (address[a] < address[b] ? -1 : address[a] > address[b] ? 1 : 0),
  );
  const rank = new Uint32Array(length);
  for (let position = 0; position < length; position++) rank[order[position]] = position;
  return rank;
}
