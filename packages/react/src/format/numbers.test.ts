import { describe, expect, it } from 'vitest';
import { createNumberFormat, shareOf, type NumberFormat } from './numbers.ts';
import { plainFigure } from './plainFigure.ts';

/** What is seen of the figures of a locale. */
function seen(locale: string): NumberFormat {
  const { weight, change, share, shareChange, points, count } = createNumberFormat(locale);
  return {
    weight: (value, unit) => plainFigure(weight(value, unit)),
    change: (value, unit) => plainFigure(change(value, unit)),
    share: (ratio) => plainFigure(share(ratio)),
    shareChange: (ratio) => plainFigure(shareChange(ratio)),
    points: (ratio) => plainFigure(points(ratio)),
    count: (value) => plainFigure(count(value)),
  };
}

const english = seen('en');

describe('weights', () => {
  it.each([
    [0, 'nanoseconds', '0'],
    [1, 'nanoseconds', '1 ns'],
    [999.4, 'nanoseconds', '999 ns'],
    [999.6, 'nanoseconds', '1 μs'],
    [50_000_000, 'nanoseconds', '50 ms'],
    [999_600_000, 'nanoseconds', '1 s'],
    [1_844_000_000, 'nanoseconds', '1.84 s'],
    [59.9e9, 'nanoseconds', '59.9 s'],
    [59.94e9, 'nanoseconds', '59.9 s'],
    [59.96e9, 'nanoseconds', '1 min'],
    [72.2e9, 'nanoseconds', '1 min 12 s'],
    [-119.6e9, 'nanoseconds', '-2 min'],
    [3599.4e9, 'nanoseconds', '59 min 59 s'],
    [3599.6e9, 'nanoseconds', '1 h'],
    [2 * 3600e9, 'nanoseconds', '2 h'],
    [7500e9, 'nanoseconds', '2 h 5 min'],
    [36 * 3600e9, 'nanoseconds', '1 d 12 h'],
    [12_345 * 86_400e9, 'nanoseconds', '12,345 d'],
    [-50_000_000, 'nanoseconds', '-50 ms'],
    [512, 'bytes', '512 B'],
    [1024, 'bytes', '1 KiB'],
    [12.5 * 2 ** 20, 'bytes', '12.5 MiB'],
    [3 * 2 ** 60, 'bytes', '3,072 PiB'],
    [1203, 'count', '1,203'],
    [12_345_678, 'count', '12.35M'],
    [7, 'requests', '7 requests'],
    // As producers may call them.
    [1_500, 'microseconds', '1.5 ms'],
    [-90, 'seconds', '-1 min 30 s'],
    [12.5, 'MiB', '12.5 MiB'],
    [1536, 'By', '1.5 KiB'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(english.weight(value, unit).replace('µ', 'μ')).toBe(text);
  });

  it('tell the direction of a change', () => {
    expect(english.change(2e9, 'nanoseconds')).toBe('+2 s');
    expect(english.change(-2e9, 'nanoseconds')).toBe('-2 s');
    expect(english.change(0, 'nanoseconds')).toBe('0');
    expect(english.change(-98e9, 'nanoseconds')).toBe('-1 min 38 s');
  });

  it('are written for the locale', () => {
    expect(seen('de').weight(1_844_000_000, 'nanoseconds')).toMatch(/^1,84\s(s|Sek\.)$/);
    expect(seen('de').share(0.1234)).toMatch(/^12,3\s%$/);
    expect(seen('sv').weight(72e9, 'nanoseconds')).toBe('1 min 12 s');
    expect(seen('zh').weight(72e9, 'nanoseconds')).toBe('1分钟 12秒');
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

describe('figures in text of the other direction', () => {
  const hebrew = createNumberFormat('he');

  it.each([
    [createNumberFormat('en').weight(5e9, 'nanoseconds'), '\u20665\u00a0s\u2069'],
    [createNumberFormat('en').change(-1203, 'count'), '\u2066-1,203\u2069'],
    [createNumberFormat('en').shareChange(0.042), '\u2066+4.2%\u2069'],
    [createNumberFormat('en').points(-0.074), '\u2066-7.4\u2069'],
    [hebrew.weight(2 ** 20, 'bytes'), '\u20661\u00a0MiB\u2069'],
  ])('are kept together: %s', (text, expected) => {
    expect(text).toBe(expected);
  });

  it('run as their own unit does', () => {
    expect(hebrew.weight(5e9, 'nanoseconds')).toMatch(/^\u20675\s[\u0590-\u05ff].*\u2069$/);
  });

  it('are bare where they are nothing but digits', () => {
    expect(createNumberFormat('en').count(1203)).toBe('1,203');
    expect(createNumberFormat('en').share(0.5)).toBe('50%');
  });
});
