import { describe, expect, it } from 'vitest';
import { rowsInSight, scrollForRow } from './rowsInSight.ts';

describe('rows in sight', () => {
  it.each([
    ['at the top', 1000, 0, { first: 0, end: 28 }],
    ['in the middle', 1000, 5000, { first: 192, end: 228 }],
    ['at the end', 1000, 24_500, { first: 972, end: 1000 }],
    ['of a short list', 3, 0, { first: 0, end: 3 }],
    ['of none', 0, 0, { first: 0, end: 0 }],
    ['of a list that has grown shorter', 10, 24_500, { first: 9, end: 10 }],
  ])('%s', (_, count, scrollTop, range) => {
    expect(rowsInSight(count, scrollTop, 500, 25)).toEqual(range);
  });

  it('are scrolled to no further than they have to be', () => {
    expect(scrollForRow(3, 0, 500, 25)).toBe(0);
    expect(scrollForRow(20, 0, 500, 25)).toBe(25);
    expect(scrollForRow(3, 500, 500, 25)).toBe(75);
  });
});
