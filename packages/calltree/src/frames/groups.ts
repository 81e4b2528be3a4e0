import type { FrameIndex, FrameTable } from '../model/frames.ts';
import type { Granularity } from '../model/tree.ts';
import { OTHER_KIND } from './label.ts';

/**
 * For each frame, the first frame in the table that counts as the same one.
 *
 *     frames              0 sort:10   1 sort:12   2 gc
 *     by function         0           0           2
 *     by line             0           1           2
 *
 * A frame without symbols is the same as another only at the same address of the same mapping. What
 * is left out is the same as no frame: its group is the number behind all of them.
 */
export function groupFrames(frames: FrameTable, granularity: Granularity): Uint32Array {
  const { length, name, file, mapping, line, kind, address } = frames;
  const group = new Uint32Array(length);
  const byLine = granularity === 'line';
  // Open addressing, at most half full. A slot holds a frame + 1, so that 0 means free.
  let bits = 4;
  while (1 << bits < length * 2) bits++;
  const mask = (1 << bits) - 1;
  const slots = new Uint32Array(mask + 1);
  // Reads the low half of each address without making a bigint for every frame.
  const words = new Uint32Array(address.buffer, address.byteOffset, length * 2);

  const same = (a: FrameIndex, b: FrameIndex): boolean => {
    if (name[a] !== name[b] || mapping[a] !== mapping[b]) return false;
    if (name[a] === 0)
      return words[2 * a] === words[2 * b] && words[2 * a + 1] === words[2 * b + 1];
    return file[a] === file[b] && (!byLine || line[a] === line[b]);
  };

  for (let frame = 0; frame < length; frame++) {
    if (kind[frame] === OTHER_KIND) {
      group[frame] = length;
      continue;
    }
    let hash = Math.imul(name[frame], 0x9e3779b1) ^ Math.imul(mapping[frame], 0x85ebca6b);
    if (name[frame] === 0) {
      hash ^= Math.imul(words[2 * frame], 0xc2b2ae35) ^ Math.imul(words[2 * frame + 1], 0x27d4eb2f);
    } else {
      hash ^= Math.imul(file[frame], 0xc2b2ae35);
      if (byLine) hash ^= Math.imul(line[frame], 0x27d4eb2f);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (slots[slot] !== 0 && !same(slots[slot] - 1, frame)) slot = (slot + 1) & mask;
    if (slots[slot] === 0) slots[slot] = frame + 1;
    group[frame] = slots[slot] - 1;
  }
  return group;
}
