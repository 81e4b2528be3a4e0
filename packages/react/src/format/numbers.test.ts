import { describe, expect, it } from 'vitest';
import { createNumberFormat, shareOf } from './numbers.ts';

const english = createNumberFormat('en');

describe('weights', () => {
  it.each([
    [0, 'nanoseconds', '0'],
    [1, 'nanoseconds', '1ns'],
    [999.4, 'nanoseconds', '999ns'],
    [999.6, 'nanoseconds', '1μs'],
    [50_000_000, 'nanoseconds', '50ms'],
    [999_600_000, 'nanoseconds', '1s'],
    [1_844_000_000, 'nanoseconds', '1.84s'],
    [90e9, 'nanoseconds', '1.5m'],
    [2 * 3600e9, 'nanoseconds', '2h'],
    [36 * 3600e9, 'nanoseconds', '1.5d'],
    [12_345 * 86_400e9, 'nanoseconds', '12,345d'],
    [-50_000_000, 'nanoseconds', '-50ms'],
    [512, 'bytes', '512B'],
    [1024, 'bytes', '1 KiB'],
    [12.5 * 2 ** 20, 'bytes', '12.5 MiB'],
    [3 * 2 ** 60, 'bytes', '3,072 PiB'],
    [1203, 'count', '1,203'],
    [12_345_678, 'count', '12.35M'],
    [7, 'requests', '7 requests'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(english.weight(value, unit).replace('µ', 'μ')).toBe(text);
  });

  it('tell the direction of a change', () => {
    expect(english.change(2e9, 'nanoseconds')).toBe('+2s');
    expect(english.change(-2e9, 'nanoseconds')).toBe('-2s');
    expect(english.change(0, 'nanoseconds')).toBe('0');
  });

  it('are written for the locale', () => {
    expect(createNumberFormat('de').weight(1_844_000_000, 'nanoseconds')).toMatch(
      /^1,84\s?(s|Sek\.)$/,
    );
    expect(createNumberFormat('de').share(0.1234)).toMatch(/^12,3\s%$/);
  });
});

describe('shares', () => {
  it.each([
    [0, '0%'],
    [shareOf(0, -3), '0%'],
    [1, '100%'],
    [0.1234, '12.3%'],
    [0.00042, '0.04%'],
    [0.0000012, '0.0001%'],
  ])('%d reads %s', (ratio, text) => {
    expect(english.share(ratio)).toBe(text);
  });

  it('of nothing are 0', () => {
    expect(shareOf(3, 0)).toBe(0);
    expect(shareOf(1, 4)).toBe(0.25);
  });

  it('that are new have no end', () => {
    expect(english.shareChange(Infinity)).toBe('+∞%');
  });

  it('differ in points', () => {
    expect(english.points(0.074)).toBe('+7.4');
    expect(english.points(-0.5)).toBe('-50');
  });
});
