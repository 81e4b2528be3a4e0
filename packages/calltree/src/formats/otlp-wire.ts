import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { isCallTreeError } from '../model/errors.ts';
import { malformed, type JsonObject } from './guards.ts';
import { Memory } from './memory.ts';
import { layoutOfOtlp, type OtlpLayout } from './otlp-layout.ts';

/** Reads one value, of the field of that name. */
type Read = (reader: MeteredReader, name: string) => unknown;

/** Stops before what it reads would take too much memory. */
class MeteredReader extends BinaryReader {
  readonly memory: Memory;

  constructor(bytes: Uint8Array, memory: Memory) {
    super(bytes);
    this.memory = memory;
  }
}

/** Bytes that a message takes once it is read, and what a list takes for each of its items. */
const PER_MESSAGE = 100;
const PER_ITEM = 32;

interface Field {
  readonly name: string;
  readonly read: Read;
  /** A list of messages or texts, or of numbers, which come packed: one length, then all of them. */
  readonly repeated?: 'each' | 'packed';
}

type Message = Readonly<Record<number, Field>>;

const int32: Read = (reader) => reader.int32();
const int64: Read = (reader) => reader.int64();
const uint64: Read = (reader) => reader.uint64();
const text: Read = (reader, name) => {
  const read = reader.string();
  reader.memory.take(2 * read.length, name);
  return read;
};

const one = (name: string, read: Read): Field => ({ name, read });
const list = (name: string, read: Read): Field => ({ name, read, repeated: 'each' });
const numbers = (name: string, read: Read): Field => ({ name, read, repeated: 'packed' });
const inside =
  (message: Message): Read =>
  (reader, name) => {
    const length = reader.uint32();
    return readMessage(reader, name, message, reader.pos + length);
  };

const ANY_VALUE: Message = {
  1: one('stringValue', text),
  2: one('boolValue', (reader) => reader.bool()),
  3: one('intValue', int64),
  4: one('doubleValue', (reader) => reader.double()),
  8: one('stringValueStrindex', int32),
};
const anyValue = inside(ANY_VALUE);
const KEY_VALUE: Message = {
  1: one('key', text),
  2: one('value', anyValue),
  3: one('keyStrindex', int32),
};
const RESOURCE: Message = { 1: list('attributes', inside(KEY_VALUE)) };
const VALUE_TYPE: Message = { 1: one('typeStrindex', int32), 2: one('unitStrindex', int32) };
const timestamps = numbers('timestampsUnixNano', (reader) => reader.fixed64());
const SAMPLE: Message = {
  1: one('stackIndex', int32),
  2: numbers('attributeIndices', int32),
  4: numbers('values', int64),
  5: timestamps,
};
/** Up to v1.9. */
const OLDER_SAMPLE: Message = {
  1: one('stackIndex', int32),
  2: numbers('values', int64),
  3: numbers('attributeIndices', int32),
  5: timestamps,
};
const MAPPING: Message = { 4: one('filenameStrindex', int32) };
const LINE: Message = { 1: one('functionIndex', int32), 2: one('line', int64) };
const LOCATION: Message = {
  1: one('mappingIndex', int32),
  2: one('address', uint64),
  3: list('lines', inside(LINE)),
  4: numbers('attributeIndices', int32),
};
const FUNCTION: Message = {
  1: one('nameStrindex', int32),
  2: one('systemNameStrindex', int32),
  3: one('filenameStrindex', int32),
};
const ATTRIBUTE: Message = { 1: one('keyStrindex', int32), 2: one('value', anyValue) };
const STACK: Message = { 1: numbers('locationIndices', int32) };
const DICTIONARY: Message = {
  1: list('mappingTable', inside(MAPPING)),
  2: list('locationTable', inside(LOCATION)),
  3: list('functionTable', inside(FUNCTION)),
  5: list('stringTable', text),
  6: list('attributeTable', inside(ATTRIBUTE)),
  7: list('stackTable', inside(STACK)),
};

/** The payload whose samples are so, and whose profiles have their attributes in a field of that number. */
function profilesData(sample: Message, attributes: number): Message {
  const profile: Message = {
    1: one('sampleType', inside(VALUE_TYPE)),
    2: list('samples', inside(sample)),
    5: one('periodType', inside(VALUE_TYPE)),
    6: one('period', int64),
    [attributes]: numbers('attributeIndices', int32),
  };
  const scopeProfiles: Message = { 2: list('profiles', inside(profile)) };
  const resourceProfiles: Message = {
    1: one('resource', inside(RESOURCE)),
    2: list('scopeProfiles', inside(scopeProfiles)),
  };
  return {
    1: list('resourceProfiles', inside(resourceProfiles)),
    2: one('dictionary', inside(DICTIONARY)),
  };
}

const LAYOUTS: Readonly<Record<OtlpLayout, Message>> = {
  'v1.8': profilesData(OLDER_SAMPLE, 12),
  'v1.9': profilesData(OLDER_SAMPLE, 11),
  'v1.10': profilesData(SAMPLE, 11),
};

/**
 * The OTLP payloads of a file in protobuf, as the objects that the same payloads are in JSON, of which
 * they have what a flame graph needs. 64-bit numbers are bigints. A file is one payload, or several,
 * each behind its length in 4 bytes, the highest first, as a Collector's file exporter writes them.
 * Undefined for what is neither.
 * Source: https://github.com/open-telemetry/opentelemetry-proto, profiles/v1development
 */
export function otlpFromBinary(bytes: Uint8Array): JsonObject[] | undefined {
  const memory = new Memory();
  const kind = kindOf(bytes);
  if (kind === 'payload') return [payloadFrom(bytes, 'payload', memory)];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const payloads: JsonObject[] = [];
  for (let at = 0; at < bytes.length;) {
    const left = bytes.length - at - 4;
    const length = left < 0 ? 0 : view.getUint32(at);
    const payload = bytes.subarray(at + 4, at + 4 + length);
    // Which kind of file this is, its first payload says. One that is empty says nothing.
    if (payloads.length === 0 && (length > 0 || left < 0)) {
      const first = kindOf(payload);
      if (kind === undefined && first === undefined) return undefined;
      if (first !== 'payload' || length > left) {
        throw malformed(`byte ${bytes.length}`, 'the file ends inside payload 1');
      }
    }
    if (length > left) {
      throw malformed(`byte ${at}`, `the file ends inside payload ${payloads.length + 1}`);
    }
    if (length > 0) payloads.push(payloadFrom(payload, `payload ${payloads.length + 1}`, memory));
    at += 4 + length;
  }
  return payloads.length > 0 ? payloads : undefined;
}

function payloadFrom(bytes: Uint8Array, place: string, memory: Memory): JsonObject {
  try {
    const layout = LAYOUTS[layoutOfOtlp(bytes, place)];
    return readMessage(new MeteredReader(bytes, memory), place, layout, bytes.length);
  } catch (cause) {
    if (isCallTreeError(cause)) throw cause;
    throw malformed(place, 'damaged OTLP', cause);
  }
}

/**
 * Tells a payload of OTLP from other protobuf: it has resources and a dictionary, and nothing else; both
 * begin with a message, or are empty, where a type of samples of pprof has numbers.
 */
function kindOf(bytes: Uint8Array): 'payload' | 'beginning of a payload' | undefined {
  const reader = new BinaryReader(bytes);
  let hasDictionary = false;
  try {
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      if (wireType !== WireType.LengthDelimited || field > 2) return undefined;
      const end = reader.uint32() + reader.pos;
      if (reader.pos < end && reader.tag()[1] !== WireType.LengthDelimited) return undefined;
      // A text of a few empty lines may come as far as this.
      if (end > reader.len) return bytes.includes(0x12) ? 'beginning of a payload' : undefined;
      reader.pos = end;
      hasDictionary ||= field === 2;
    }
  } catch {
    return undefined;
  }
  return hasDictionary ? 'payload' : undefined;
}

function readMessage(
  reader: MeteredReader,
  name: string,
  message: Message,
  end: number,
): JsonObject {
  reader.memory.take(PER_MESSAGE, name);
  const read: Record<string, unknown> = {};
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = message[number] as Field | undefined;
    if (field === undefined) reader.skip(wireType, number);
    else if (!field.repeated) read[field.name] = field.read(reader, field.name);
    else {
      const values = (read[field.name] ??= []) as unknown[];
      const isPacked = field.repeated === 'packed' && wireType === WireType.LengthDelimited;
      const last = isPacked ? reader.uint32() + reader.pos : reader.pos + 1;
      while (reader.pos < last) {
        reader.memory.take(PER_ITEM, field.name);
        values.push(field.read(reader, field.name));
      }
    }
  }
  if (reader.pos !== end) throw new RangeError('A message is longer than it says');
  return read;
}
