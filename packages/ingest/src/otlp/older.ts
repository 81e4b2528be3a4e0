import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

import type { ProfilesData } from '../gen/opentelemetry/proto/profiles/v1development/profiles_pb.ts';

/**
 * Whether well-formed profiles are of OTLP v1.9 or older, whose numbers mean something else now. Lists of
 * numbers come packed, behind their length, and single numbers do not, which tells most payloads:
 *
 *     Sample    v1.9          since v1.10
 *     2         values        attributes
 *     3         attributes    link, a single number (a list is not well-formed)
 *     4         link          values
 *     5         timestamps    timestamps
 *
 * One version has written all samples, so the first one that tells is enough.
 */
export function isOlderThanV110(bytes: Uint8Array, data: ProfilesData): boolean {
  const attributes = data.dictionary?.attributeTable.length ?? 0;
  let perhaps = false;
  for (const resource of messagesIn(bytes, 1)) {
    for (const scope of messagesIn(resource, 2)) {
      for (const profile of messagesIn(scope, 2)) {
        for (const sample of messagesIn(profile, 2)) {
          const clue = clueOf(sample, attributes);
          if (clue === 'newer') return false;
          if (clue === 'older') return true;
          perhaps ||= clue === 'perhaps older';
        }
      }
    }
  }
  return perhaps;
}

function clueOf(
  sample: Uint8Array,
  attributes: number,
): 'older' | 'perhaps older' | 'newer' | undefined {
  const reader = new BinaryReader(sample);
  const types: (WireType | undefined)[] = [];
  const second: number[] = [];
  let times = 0;
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    types[field] = wireType;
    const isPacked = wireType === WireType.LengthDelimited;
    if (field === 2 && isPacked) {
      const to = reader.uint32() + reader.pos;
      while (reader.pos < to) second.push(Number(reader.uint64()));
    } else if (field === 5 && isPacked) {
      const length = reader.uint32();
      times += length / 8;
      reader.pos += length;
    } else reader.skip(wireType, field);
  }
  const [, , two, three, four, five] = types;
  if (four === WireType.LengthDelimited) return 'newer';
  if (two !== WireType.LengthDelimited) return undefined;
  if (four !== undefined) return 'older';
  if (three !== undefined) return 'newer';
  // A sample has values, or timestamps, or as many of either.
  if (five === undefined) return 'perhaps older';
  if (five !== WireType.LengthDelimited) return undefined;
  if (second.length !== times) return 'newer';
  const areAttributes =
    new Set(second).size === times && second.every((one) => one > 0 && one < attributes);
  return areAttributes ? undefined : 'perhaps older';
}

/** The messages in a field of a message. */
function* messagesIn(message: Uint8Array, number: number): Generator<Uint8Array> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === number && wireType === WireType.LengthDelimited) yield reader.bytes();
    else reader.skip(wireType, field);
  }
}
