import { create } from '@bufbuild/protobuf';

import {
  AnyValueSchema,
  KeyValueSchema,
  type AnyValue,
  type KeyValue,
} from '../gen/opentelemetry/proto/common/v1/common_pb.ts';

/** A value that OTLP attributes can hold. Whole numbers become integers, others doubles. */
export type AttributeValue =
  string | number | bigint | boolean | Uint8Array | readonly AttributeValue[];

/** Attributes by key, e.g. `{ 'service.name': 'shop', 'process.pid': 4711 }`. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

/** Undefined values are left out. */
export function keyValues(attributes: Attributes): KeyValue[] {
  const result: KeyValue[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) result.push(create(KeyValueSchema, { key, value: anyValue(value) }));
  }
  return result;
}

/** A value as OTLP has it: `'a'` is `{ stringValue: 'a' }`. */
export function anyValue(value: AttributeValue): AnyValue {
  return create(AnyValueSchema, { value: valueCase(value) });
}

function valueCase(value: AttributeValue): AnyValue['value'] {
  switch (typeof value) {
    case 'string':
      return { case: 'stringValue', value };
    case 'boolean':
      return { case: 'boolValue', value };
    case 'bigint':
      return { case: 'intValue', value };
    case 'number':
      return Number.isSafeInteger(value)
        ? { case: 'intValue', value: BigInt(value) }
        : { case: 'doubleValue', value };
  }
  return value instanceof Uint8Array
    ? { case: 'bytesValue', value }
    : {
        case: 'arrayValue',
        value: {
          $typeName: 'opentelemetry.proto.common.v1.ArrayValue',
          values: value.map(anyValue),
        },
      };
}
