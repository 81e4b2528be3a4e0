import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';

import { anyValue, keyValues } from '../otlp/attributes.ts';
import { AnyValueSchema, KeyValueSchema } from '../otlp/index.ts';
import { attributeMap, valueText } from './attributes.ts';

describe('attributes as text', () => {
  it('writes every kind of value as the exporter does', () => {
    expect(
      attributeMap(
        keyValues({
          text: 'a "b"',
          yes: true,
          big: 2n ** 63n - 1n,
          share: 0.25,
          tiny: 1e-7,
          huge: 1e21,
          bytes: new Uint8Array([1, 2, 255]),
          list: ['<a>', 1n, 2.5, false, new Uint8Array([0])],
        }),
      ),
    ).toEqual({
      text: 'a "b"',
      yes: 'true',
      big: '9223372036854775807',
      share: '0.25',
      tiny: '1e-7',
      huge: '1e+21',
      bytes: 'AQL/',
      list: '["<a>",1,2.5,false,"AA=="]',
    });
  });

  it('writes maps with sorted keys, so equal maps are equal text', () => {
    const map = create(AnyValueSchema, {
      value: {
        case: 'kvlistValue',
        value: { values: keyValues({ b: 1, a: 'x' }) },
      },
    });
    expect(valueText(map)).toBe('{"a":"x","b":1}');
  });

  it('looks keys and texts up in the dictionary where v1.11 put them there', () => {
    const strings = ['', 'service.name', 'shop'];
    const attribute = create(KeyValueSchema, {
      keyStrindex: 1,
      value: { value: { case: 'stringValueStrindex', value: 2 } },
    });
    expect(attributeMap([attribute], strings)).toEqual({ 'service.name': 'shop' });
  });

  it('keeps keys that JavaScript objects treat specially', () => {
    expect(Object.entries(attributeMap(keyValues(JSON.parse('{"__proto__":"x"}'))))).toEqual([
      ['__proto__', 'x'],
    ]);
  });

  it('writes an absent value as nothing', () => {
    expect(valueText(undefined)).toBe('');
    expect(valueText(anyValue(''))).toBe('');
  });
});
