import { expect, test } from 'vitest';
import { formatDuration, plural } from './format.ts';

test.each([
  [0, '0 ns'],
  [999, '999 ns'],
  [1500, '1.50 µs'],
  [82_340_000, '82.3 ms'],
  [999_000_000, '999 ms'],
  [1_230_000_000, '1.23 s'],
  [125_000_000_000, '125 s'],
])('%i ns is %s', (nanos, text) => expect(formatDuration(nanos)).toBe(text));

test('plural', () => {
  expect([plural(0, 'span'), plural(1, 'span'), plural(2, 'span')]).toEqual([
    '0 spans',
    '1 span',
    '2 spans',
  ]);
});
