import { expect, it } from 'vitest';

import { dateTime64 } from './values.ts';

it.each([
  [1788220800123456789n, '1788220800.123456789'],
  [5n, '0.000000005'],
  [2n ** 63n - 1n, '9223372036.854775807'],
  // As signed: before 1970.
  [2n ** 63n, '-9223372036.854775808'],
  [2n ** 64n - 1_500_000_000n, '-1.500000000'],
])('%s nanoseconds are %s', (unixNano, text) => {
  expect(dateTime64(unixNano)).toBe(text);
});
