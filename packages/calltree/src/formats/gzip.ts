import { CallTreeError, isCallTreeError } from '../model/errors.ts';

/** Gzip files begin with these two bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return through(bytes, new CompressionStream('gzip'));
}

/** A few kilobytes can be told to unpack into terabytes; no profile that a page can show is larger. */
const MOST_BYTES = 2 ** 30;

/** Throws `invalid-format` when the data is cut short, damaged, or unpacks into more than `most`. */
export async function gunzip(bytes: Uint8Array, most = MOST_BYTES): Promise<Uint8Array> {
  let unpacked = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      unpacked += chunk.byteLength;
      if (unpacked > most) controller.error(tooLarge(most));
      else controller.enqueue(chunk);
    },
  });
  try {
    return await through(bytes, new DecompressionStream('gzip'), limit);
  } catch (cause) {
    if (isCallTreeError(cause)) throw cause;
    throw new CallTreeError('invalid-format', 'The compressed data is damaged', { cause });
  }
}

function tooLarge(most: number): CallTreeError {
  return new CallTreeError('invalid-format', `The compressed data unpacks into over ${most} bytes`);
}

async function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
  after?: TransformStream<Uint8Array, Uint8Array>,
): Promise<Uint8Array> {
  let piped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  if (after) piped = piped.pipeThrough(after) as typeof piped;
  return new Uint8Array(await new Response(piped).arrayBuffer());
}
