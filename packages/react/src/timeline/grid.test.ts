import { describe, expect, it } from 'vitest';
import {
  columnWeight,
  lanesOf,
  largestCell,
  regroup,
  ticks,
  windowOf,
  windowWeight,
  type TimeGrid,
} from './grid.ts';

const grid: TimeGrid = {
  from: 10_000,
  columnMs: 1000,
  columns: 5,
  rows: 2,
  weight: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
  unit: 'count',
};

describe('weight over time', () => {
  it('is the same weight in fewer columns', () => {
    const fewer = regroup(grid, 3);
    expect(fewer.columns).toBe(3);
    expect(fewer.columnMs).toBe(2000);
    expect([...fewer.weight]).toEqual([4, 6, 12, 14, 9, 10]);
    expect(regroup(grid, 5)).toBe(grid);
    expect(regroup(grid, 0).columns).toBe(1);
  });

  it('is added up over columns and windows', () => {
    expect(columnWeight(grid, 1)).toBe(7);
    const exact = (weight: number) => ({ weight, isEstimate: false });
    expect(windowWeight(grid, windowOf(grid, 3, 1))).toEqual(exact(33));
    expect(windowWeight(grid, { from: 0, to: 1e9 })).toEqual(exact(55));
    expect(windowWeight(grid, { from: 10_500, to: 11_500 })).toEqual(exact(2 + 3));
    expect(windowWeight(grid, { from: 0, to: 10_000 })).toEqual(exact(0));
    expect(windowWeight(grid, { from: 15_000, to: 20_000 })).toEqual(exact(0));
    expect(largestCell(grid)).toBe(10);
  });

  it('is an estimate where a window cuts what was counted as one', () => {
    const estimate = (weight: number) => ({ weight, isEstimate: true });
    expect(windowWeight(grid, { from: 10_125, to: 10_250 })).toEqual(estimate(0.25));
    expect(windowWeight(grid, { from: 10_250, to: 11_250 })).toEqual(estimate(0.5 + 2 + 1.5));
    expect(windowWeight(grid, { from: 14_750, to: 16_000 })).toEqual(estimate(5));
  });

  it('has windows whichever way they are brushed', () => {
    expect(windowOf(grid, 1, 3)).toEqual({ from: 11_000, to: 14_000 });
    expect(windowOf(grid, 3, 1)).toEqual({ from: 11_000, to: 14_000 });
  });
});

describe('the axis', () => {
  it('has round times, and not too many', () => {
    expect(ticks(grid, 5)).toEqual([10_000, 11_000, 12_000, 13_000, 14_000]);
    expect(ticks({ ...grid, from: 10_500 }, 3)).toEqual([12_000, 14_000]);
    const year = { ...grid, columnMs: 24 * 3600e3, columns: 365 };
    expect(ticks(year, 6).length).toBeLessThanOrEqual(6);
    expect(ticks({ ...grid, from: NaN }, 5)).toEqual([]);
  });

  it('has times that are round where they are told', () => {
    const days = (from: string) => ({
      ...grid,
      from: Date.parse(from),
      columnMs: 900e3,
      columns: 288,
    });
    const told = (from: string, timeZone: string) => {
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
      return ticks(days(from), 7, timeZone).map((time) => clock.format(time));
    };
    const halves = ['00:00', '12:00', '00:00', '12:00', '00:00', '12:00'];
    expect(told('2026-11-19T18:30:00Z', 'Asia/Kolkata')).toEqual(halves);
    expect(told('2026-11-20T03:00:00Z', 'America/Sao_Paulo')).toEqual(halves);
    expect(told('2026-11-20T00:00:00Z', 'UTC')).toEqual(halves);
    // Clocks are put back on the second of these days, which has 25 hours.
    expect(told('2026-10-23T22:00:00Z', 'Europe/Berlin')).toEqual(halves);
  });
});

it('keeps marks apart that are there at the same time', () => {
  const marks = [
    { from: 5, to: 8 },
    { from: 0, to: 10 },
    { from: 2, to: 5 },
    { from: 3, to: 4 },
  ];
  expect(lanesOf(marks, 2).map(({ mark, lane }) => [mark.from, lane])).toEqual([
    [0, 0],
    [2, 1],
    [5, 1],
  ]);
});
