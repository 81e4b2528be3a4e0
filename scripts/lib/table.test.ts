import { expect, test } from 'vitest';
import { table } from './table.mjs';

test('columns line up, and lines end where their text does', () => {
  expect(
    table([
      ['name', 'n'],
      ['a', '10'],
      ['longer', ''],
    ]),
  ).toBe('name    n\na       10\nlonger');
});
