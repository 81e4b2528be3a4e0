import { CallTreeError, isCallTreeError } from '../model/errors.ts';

/** Gzip files begin with these two bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export async function gzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return joined(await chunksOf(streamOf(bytes).pipeThrough(new CompressionStream('gzip'))));
}

/** A few kilobytes can be told to unpack into terabytes; no profile that a page can show is larger. */
const MOST_BYTES = 2 ** 30;

/** How often bytes that look like another member may turn out to be none. */
const MOST_MISTAKES = 16;

interface GunzipOptions {
  readonly most?: number;
  /** Told from time to time how much is unpacked, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Throws `invalid-format` when the data is cut short, damaged, or unpacks into more than `most`.
 *
 * Data may be several members, one after the other, of which a `DecompressionStream` takes only one.
 * None says where it ends: that is looked for where another seems to begin. If this was chance, what
 * stands before it is a part of a member, which does not unpack, and the end is further on.
 */
export async function gunzip(
  bytes: Uint8Array,
  { most = MOST_BYTES, onProgress }: GunzipOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const members: (readonly Uint8Array[])[] = [];
  let unpacked = 0;
  let mistakes = 0;
  let from = 0;
  let to = 0;
  do {
    to = mistakes < MOST_MISTAKES ? nextMember(bytes, to + 1) : bytes.length;
    let length = 0;
    const told = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        length += chunk.length;
        onProgress?.((from + length) / bytes.length);
        controller.enqueue(chunk);
      },
    });
    const packed = streamOf(bytes.subarray(from, to)).pipeThrough(told);
    try {
      const member = await chunksOf(
        packed.pipeThrough(new DecompressionStream('gzip')),
        most - unpacked,
      );
      unpacked += lengthOf(member);
      members.push(member);
      from = to;
    } catch (cause) {
      if (isCallTreeError(cause)) throw cause;
      if (to === bytes.length) throw refusal('is damaged', cause);
      mistakes++;
    }
  } while (to < bytes.length);
  return joined(members.flat());
}

/** Where a member seems to begin, from a position on; the end of the data if nowhere. */
function nextMember(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x1f, from); at !== -1; at = bytes.indexOf(0x1f, at + 1)) {
    // Then comes the way of packing, of which there is one, and flags, of which there are five.
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && bytes[at + 3] < 32) return at;
  }
  return bytes.length;
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
}

/** Read one by one: a `Response` would not tell why a stream failed. */
async function chunksOf(
  stream: ReadableStream<Uint8Array>,
  most = Infinity,
): Promise<readonly Uint8Array[]> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    length += value.length;
    if (length > most) {
      const tooMuch = refusal('unpacks into more than a page can hold');
      await reader.cancel(tooMuch);
      throw tooMuch;
    }
    chunks.push(value);
  }
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(lengthOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function refusal(what: string, cause?: unknown): CallTreeError {
  return new CallTreeError('invalid-format', `The compressed data ${what}`, { cause });
}
