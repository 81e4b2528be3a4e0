import { ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Why bytes are not a message of a schema, and where. */
export interface Fault {
  /** Byte offset of the field at fault. */
  readonly offset: number;
  /** Field names down to the fault, joined by dots. */
  readonly path: string;
  readonly reason: string;
}

interface Level {
  readonly desc: DescMessage;
  readonly end: number;
  readonly path: string;
}

/**
 * Walks protobuf bytes and returns the first thing that is not well-formed, or undefined.
 *
 * A protobuf decoder is lenient: it skips what it does not know and says at most "premature EOF".
 * This walk is strict about wire types and lengths, so that a person learns the byte and the field.
 * Unknown fields are let through (a newer producer may have more).
 */
export function findFault(desc: DescMessage, bytes: Uint8Array): Fault | undefined {
  const reader = new BinaryReader(bytes);
  const levels: Level[] = [{ desc, end: bytes.byteLength, path: '' }];

  while (levels.length > 0) {
    const level = levels[levels.length - 1]!;
    if (reader.pos === level.end) {
      levels.pop();
      continue;
    }
    const offset = reader.pos;
    const tag = readTag(reader, level.end);
    if (typeof tag === 'string') return { offset, path: level.path, reason: tag };

    const field = fieldsByNumber(level.desc).get(tag.fieldNumber);
    const path =
      field === undefined
        ? level.path
        : level.path === ''
          ? field.name
          : `${level.path}.${field.name}`;
    if (field !== undefined && !acceptsWireType(field, tag.wireType)) {
      return {
        offset,
        path,
        reason: `field ${field.number} has wire type ${tag.wireType}, which it cannot have`,
      };
    }

    if (tag.wireType !== WireType.LengthDelimited) {
      const reason = skipScalar(reader, tag, level.end);
      if (reason !== undefined) return { offset, path, reason };
      continue;
    }

    const length = readLength(reader, level.end);
    if (typeof length === 'string') return { offset, path, reason: length };
    const left = level.end - reader.pos;
    if (length > left) {
      return {
        offset,
        path,
        reason: `the field is ${length} bytes long, but only ${left} are left`,
      };
    }
    const child = messageOf(field);
    if (child === undefined) {
      if (field !== undefined && isText(field)) {
        const text = bytes.subarray(reader.pos, reader.pos + length);
        if (!isUtf8(text)) return { offset, path, reason: 'the text is not valid UTF-8' };
      }
      reader.pos += length;
    } else {
      levels.push({ desc: child, end: reader.pos + length, path });
    }
  }
  return undefined;
}

interface Tag {
  readonly fieldNumber: number;
  readonly wireType: WireType;
}

function readTag(reader: BinaryReader, end: number): Tag | string {
  try {
    const [fieldNumber, wireType] = reader.tag();
    if (reader.pos > end) return 'the data ends inside a field';
    return { fieldNumber, wireType };
  } catch {
    return reader.pos >= end ? 'the data ends inside a field' : 'this is not a protobuf field';
  }
}

function readLength(reader: BinaryReader, end: number): number | string {
  try {
    const length = reader.uint32();
    return reader.pos > end ? 'the data ends inside a length' : length;
  } catch {
    return 'the data ends inside a length';
  }
}

function skipScalar(reader: BinaryReader, tag: Tag, end: number): string | undefined {
  if (tag.wireType === WireType.EndGroup) return 'a group ends that never began';
  try {
    reader.skip(tag.wireType, tag.fieldNumber);
  } catch {
    return 'the data ends inside a value';
  }
  return reader.pos > end ? 'the data ends inside a value' : undefined;
}

const fieldTables = new WeakMap<DescMessage, Map<number, DescField>>();

function fieldsByNumber(desc: DescMessage): Map<number, DescField> {
  let table = fieldTables.get(desc);
  if (table === undefined) {
    table = new Map(desc.fields.map((field) => [field.number, field]));
    fieldTables.set(desc, table);
  }
  return table;
}

function messageOf(field: DescField | undefined): DescMessage | undefined {
  if (field === undefined) return undefined;
  if (field.fieldKind === 'message') return field.message;
  return field.fieldKind === 'list' && field.listKind === 'message' ? field.message : undefined;
}

function isText(field: DescField): boolean {
  return (
    (field.fieldKind === 'scalar' || (field.fieldKind === 'list' && field.listKind === 'scalar')) &&
    field.scalar === ScalarType.STRING
  );
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A repeated number may come packed (length-delimited) or one by one; both are legal. */
function acceptsWireType(field: DescField, wireType: WireType): boolean {
  if (messageOf(field) !== undefined) return wireType === WireType.LengthDelimited;
  if (field.fieldKind !== 'scalar' && field.fieldKind !== 'list') return true;
  const scalar =
    field.fieldKind === 'scalar'
      ? field.scalar
      : field.listKind === 'scalar'
        ? field.scalar
        : undefined;
  if (scalar === undefined) return true;
  const own = wireTypeOf(scalar);
  return wireType === own || (field.fieldKind === 'list' && wireType === WireType.LengthDelimited);
}

function wireTypeOf(scalar: ScalarType): WireType {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return WireType.LengthDelimited;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    default:
      return WireType.Varint;
  }
}
