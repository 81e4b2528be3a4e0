import { describe, expect, it } from 'vitest';
import { weightText } from './weight-text.ts';

describe('weightText', () => {
  it.each<[number, string, string]>([
    [0, 'nanoseconds', '0 ns'],
    [999, 'nanoseconds', '999 ns'],
    [1_250_000_000, 'nanoseconds', '1.25 s'],
    [-90e9, 'nanoseconds', '-1.5 min'],
    [3.5 * 2 ** 20, 'bytes', '3.5 MiB'],
    [123_456, 'count', '123456'],
    [7, 'cache misses', '7 cache misses'],
    [7, 'B\u202eym', '7 B\ufffdym'],
    [7, 'x'.repeat(1_000_000), `7 ${'x'.repeat(40)}…`],
  ])('of %s %s is %s', (weight, unit, text) => {
    expect(weightText(weight, unit)).toBe(text);
  });
});
