import type { AnyValue, KeyValue } from '../gen/opentelemetry/proto/common/v1/common_pb.ts';

/** The shared strings of a profiles message; other signals have none. */
export type StringTable = readonly string[];

const NO_STRINGS: StringTable = [];

/** Attributes as ClickHouse's `Map(String, String)` takes them. */
export function attributeMap(
  attributes: readonly KeyValue[],
  strings: StringTable = NO_STRINGS,
): Record<string, string> {
  return sortedMap(
    attributes.map((attribute) => [
      keyText(attribute, strings),
      valueText(attribute.value, strings),
    ]),
  );
}

/** In the order of their keys, as the exporter writes them: equal attributes are equal maps. */
export function sortedMap(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const map = Object.create(null) as Record<string, string>;
  for (const [key, value] of entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    map[key] = value;
  }
  return map;
}

/** Since OTLP v1.11 a key may be an index into the dictionary instead of text. */
function keyText({ key, keyStrindex }: KeyValue, strings: StringTable): string {
  return key === '' && keyStrindex > 0 ? (strings[keyStrindex] ?? '') : key;
}

/**
 * A value as text, the way the Collector's exporters write it: lists and maps as JSON, bytes in
 * base64. Nesting is at most 100 deep, because the decoder refuses more.
 */
export function valueText(value: AnyValue | undefined, strings: StringTable = NO_STRINGS): string {
  if (value === undefined) return '';
  const held = value.value;
  switch (held.case) {
    case undefined:
      return '';
    case 'arrayValue':
    case 'kvlistValue':
      return jsonText(value, strings);
    case 'bytesValue':
      return Buffer.from(held.value).toString('base64');
    case 'stringValueStrindex':
      return strings[held.value] ?? '';
    default:
      return String(held.value);
  }
}

/** Written by hand because JSON.stringify refuses bigint. Keys are sorted, as Go sorts them. */
function jsonText(value: AnyValue | undefined, strings: StringTable): string {
  if (value === undefined) return 'null';
  const held = value.value;
  switch (held.case) {
    case undefined:
      return 'null';
    case 'arrayValue':
      return `[${held.value.values.map((item) => jsonText(item, strings)).join(',')}]`;
    case 'kvlistValue': {
      const entries = held.value.values.map((entry) => ({
        key: keyText(entry, strings),
        text: jsonText(entry.value, strings),
      }));
      entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
      return `{${entries.map(({ key, text }) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
    }
    case 'intValue':
    case 'boolValue':
    case 'doubleValue':
      return String(held.value);
    default:
      return JSON.stringify(valueText(value, strings));
  }
}
