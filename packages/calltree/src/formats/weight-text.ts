import { shortText } from '../frames/display-text.ts';
import { baseUnit } from '../model/base-unit.ts';
import type { Unit } from '../model/stacks.ts';

type UnitStep = readonly [size: number, name: string];

/**
 * Sizes and names of a unit's steps, the largest first; and the step that the rest is told in, where
 * nobody reads decimals: `1 min 30 s`, not `1.5 min`.
 */
export type UnitSteps = readonly (UnitStep | readonly [...UnitStep, below: UnitStep])[];

const TIMES: UnitSteps = [
  [86_400e9, 'd', [3_600e9, 'h']],
  [3_600e9, 'h', [60e9, 'min']],
  [60e9, 'min', [1e9, 's']],
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
  // 999.6 µs would be written as 1000 µs: round as the text will before choosing.
  const step = steps.find(([size]) => Math.abs(weight) >= size * 0.9995) ?? steps[steps.length - 1];
  const [size, name, below] = step;
  if (!below) return `${rounded(weight / size)} ${name}`.trimEnd();
  const whole = Math.round(weight / below[0]) * below[0];
  const rest = whole % size;
  const told = `${(whole - rest) / size} ${name}`;
  return rest === 0 ? told : `${told} ${Math.abs(rest) / below[0]} ${below[1]}`;
}

/** The steps that a weight in this unit is written in; one without a name for bare numbers. */
export function unitSteps(unit: Unit): UnitSteps {
  const { unit: base, factor } = baseUnit(unit);
  const steps = base === 'nanoseconds' ? TIMES : base === 'bytes' ? SIZES : undefined;
  if (!steps) return [[1, base === 'count' ? '' : unitText(unit)]];
  return steps.map(([size, name, below]) =>
    below ? [size / factor, name, [below[0] / factor, below[1]]] : [size / factor, name],
  );
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
