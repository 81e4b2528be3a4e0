import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallTreeError } from '../model/errors.ts';
import { gunzip, gzip } from './gzip.ts';

/** The smallest header that a member has, and what follows its data. */
const HEADER = 10;
const TRAILER = 8;

/** A `DecompressionStream` as in Chromium, which refuses what follows a member: Node's goes on. */
class OfOneMember extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    const chunks: Uint8Array[] = [];
    super({
      transform: (chunk) => void chunks.push(chunk),
      flush(controller) {
        const packed = Buffer.concat(chunks).subarray(HEADER);
        // Typed as the bytes alone, as they are where nothing more is asked for.
        const { buffer, engine } = inflateRawSync(packed, { info: true }) as unknown as {
          buffer: Uint8Array;
          engine: { bytesWritten: number };
        };
        if (engine.bytesWritten + TRAILER !== packed.length) throw new TypeError('Junk found');
        controller.enqueue(buffer);
      },
    });
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (unpacked: Uint8Array) => new TextDecoder().decode(unpacked);
const concat = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

/** A member that holds its data as it is. */
function stored(data: Uint8Array): Uint8Array {
  const length = data.length;
  const header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
  const block = [1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255];
  return concat(Uint8Array.from([...header, ...block]), data, new Uint8Array(TRAILER));
}

beforeEach(() => {
  vi.stubGlobal('DecompressionStream', OfOneMember);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('gunzip', () => {
  it('unpacks several members, one after the other', async () => {
    const members = await Promise.all(
      ['main;a 3\n', '', 'main;b 4\n'].map((one) => gzip(bytes(one))),
    );
    const seen: number[] = [];
    const unpacked = await gunzip(concat(...members), { onProgress: (share) => seen.push(share) });
    expect(text(unpacked)).toBe('main;a 3\nmain;b 4\n');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it('is not misled by data that looks like the beginning of a member', async () => {
    const inside = concat(bytes('main;'), Uint8Array.of(0x1f, 0x8b, 8, 0), bytes(' 3\n'));
    const unpacked = await gunzip(concat(stored(inside), stored(inside)));
    expect(unpacked).toEqual(concat(inside, inside));
    // Very often: it is then taken to be one member.
    const often = concat(...Array.from({ length: 1_000 }, () => inside));
    expect(await gunzip(stored(often))).toEqual(often);
  });

  it('refuses what is damaged, in whichever member, and what is larger than all may be', async () => {
    const member = await gzip(bytes('main;a 3\n'));
    const refused = { kind: 'invalid-format', message: expect.stringContaining('damaged') };
    for (const length of [3, HEADER, member.length - TRAILER, 2 * member.length - TRAILER - 1]) {
      const cut = concat(member, member).subarray(0, length);
      await expect(gunzip(cut)).rejects.toMatchObject(refused);
    }
    await expect(gunzip(concat(member, member), { most: 17 })).rejects.toMatchObject({
      kind: 'invalid-format',
      message: expect.stringContaining('more than a page can hold'),
    });
    expect(await gunzip(concat(member, member), { most: 18 })).toHaveLength(18);
  });

  it('ends when what it tells its progress has had enough', async () => {
    const enough = new CallTreeError('aborted', 'Enough');
    const onProgress = () => {
      throw enough;
    };
    await expect(gunzip(await gzip(bytes('main;a 3\n')), { onProgress })).rejects.toBe(enough);
  });
});
