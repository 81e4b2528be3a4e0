import { expect, test } from 'vitest';
import { rowAfter } from './rowAfter.ts';

test.each([
  ['ArrowDown', [1, 2, 2]],
  ['ArrowUp', [0, 0, 1]],
  ['Home', [0, 0, 0]],
  ['End', [2, 2, 2]],
  ['Tab', [undefined, undefined, undefined]],
])('%s, from each of three rows', (key, rows) => {
  expect([0, 1, 2].map((at) => rowAfter(key, at, 3))).toEqual(rows);
});
