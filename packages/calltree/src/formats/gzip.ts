import { CallTreeError, isCallTreeError } from '../model/errors.ts';

/** Gzip files begin with these two bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return bytesOf(streamOf(bytes).pipeThrough(new CompressionStream('gzip')));
}

/** A few kilobytes can be told to unpack into terabytes; no profile that a page can show is larger. */
const MOST_BYTES = 2 ** 30;

interface GunzipOptions {
  readonly most?: number;
  /** Told from time to time how much is unpacked, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Throws `invalid-format` when the data is cut short, damaged, or unpacks into more than `most`. */
export async function gunzip(
  bytes: Uint8Array,
  { most = MOST_BYTES, onProgress }: GunzipOptions = {},
): Promise<Uint8Array> {
  let unpacked = 0;
  let packed = 0;
  const progress = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      packed += chunk.byteLength;
      onProgress?.(packed / bytes.byteLength);
      controller.enqueue(chunk);
    },
  });
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      unpacked += chunk.byteLength;
      if (unpacked > most) controller.error(tooLarge(most));
      else controller.enqueue(chunk);
    },
  });
  try {
    const stream = streamOf(bytes).pipeThrough(progress);
    return await bytesOf(stream.pipeThrough(new DecompressionStream('gzip')).pipeThrough(limit));
  } catch (cause) {
    if (isCallTreeError(cause)) throw cause;
    throw new CallTreeError('invalid-format', 'The compressed data is damaged', { cause });
  }
}

function tooLarge(most: number): CallTreeError {
  return new CallTreeError('invalid-format', `The compressed data unpacks into over ${most} bytes`);
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(
    await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  );
}
