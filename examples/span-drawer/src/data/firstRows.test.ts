import { expect, test } from 'vitest';
import { firstRows } from './firstRows.ts';

test('rows are cut only where there are more than are wanted', () => {
  expect(firstRows(['a'], 2)).toEqual({ rows: ['a'], hasMore: false });
  expect(firstRows(['a', 'b'], 2)).toEqual({ rows: ['a', 'b'], hasMore: false });
  expect(firstRows(['a', 'b', 'c'], 2)).toEqual({ rows: ['a', 'b'], hasMore: true });
});
