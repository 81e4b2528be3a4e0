import type { JsonValue } from '@bufbuild/protobuf';

/**
 * OTLP/JSON is protobuf's JSON with two exceptions, and this file is those two:
 *
 * - trace, span and profile ids are hex, where protobuf has base64;
 * - 64-bit numbers may come bare, and then lose digits in JavaScript:
 *   `1788220800123456789` would become `1788220800123456800`, so their text is kept.
 *
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
const ID_FIELDS = new Set(['traceId', 'spanId', 'parentSpanId', 'profileId']);

/** OTLP/JSON → protobuf JSON. @throws SyntaxError when it is not JSON, or an id is not hex */
export function protobufJson(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (key: string, value: unknown, context?: { source?: string }) => {
      if (typeof value === 'string' && ID_FIELDS.has(key)) return hexToBase64(key, value);
      if (typeof value === 'number' && !Number.isSafeInteger(value) && Number.isInteger(value)) {
        return context?.source ?? String(value);
      }
      return value;
    }),
  );
}

/** Protobuf JSON → OTLP/JSON. */
export function otlpJson(json: JsonValue): string {
  return JSON.stringify(json, (key: string, value: unknown) =>
    typeof value === 'string' && ID_FIELDS.has(key)
      ? Buffer.from(value, 'base64').toString('hex')
      : value,
  );
}

function hexToBase64(field: string, hex: string): string {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new SyntaxError(`${field} is not hexadecimal`);
  return Buffer.from(hex, 'hex').toString('base64');
}
