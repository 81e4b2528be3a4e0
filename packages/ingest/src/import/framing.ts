import type { ByteSource } from './byte-source.ts';

/** One message as it lies in a file. */
export interface RawPayload {
  readonly encoding: 'binary' | 'json';
  readonly bytes: Uint8Array;
  /** Where it begins in the file. */
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
}

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
  if (!head.every(isText)) return 'binary';
  for await (const offset of openings(source)) {
    const line = await lineAt(source, offset);
    if (line !== undefined && isJson(line.bytes)) return 'json-lines';
  }
  return head.find((byte) => !isSpace(byte)) === OPEN ? 'json' : 'binary';
}

/** `{` */
const OPEN = 0x7b;
const LINE_BREAK = 0x0a;

const PIECE = 1024 * 1024;

/** Where lines begin with `{`. Of an indented message, that is only the first. */
async function* openings(source: ByteSource): AsyncGenerator<number> {
  let before = LINE_BREAK;
  for (let at = 0; at < source.size;) {
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
      if (from === 0) {
        const bytes = await source.read(0, source.size);
        yield { encoding: framing, bytes, offset: 0, end: source.size };
      }
  }
}

async function* lengthPrefixed(
  source: ByteSource,
  from: number,
  growing: boolean,
): AsyncGenerator<RawPayload> {
  for (let offset = from; offset < source.size;) {
    const header = await source.read(offset, 4);
    const left = source.size - offset - 4;
    const length =
      header.length < 4 ? Infinity : new DataView(header.buffer, header.byteOffset).getUint32(0);
    if (length > left) {
      if (growing) return;
      throw new TruncatedFileError(
        offset,
        header.length < 4
          ? `the file ends inside a message's length`
          : `a message is said to be ${length} bytes long, but only ${left} are left`,
      );
    }
    const end = offset + 4 + length;
    const bytes = await source.read(offset + 4, length);
    yield { encoding: 'binary', bytes, offset: offset + 4, end };
    offset = end;
  }
}

async function* jsonLines(
  source: ByteSource,
  from: number,
  growing: boolean,
): AsyncGenerator<RawPayload> {
  for (let offset = from; offset < source.size;) {
    const line = (await lineAt(source, offset))!;
    if (growing && !line.complete) return;
    if (!line.bytes.every(isSpace)) {
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
}

async function lineAt(source: ByteSource, offset: number): Promise<Line | undefined> {
  if (offset >= source.size) return undefined;
  const pieces: Uint8Array[] = [];
  for (let at = offset; at < source.size;) {
    const piece = await source.read(at, PIECE);
    if (piece.length === 0) break;
    const lineBreak = piece.indexOf(LINE_BREAK);
    if (lineBreak >= 0) {
      pieces.push(piece.subarray(0, lineBreak));
      return { bytes: Buffer.concat(pieces), end: at + lineBreak + 1, complete: true };
    }
    pieces.push(piece);
    at += piece.length;
  }
  return { bytes: Buffer.concat(pieces), end: source.size, complete: false };
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
