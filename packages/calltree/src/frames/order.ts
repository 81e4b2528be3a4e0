import type { FrameIndex, FrameTable } from '../model/frames.ts';
import { RadixSort } from '../sort/radix-sort.ts';
import { rankTexts } from '../sort/rank-texts.ts';
import { inParts, type Steps } from '../sort/steps.ts';

/** Negative where `a` comes first, positive where `b` does, 0 for frames that nothing tells apart. */
export type CompareFrames = (a: FrameIndex, b: FrameIndex) => number;

/** Code units in a key: as many bytes as a number holds exactly. */
const IN_KEY = 6;
const LARGEST = 255;

/**
 * The beginning of a text as a number that grows with it, so that most texts need no other
 * comparison. Equal for some texts that differ.
 *
 *     'encode' < 'handle'       0x656e636f6465 < 0x68616e646c65
 *     'handleA' and 'handleB'   both 0x68616e646c65
 */
function keyOf(text: string): number {
  let key = 0;
  let at = 0;
  // Beyond a code unit too large for its byte nothing is known.
  for (let unit = 0; at < IN_KEY && unit < LARGEST; at++) {
    unit = at < text.length ? Math.min(text.charCodeAt(at), LARGEST) : 0;
    key = key * 256 + unit;
  }
  return key * 256 ** (IN_KEY - at);
}

const known = new WeakMap<FrameTable, CompareFrames>();

/**
 * The order of frames by name, then file, mapping, line and address; texts by their code units, so
 * the same in every locale and on every machine. It breaks ties between siblings of one weight:
 * the same data always draws the same picture.
 */
export function frameOrder(frames: FrameTable): CompareFrames {
  let compare = known.get(frames);
  if (!compare) known.set(frames, (compare = orderOf(frames)));
  return compare;
}

function orderOf({
  length,
  strings,
  name,
  file,
  mapping,
  line,
  address,
}: FrameTable): CompareFrames {
  const key = new Float64Array(length);
  for (let frame = 0; frame < length; frame++) key[frame] = keyOf(strings[name[frame]]);
  // Halves of each address: comparing bigints would make two of them each time.
  const words = new Uint32Array(address.buffer, address.byteOffset, length * 2);
  const compareTexts = (a: number, b: number): number =>
    a === b || strings[a] === strings[b] ? 0 : strings[a] < strings[b] ? -1 : 1;
  return (a, b) =>
    key[a] - key[b] ||
    compareTexts(name[a], name[b]) ||
    compareTexts(file[a], file[b]) ||
    compareTexts(mapping[a], mapping[b]) ||
    line[a] - line[b] ||
    words[2 * a + 1] - words[2 * b + 1] ||
    words[2 * a] - words[2 * b];
}

const ranks = new WeakMap<FrameTable, Uint32Array>();

/** The same order as a number for each frame. Only worth it where very many are to be sorted. */
export function* rankFrames(frames: FrameTable): Steps<Uint32Array> {
  const before = ranks.get(frames);
  if (before) return before;
  const { length, strings, name, file, mapping, line, address } = frames;
  const text = yield* rankTexts(strings);
  const words = new Uint32Array(address.buffer, address.byteOffset, length * 2);
  const sort = new RadixSort(length);
  yield* sort.by((frame) => words[2 * frame]);
  yield* sort.by((frame) => words[2 * frame + 1]);
  yield* sort.by((frame) => line[frame]);
  yield* sort.by((frame) => text[mapping[frame]]);
  yield* sort.by((frame) => text[file[frame]]);
  yield* sort.by((frame) => text[name[frame]]);
  const rank = new Uint32Array(length);
  yield* inParts(0, length, (from, to) => {
    for (let i = from; i < to; i++) rank[sort.items[i]] = i;
  });
  ranks.set(frames, rank);
  return rank;
}
