import { shortText } from '../frames/display-text.ts';
import type { Unit } from '../model/stacks.ts';

/** Sizes and names of a unit's steps, the largest first. */
export type UnitSteps = readonly (readonly [size: number, name: string])[];

const TIMES: UnitSteps = [
  [86_400e9, 'd'],
  [3_600e9, 'h'],
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

const SIZES: UnitSteps = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
];

/** A weight with three figures and its unit, the same in every language: `1.25 s`, `3.5 MiB`, `42`. */
export function weightText(weight: number, unit: Unit): string {
  const steps = unitSteps(unit);
  const [size, name] = steps.find(([size]) => Math.abs(weight) >= size) ?? steps[steps.length - 1];
  return `${rounded(weight / size)} ${name}`.trimEnd();
}

/** The steps that a weight in this unit is written in; one without a name for bare numbers. */
export function unitSteps(unit: Unit): UnitSteps {
  if (unit === 'nanoseconds') return TIMES;
  if (unit === 'bytes') return SIZES;
  return [[1, unit === 'count' ? '' : unitText(unit)]];
}

/** A unit as it is shown: a file may call it anything. */
export function unitText(unit: Unit): string {
  return shortText(unit, 40);
}

/** A part of a whole: `12.3 %`. */
export function percentText(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${((part / whole) * 100).toFixed(1)} %`;
}

function rounded(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
