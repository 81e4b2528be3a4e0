import { describe, expect, it } from 'vitest';
import { LONGEST_HEATMAP_MS, pickedTime, wholeMs } from './timeWindow.ts';

const range = (from: number, to: number) => ({ from: new Date(from), to: new Date(to) });

describe('the time that is asked about', () => {
  const timeRange = range(1000, 2000);

  it.each([
    ['is what was picked', { from: 1200, to: 1300 }, range(1200, 1300)],
    ['is what was picked, as far as it is there', { from: 500, to: 1300 }, range(1000, 1300)],
    ['is what was picked, up to its end', { from: 1900, to: 2500 }, range(1900, 2000)],
    ['is never less than a millisecond', { from: 1250.2, to: 1250.7 }, range(1250, 1251)],
  ])('%s', (_, picked, expected) => {
    expect(pickedTime({ timeRange }, picked)).toEqual({ timeRange: expected, timeBy: 'sample' });
  });

  it.each([
    ['another was picked before', { from: 100, to: 1000 }],
    ['another was picked after', { from: 2000, to: 2100 }],
    ['nothing was picked', null],
  ])('is all of it where %s', (_, picked) => {
    expect(pickedTime({ timeRange }, picked)).toEqual({ timeRange });
    const own = { timeRange, timeBy: 'sample' } as const;
    expect(pickedTime(own, picked)).toEqual(own);
  });

  it('is what was picked where there is no other', () => {
    const picked = { timeRange: range(1, 2), timeBy: 'sample' };
    expect(pickedTime({}, { from: 1, to: 2 })).toEqual(picked);
    expect(pickedTime({}, null)).toEqual({});
  });

  it('is of samples where these are drawn, of collections where bars are', () => {
    const picked = { from: 10, to: 20 };
    const hour = range(0, LONGEST_HEATMAP_MS);
    expect(pickedTime({ timeRange: hour }, picked).timeBy).toBe('sample');
    const longer = range(0, LONGEST_HEATMAP_MS + 1);
    expect(pickedTime({ timeRange: longer }, picked).timeBy).toBeUndefined();
    expect(pickedTime({ timeRange: longer, timeBy: 'sample' }, picked).timeBy).toBe('sample');
  });
});

it('is asked about for the type that it was picked from', () => {
  const picked = { from: 1200, to: 1300, profileType: 'cpu:count::' };
  expect(pickedTime({ timeRange: range(1000, 2000) }, picked).profileType).toBe('cpu:count::');
  expect(pickedTime({ timeRange: range(2000, 3000) }, picked).profileType).toBeUndefined();
});

it('is at least a millisecond, also for what took no time', () => {
  expect(wholeMs({ from: 5, to: 5 })).toEqual({ from: 5, to: 6 });
  expect(wholeMs({ from: 5.5, to: 8.1 })).toEqual({ from: 5, to: 9 });
});
