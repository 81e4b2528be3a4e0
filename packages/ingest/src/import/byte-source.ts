import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

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
      async read(offset, length) {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
        return buffer.subarray(0, bytesRead);
      },
    };
    if (!isGzip(await source.read(0, 2))) return source;
    const unpacked = await unpack(await source.read(0, size));
    await file.close();
    return memorySource(unpacked, true);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes);
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
