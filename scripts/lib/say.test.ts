import { expect, test } from 'vitest';
import { duration } from './say.mjs';

test.each([
  [840.4, '840 ms'],
  [12_000, '12 s'],
  [59_600, '1 min 00 s'],
  [185_000, '3 min 05 s'],
])('%d ms reads %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
