import type { Unit } from '../model/stacks.ts';

/** Units of time that files use, in nanoseconds. */
const NANOSECONDS: Readonly<Record<string, number>> = {
  nanoseconds: 1,
  nanosecond: 1,
  ns: 1,
  microseconds: 1e3,
  microsecond: 1e3,
  us: 1e3,
  milliseconds: 1e6,
  millisecond: 1e6,
  ms: 1e6,
  seconds: 1e9,
  second: 1e9,
  s: 1e9,
};

/** The unit that weights are kept in, and what to multiply the file's figures with. */
export function unitOfFile(unit: string): { readonly unit: Unit; readonly factor: number } {
  if (Object.hasOwn(NANOSECONDS, unit)) return { unit: 'nanoseconds', factor: NANOSECONDS[unit] };
  if (unit === 'none' || unit === '') return { unit: 'count', factor: 1 };
  return { unit, factor: 1 };
}
