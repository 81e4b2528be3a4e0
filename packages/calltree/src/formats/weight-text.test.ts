import { describe, expect, it } from 'vitest';
import { weightText } from './weight-text.ts';

describe('weightText', () => {
  it.each<[number, string, string]>([
    [0, 'nanoseconds', '0 ns'],
    [999, 'nanoseconds', '999 ns'],
    [1_250_000_000, 'nanoseconds', '1.25 s'],
    [999_600, 'nanoseconds', '1 ms'],
    [59.98e9, 'nanoseconds', '1 min'],
    [-90e9, 'nanoseconds', '-1 min 30 s'],
    [3.5 * 3600e9, 'nanoseconds', '3 h 30 min'],
    [36 * 3600e9 + 5e9, 'nanoseconds', '1 d 12 h'],
    [1023.9 * 2 ** 10, 'bytes', '1 MiB'],
    [3.5 * 2 ** 20, 'bytes', '3.5 MiB'],
    [123_456, 'count', '123456'],
    [7, 'cache misses', '7 cache misses'],
    [1_250, 'microseconds', '1.25 ms'],
    [0.5, 'microseconds', '500 ns'],
    [90, 's', '1 min 30 s'],
    [3.5, 'MiB', '3.5 MiB'],
    [3, 'none', '3'],
    [7, 'B\u202eym', '7 B\ufffdym'],
    [7, 'x'.repeat(1_000_000), `7 ${'x'.repeat(40)}…`],
  ])('of %s %s is %s', (weight, unit, text) => {
    expect(weightText(weight, unit)).toBe(text);
  });
});
