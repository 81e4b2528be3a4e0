import type { Unit } from '../model/stacks.ts';

const TIMES: readonly [size: number, unit: string][] = [
  [86_400e9, 'd'],
  [3_600e9, 'h'],
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

const SIZES: readonly [size: number, unit: string][] = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
];

/** A weight with three figures and its unit, the same in every language: `1.25 s`, `3.5 MiB`, `42`. */
export function weightText(weight: number, unit: Unit): string {
  if (unit === 'nanoseconds') return scaled(weight, TIMES);
  if (unit === 'bytes') return scaled(weight, SIZES);
  return unit === 'count' ? rounded(weight) : `${rounded(weight)} ${unit}`;
}

function scaled(weight: number, steps: readonly [size: number, unit: string][]): string {
  const [size, unit] = steps.find(([size]) => Math.abs(weight) >= size) ?? steps[steps.length - 1];
  return `${rounded(weight / size)} ${unit}`;
}

function rounded(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
