import { describe, expect, it } from 'vitest';
import { pickedRange, wholeMs } from './timeWindow.ts';

const range = (from: number, to: number) => ({ from: new Date(from), to: new Date(to) });

describe('the time that is asked about', () => {
  const whole = range(1000, 2000);

  it.each([
    ['is what was picked', { from: 1200, to: 1300 }, range(1200, 1300)],
    ['is what was picked, as far as it is there', { from: 500, to: 1300 }, range(1000, 1300)],
    ['is what was picked, up to its end', { from: 1900, to: 2500 }, range(1900, 2000)],
    ['is all of it where another was picked before', { from: 100, to: 1000 }, whole],
    ['is all of it where another was picked after', { from: 2000, to: 2100 }, whole],
    ['is all of it where nothing was picked', null, whole],
    ['is never less than a millisecond', { from: 1250.2, to: 1250.7 }, range(1250, 1251)],
  ])('%s', (_, picked, expected) => expect(pickedRange(whole, picked)).toEqual(expected));

  it('is what was picked where there is no other', () => {
    expect(pickedRange(undefined, { from: 1, to: 2 })).toEqual(range(1, 2));
    expect(pickedRange(undefined, null)).toBeUndefined();
  });
});

it('is at least a millisecond, also for what took no time', () => {
  expect(wholeMs({ from: 5, to: 5 })).toEqual({ from: 5, to: 6 });
  expect(wholeMs({ from: 5.5, to: 8.1 })).toEqual({ from: 5, to: 9 });
});
