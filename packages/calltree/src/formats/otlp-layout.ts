import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { malformed } from './guards.ts';

/** Versions of OTLP that number the fields of profiles and samples differently. */
export type OtlpLayout = 'v1.8' | 'v1.9' | 'v1.10';

/**
 * Which of them a payload is in. Nothing says it but the types of its fields: lists of numbers come
 * packed, behind their length, and single numbers do not.
 *
 *     Sample    v1.8, v1.9    since v1.10
 *     2         values        attributes
 *     3         attributes    link, a single number
 *     4         link          values
 *     5         timestamps    timestamps
 *
 * In v1.8, field 8 of `Profile` is the bytes of its id; since then it is a number. Throws
 * `invalid-format` for v1.7 and older, which has no table of stacks.
 * Source: https://github.com/open-telemetry/opentelemetry-proto, profiles/v1development
 */
export function layoutOfOtlp(payload: Uint8Array, place: string): OtlpLayout {
  const reader = new BinaryReader(payload);
  const attributes = attributesIn(reader);
  let older = false;
  let perhapsOlder = false;
  let newer = false;
  let hasIdIn8 = false;
  let hasField12 = false;
  const oldest = () => malformed(place, 'this is OTLP v1.7 or older; v1.8 or newer is needed');

  const readField = (field: number, wireType: WireType, to: number): void => {
    const isPacked = wireType === WireType.LengthDelimited;
    if (field === 2 && isPacked) {
      if (older || newer) return;
      const clue = clueOf(reader, to, attributes);
      if (clue === 'v1.7') throw oldest();
      older ||= clue === 'older';
      newer ||= clue === 'newer';
      perhapsOlder ||= clue === 'perhaps older';
    }
    // Its length of time, and the type of its period.
    if ((field === 5 && wireType === WireType.Varint) || (field === 6 && isPacked)) throw oldest();
    if (field === 8 && isPacked) hasIdIn8 = true;
    if (field === 12) hasField12 = true;
  };
  eachField(reader, payload.length, (field, _, end) => {
    if (field !== 1) return;
    eachField(reader, end, (inResource, _, end) => {
      if (inResource !== 2) return;
      eachField(reader, end, (inScope, _, end) => {
        if (inScope === 2) eachField(reader, end, readField);
      });
    });
  });
  if (hasIdIn8) return 'v1.8';
  // Where nothing tells, the newest: most files are.
  if (newer || !(older || perhapsOlder)) return 'v1.10';
  return hasField12 ? 'v1.8' : 'v1.9';
}

/** What a sample says of the version that it is in, if anything. */
function clueOf(
  reader: BinaryReader,
  end: number,
  attributes: number,
): 'v1.7' | 'older' | 'perhaps older' | 'newer' | undefined {
  if (reader.pos === end) return undefined;
  const types: (WireType | undefined)[] = [];
  let second: readonly number[] = [];
  let times = 0;
  eachField(reader, end, (field, wireType, to) => {
    types[field] = wireType;
    if (field === 2 && wireType === WireType.LengthDelimited) {
      const numbers: number[] = [];
      while (reader.pos < to) numbers.push(Number(reader.uint64()));
      second = numbers;
    }
    if (field === 5) times = (to - reader.pos) / 8;
  });
  const [, , two, three, four, five, six] = types;
  const { LengthDelimited: LIST, Varint: NUMBER } = WireType;
  // It had the length of a list of locations there.
  if (two === NUMBER && (three === LIST || six !== undefined)) return 'v1.7';
  if (three === LIST) return 'older';
  if (four === LIST) return 'newer';
  if (two === LIST && four === NUMBER) return 'older';
  if (two === LIST && three === NUMBER) return 'newer';
  if (two === undefined || four !== undefined) return undefined;
  // A sample has values, or timestamps, or as many of either.
  if (five === undefined) return 'perhaps older';
  if (five !== LIST || second.length === 0) return undefined;
  if (second.length !== times) return 'newer';
  const areAttributes =
    new Set(second).size === times && second.every((one) => one > 0 && one < attributes);
  return areAttributes ? undefined : 'perhaps older';
}

/** How many entries the table of attributes has. */
function attributesIn(reader: BinaryReader): number {
  let attributes = 0;
  eachField(reader, reader.len, (field, _, end) => {
    if (field !== 2) return;
    eachField(reader, end, (table) => {
      if (table === 6) attributes++;
    });
  });
  reader.pos = 0;
  return attributes;
}

/** Goes through the fields of a message. Of lists and messages, `visit` finds the reader behind the length. */
function eachField(
  reader: BinaryReader,
  end: number,
  visit: (field: number, wireType: WireType, end: number) => void,
): void {
  while (reader.pos < end) {
    const [field, wireType] = reader.tag();
    let from = reader.pos;
    if (wireType === WireType.LengthDelimited) {
      const length = reader.uint32();
      from = reader.pos;
      reader.pos += length;
    } else reader.skip(wireType, field);
    const to = reader.pos;
    if (to > end) throw new RangeError('A message is longer than it says');
    reader.pos = from;
    visit(field, wireType, to);
    reader.pos = to;
  }
}
