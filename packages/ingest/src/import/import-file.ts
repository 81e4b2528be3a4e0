import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';

import { ServerError } from '../connection.ts';
import { MalformedDataError } from '../otlp/errors.ts';
import type { PprofToOtlpOptions } from '../otlp/pprof.ts';
import { openSource, UnpackError, type ByteSource } from './byte-source.ts';
import { detectFraming, payloadsIn, TruncatedFileError, type RawPayload } from './framing.ts';
import { readPayload, type ImportFormat, type Payload } from './read-payload.ts';

/** Something in a file that could not be imported. The rest of the file and the others still are. */
export interface ImportProblem {
  readonly file: string;
  /** Byte offset in the file (in what is inside, if it is gzipped). */
  readonly offset: number;
  /** Where in the message, as field names; empty where it has no place. */
  readonly path: string;
  readonly reason: string;
}

export interface FileImportOptions {
  readonly format: ImportFormat;
  /** For pprof files, which do not say what they are a profile of. */
  readonly pprof: PprofToOtlpOptions;
  /** Stores a message; `bytes` are what it was read from. */
  insert(payload: Payload, bytes: Uint8Array): Promise<void>;
  onProblem(problem: ImportProblem): void;
}

/** How far a file that may still be written has come. */
export interface Progress {
  /** Where the next message begins, if the file still begins as it did. */
  readonly from: number;
  readonly head?: Head;
  /** A message that the file ends inside of is left for later, not a problem. */
  readonly waitForRest: boolean;
  /** A file that is one message is left for later: it does not show whether it is all there. */
  readonly waitForWhole: boolean;
  /** Called when a message is dealt with, with where the next one begins; what follows may throw. */
  readonly onNext?: (next: number) => void;
}

/** What a file begins with, of what was imported: another file may have been written over it. */
export interface Head {
  readonly length: number;
  readonly hash: string;
}

const MOST_OF_HEAD = 64 * 1024;

/** What has become of a file. */
export interface FileProgress {
  /** Where its next message will begin; Infinity where none will. */
  readonly next: number;
  /** It is one message, or was gzipped, or could not be read: what is changed in it changes all of it. */
  readonly isWhole: boolean;
  readonly head?: Head;
}

const WHOLE_FILE: Progress = { from: 0, waitForRest: false, waitForWhole: false };

/**
 * Imports a file, message by message. Throws what `insert` throws, where that is no refusal of one
 * message; whatever is wrong with the file is `onProblem`'s.
 */
export async function importFile(
  file: string,
  options: FileImportOptions,
  { from, head, waitForRest, waitForWhole, onNext }: Progress = WHOLE_FILE,
): Promise<FileProgress> {
  let next = from;
  let source: ByteSource | undefined;
  try {
    source = await openSource(file);
    if (waitForWhole && source.unpacked) return { next, isWhole: true };
    if (source.size === 0 && !waitForRest) {
      options.onProblem({ file, offset: 0, path: '', reason: 'the file is empty' });
    }
    const framing = options.format === 'pprof' ? 'binary' : await detectFraming(source);
    const isWhole = source.unpacked || framing === 'binary' || framing === 'json';
    if (waitForWhole && isWhole) return { next, isWhole };
    if (head !== undefined && (await hashOf(source, head.length)) !== head.hash) next = 0;
    for await (const raw of payloadsIn(source, framing, { from: next, growing: waitForRest })) {
      await importPayload(file, raw, options);
      next = raw.end;
      // In what was unpacked, it is no place in the file.
      if (!source.unpacked) onNext?.(next);
    }
    if (isWhole) return { next: source.unpacked ? Infinity : next, isWhole };
    const length = Math.min(next, MOST_OF_HEAD);
    return { next, isWhole, head: { length, hash: await hashOf(source, length) } };
  } catch (error) {
    if (error instanceof TruncatedFileError || error instanceof UnpackError) {
      options.onProblem({ file, offset: error.offset, path: '', reason: error.message });
    } else if (isFileError(error)) {
      options.onProblem(cannotBeRead(file, error.code, next));
    } else {
      throw error;
    }
    return { next: Infinity, isWhole: true };
  } finally {
    await source?.close();
  }
}

async function hashOf(source: ByteSource, length: number): Promise<string> {
  return createHash('sha256')
    .update(await source.read(0, length))
    .digest('hex');
}

async function importPayload(
  file: string,
  raw: RawPayload,
  { format, pprof, insert, onProblem }: FileImportOptions,
): Promise<void> {
  if (raw.fault !== undefined) {
    onProblem({ file, offset: raw.offset, path: '', reason: raw.fault });
    return;
  }
  let payload: Payload;
  try {
    const { mtimeMs } = await stat(file);
    const missingTimeUnixNano = BigInt(Math.round(mtimeMs)) * 1_000_000n;
    payload = readPayload(raw, format, { ...pprof, missingTimeUnixNano });
  } catch (error) {
    if (!(error instanceof MalformedDataError)) throw error;
    const { offset = 0, path, reason } = error;
    onProblem({ file, offset: raw.offset + offset, path, reason });
    return;
  }
  try {
    await insert(payload, raw.bytes);
  } catch (error) {
    if (!(error instanceof ServerError) || error.unreachable || OF_ANY.has(error.code)) throw error;
    onProblem({ file, offset: raw.offset, path: '', reason: error.message });
  }
}

/**
 * What the server would say of any message, by its codes: READONLY, NOT_ENOUGH_SPACE, ACCESS_DENIED,
 * AUTHENTICATION_FAILED, UNKNOWN_TABLE, UNKNOWN_DATABASE. Without a code, it is no ClickHouse.
 */
const OF_ANY = new Set([undefined, '164', '243', '497', '516', '60', '81']);

export function cannotBeRead(file: string, code = 'unknown', offset = 0): ImportProblem {
  return { file, offset, path: '', reason: `it cannot be read (${code})` };
}

/** The file is gone, or is not ours to read. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && (error as NodeJS.ErrnoException).path !== undefined;
}
