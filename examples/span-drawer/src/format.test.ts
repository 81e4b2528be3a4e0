import { expect, test } from 'vitest';
import { formatDuration, plural } from './format.ts';

test.each([
  [0, '0 ns'],
  [999, '999 ns'],
  [1500, '1.50 µs'],
  [82_340_000, '82.3 ms'],
  [999_000_000, '999 ms'],
  [1_230_000_000, '1.23 s'],
  [59_960_000_000, '60.0 s'],
  [125_000_000_000, '125 s'],
  [3_723_400_000_000, '3723 s'],
  // Where three digits round up to a fourth.
  [999.4, '999 ns'],
  [999.5, '1.00 µs'],
  [9_994, '9.99 µs'],
  [9_995, '10.0 µs'],
  [99_949, '99.9 µs'],
  [99_950, '100 µs'],
  [999_499, '999 µs'],
  [999_500, '1.00 ms'],
  [999_499_999, '999 ms'],
  [999_600_000, '1.00 s'],
  [9_996_000_000, '10.0 s'],
  // Before the start, by another clock.
  [-0.2, '0 ns'],
  [-2_500_000, '-2.50 ms'],
])('%d ns is %s', (nanos, text) => expect(formatDuration(nanos)).toBe(text));

test('plural', () => {
  expect([plural(0, 'span'), plural(1, 'span'), plural(2, 'span')]).toEqual([
    '0 spans',
    '1 span',
    '2 spans',
  ]);
});
