import { expect, it } from 'vitest';
import { baseUnit } from './base-unit.ts';

it.each<[string, string, number]>([
  ['nanoseconds', 'nanoseconds', 1],
  ['us', 'nanoseconds', 1e3],
  ['Milliseconds', 'nanoseconds', 1e6],
  ['s', 'nanoseconds', 1e9],
  ['sec', 'nanoseconds', 1e9],
  ['\u00b5s', 'nanoseconds', 1e3],
  ['\u03bcs', 'nanoseconds', 1e3],
  ['mins', 'nanoseconds', 60e9],
  ['hour', 'nanoseconds', 3600e9],
  ['bytes', 'bytes', 1],
  ['B', 'bytes', 1],
  ['By', 'bytes', 1],
  ['kb', 'bytes', 1024],
  ['kilobytes', 'bytes', 1024],
  ['KiB', 'bytes', 1024],
  ['MB', 'bytes', 1024 ** 2],
  ['megabyte', 'bytes', 1024 ** 2],
  ['GiBy', 'bytes', 1024 ** 3],
  ['terabytes', 'bytes', 1024 ** 4],
  ['none', 'count', 1],
  ['', 'count', 1],
  ['count', 'count', 1],
  ['objects', 'objects', 1],
  ['cycles', 'cycles', 1],
  ['constructor', 'constructor', 1],
])('%j is %s, times %d', (given, unit, factor) => {
  expect(baseUnit(given)).toEqual({ unit, factor });
});
