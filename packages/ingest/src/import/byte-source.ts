import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, type ZlibOptions } from 'node:zlib';

/** Bytes that are read piece by piece, so that a large file is never held whole. */
export interface ByteSource {
  readonly size: number;
  /** The file was gzipped: this is what was inside. */
  readonly unpacked: boolean;
  /** Up to `length` bytes from `offset`; fewer at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A gzipped file is damaged, or ends too early. */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
  readonly offset = 0;
}

/**
 * Opens a file; one that is gzipped is unpacked, and offsets are those of what is inside. What has no
 * size and can be read but once, such as a pipe, is read to its end.
 * @throws UnpackError
 */
export async function openSource(path: string): Promise<ByteSource> {
  const file = await open(path);
  try {
    const status = await file.stat();
    if (!status.isFile()) {
      const bytes = await file.readFile();
      await file.close();
      return isGzip(bytes) ? memorySource(await unpack(bytes), true) : memorySource(bytes, false);
    }
    const { size } = status;
    const source: ByteSource = {
      size,
      unpacked: false,
      close: () => file.close(),
      async read(offset, most) {
        const buffer = Buffer.alloc(Math.max(0, Math.min(most, size - offset)));
        let length = 0;
        // The system gives a little less than 2 GiB at once.
        for (let read = 1; length < buffer.length && read > 0; length += read) {
          const left = Math.min(buffer.length - length, MOST_AT_ONCE);
          read = (await file.read(buffer, length, left, offset + length)).bytesRead;
        }
        return buffer.subarray(0, length);
      },
    };
    if (!isGzip(await source.read(0, 2))) return source;
    if (size > MOST_BYTES) {
      throw new UnpackError(
        `the file is gzipped and ${size} bytes long, and no more than ${MOST_BYTES} can be unpacked: split it`,
      );
    }
    const unpacked = await unpack(await source.read(0, size));
    await file.close();
    return memorySource(unpacked, true);
  } catch (error) {
    await file.close();
    throw error;
  }
}

const MOST_AT_ONCE = 2 ** 30;

/** Of a file that is held whole, packed and unpacked: more than this Node does not read at once. */
const MOST_BYTES = 2 ** 31 - 1;

async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify<Uint8Array, ZlibOptions, Buffer>(gunzip)(bytes, {
      maxOutputLength: MOST_BYTES,
    });
  } catch (error) {
    throw new UnpackError(`the gzip data cannot be read: ${(error as Error).message}`);
  }
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

function memorySource(bytes: Uint8Array, unpacked: boolean): ByteSource {
  return {
    size: bytes.byteLength,
    unpacked,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
