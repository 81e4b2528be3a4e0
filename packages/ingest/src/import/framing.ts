import { constants } from 'node:buffer';

import type { ByteSource } from './byte-source.ts';

/** One message as it lies in a file. */
export interface RawPayload {
  readonly encoding: 'binary' | 'json';
  readonly bytes: Uint8Array;
  /** Where it begins in the file. */
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
  /** Why it was not read at all; then there are no bytes of it. */
  readonly fault?: string;
}

/** Of one message: what protobuf allows, and the longest text that there can be here. */
const MOST_BYTES = { binary: 2 ** 31 - 1, json: constants.MAX_STRING_LENGTH } as const;

/** How messages lie in a file. */
export type Framing =
  /** Each behind its length, as 4 bytes, big-endian: the Collector's file exporter, `format: proto`. */
  | 'length-prefixed'
  /** One on each line: the Collector's file exporter, `format: json`. */
  | 'json-lines'
  /** The file is one message. */
  | 'json'
  | 'binary';

/** The file ends inside a message. */
export class TruncatedFileError extends Error {
  override readonly name = 'TruncatedFileError';
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

const HEAD = 64 * 1024;

/**
 * Tells framings apart by their first bytes. A protobuf message cannot begin with a zero byte (there
 * is no field 0), and the length of any message under 16 MB does.
 *
 * Text is one message on each line if one of its lines is all of a message: the first may be broken.
 */
export async function detectFraming(source: ByteSource): Promise<Framing> {
  const head = await source.read(0, HEAD);
  if (head[0] === 0) return 'length-prefixed';
  if (!head.every(isText)) {
    return (await isBehindLength(source, head)) ? 'length-prefixed' : 'binary';
  }
  for await (const offset of openings(source)) {
    const line = await lineAt(source, offset);
    if (line !== undefined && !line.isTooLong && isJson(line.bytes)) return 'json-lines';
  }
  const text = head.subarray(markLength(head));
  return text.find((byte) => !isSpace(byte)) === OPEN ? 'json' : 'binary';
}

/** How the fields of OTLP's outermost messages begin: 1 (of each signal), 2 (profiles). */
const OTLP_TAGS = new Set([0x0a, 0x12]);

/**
 * Whether a file that does not begin with a zero is messages behind their lengths, the first of 16 MB
 * or more: no message begins with a byte under 0x0a, as lengths up to 160 MiB do. With longer ones, the
 * lengths have to lead to the very end of the file.
 */
async function isBehindLength(source: ByteSource, head: Uint8Array): Promise<boolean> {
  if (head.length < 5 || !OTLP_TAGS.has(head[4])) return false;
  if (head[0] < 0x0a) return true;
  let at = 0;
  while (at < source.size) {
    const header = await source.read(at, 4);
    const length = header.length < 4 ? 0 : uint32(header);
    if (length === 0) return false;
    at += 4 + length;
  }
  return at === source.size;
}

const uint32 = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);

/** Some editors and Windows programs begin UTF-8 with a mark of it, which is no part of the text. */
const MARK = [0xef, 0xbb, 0xbf];

const markLength = (head: Uint8Array) =>
  MARK.every((byte, i) => head[i] === byte) ? MARK.length : 0;

/** `{` */
const OPEN = 0x7b;
const LINE_BREAK = 0x0a;

const PIECE = 1024 * 1024;

/** Where lines begin with `{`. Of an indented message, that is only the first. */
async function* openings(source: ByteSource): AsyncGenerator<number> {
  let before = LINE_BREAK;
  for (let at = markLength(await source.read(0, MARK.length)); at < source.size;) {
    const piece = await source.read(at, PIECE);
    if (piece.length === 0) return;
    for (let i = piece.indexOf(OPEN); i >= 0; i = piece.indexOf(OPEN, i + 1)) {
      if ((i === 0 ? before : piece[i - 1]) === LINE_BREAK) yield at + i;
    }
    before = piece[piece.length - 1];
    at += piece.length;
  }
}

/**
 * The messages of a file, from a position on, one after the other.
 *
 * With `growing`, a message that is not all there yet ends the walk quietly: its writer is still at
 * it, and the next walk begins there.
 *
 * @throws TruncatedFileError when the file ends inside a message
 */
export async function* payloadsIn(
  source: ByteSource,
  framing: Framing,
  { from = 0, growing = false }: { from?: number; growing?: boolean } = {},
): AsyncGenerator<RawPayload> {
  switch (framing) {
    case 'length-prefixed':
      yield* lengthPrefixed(source, from, growing);
      return;
    case 'json-lines':
      yield* jsonLines(source, from, growing);
      return;
    default:
      if (from === 0) yield await messageAt(source, framing, 0, source.size);
  }
}

async function messageAt(
  source: ByteSource,
  encoding: 'binary' | 'json',
  offset: number,
  length: number,
): Promise<RawPayload> {
  const end = offset + length;
  if (length > MOST_BYTES[encoding]) return tooLong(encoding, offset, end);
  return { encoding, bytes: await source.read(offset, length), offset, end };
}

function tooLong(encoding: 'binary' | 'json', offset: number, end: number): RawPayload {
  return notRead(
    { encoding, offset, end },
    `the message is ${end - offset} bytes long, and no more than ${MOST_BYTES[encoding]} can be read: split it`,
  );
}

const notRead = (message: Omit<RawPayload, 'bytes'>, fault: string): RawPayload => ({
  ...message,
  bytes: new Uint8Array(),
  fault,
});

async function* lengthPrefixed(
  source: ByteSource,
  from: number,
  growing: boolean,
): AsyncGenerator<RawPayload> {
  for (let offset = from; offset < source.size;) {
    const header = await source.read(offset, 4);
    const left = source.size - offset - 4;
    const length = header.length < 4 ? Infinity : uint32(header);
    if (length === 0) {
      const end = await endOfZeros(source, offset);
      // Room that its writer has taken, and not yet filled.
      if (end === source.size && growing) return;
      const count = Math.floor((end - offset) / 4);
      const fault =
        count === 1 ? 'an empty message' : `${count} empty messages, one after the other`;
      yield notRead({ encoding: 'binary', offset, end }, fault);
      offset = end;
      continue;
    }
    if (length > left) {
      if (growing) return;
      throw new TruncatedFileError(
        offset,
        header.length < 4
          ? `the file ends inside a message's length`
          : `a message is said to be ${length} bytes long, but only ${left} are left`,
      );
    }
    const message = await messageAt(source, 'binary', offset + 4, length);
    yield message;
    offset = message.end;
  }
}

/** Where lengths of zero end that begin somewhere: at a length that is none, or with the file. */
async function endOfZeros(source: ByteSource, offset: number): Promise<number> {
  for (let at = offset; at < source.size;) {
    const piece = await source.read(at, PIECE);
    if (piece.length === 0) break;
    const other = piece.findIndex((byte) => byte !== 0);
    if (other >= 0) return offset + Math.floor((at + other - offset) / 4) * 4;
    at += piece.length;
  }
  return source.size;
}

async function* jsonLines(
  source: ByteSource,
  from: number,
  growing: boolean,
): AsyncGenerator<RawPayload> {
  for (let offset = from; offset < source.size;) {
    const line = (await lineAt(source, offset))!;
    if (growing && !line.complete) return;
    if (line.isTooLong) {
      yield tooLong('json', offset, line.end);
    } else if (!line.bytes.every(isSpace)) {
      yield { encoding: 'json', bytes: line.bytes, offset, end: line.end };
    }
    offset = line.end;
  }
}

interface Line {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** It has its line break, so no more of it is to come. */
  readonly complete: boolean;
  /** There are no bytes of it then. */
  readonly isTooLong: boolean;
}

async function lineAt(source: ByteSource, offset: number): Promise<Line | undefined> {
  if (offset >= source.size) return undefined;
  let pieces: Uint8Array[] = [];
  const line = (length: number, end: number, complete: boolean): Line => {
    const isTooLong = length > MOST_BYTES.json;
    return { bytes: Buffer.concat(isTooLong ? [] : pieces), end, complete, isTooLong };
  };
  for (let at = offset; at < source.size;) {
    const piece = await source.read(at, PIECE);
    if (piece.length === 0) break;
    const lineBreak = piece.indexOf(LINE_BREAK);
    if (lineBreak >= 0) {
      pieces.push(piece.subarray(0, lineBreak));
      return line(at + lineBreak - offset, at + lineBreak + 1, true);
    }
    at += piece.length;
    // What is too long is passed over, not kept.
    pieces = at - offset > MOST_BYTES.json ? [] : [...pieces, piece];
  }
  return line(source.size - offset, source.size, false);
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/** Anything but the control characters, which text does not have and some field of protobuf does. */
function isText(byte: number): boolean {
  return byte >= 0x20 || isSpace(byte);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
