import type { Unit } from './stacks.ts';

/** Units of time, in nanoseconds. */
const NANOSECONDS: Readonly<Record<string, number>> = {
  nanosecond: 1,
  ns: 1,
  microsecond: 1e3,
  us: 1e3,
  millisecond: 1e6,
  ms: 1e6,
  second: 1e9,
  sec: 1e9,
  s: 1e9,
  minute: 60e9,
  min: 60e9,
  hour: 3600e9,
  hr: 3600e9,
};

/** `kilobyte`, `MB`, `KiB`, and `By` of OpenTelemetry: pprof takes 1024 bytes for a kilobyte too. */
const BYTES = /^([kmgt]?)(ilo|ega|iga|era)?i?b(y|yte)?$/;

/**
 * The unit that people read such weights in, and what to multiply them with: `microseconds`, `us` and
 * `µs` are a thousand `nanoseconds` each, `KiB` are 1024 `bytes`. Any other unit is its own.
 */
export function baseUnit(unit: string): { readonly unit: Unit; readonly factor: number } {
  // The sign for micro, and the Greek letter that looks like it.
  const lower = unit.toLowerCase().replace(/^[µμ]/, 'u');
  if (lower === 'none' || lower === '') return { unit: 'count', factor: 1 };
  // Of several, such as `bytes` or `mins`; seconds are `s`.
  for (const one of [lower, lower.replace(/s$/, '')]) {
    if (Object.hasOwn(NANOSECONDS, one)) return { unit: 'nanoseconds', factor: NANOSECONDS[one] };
    const size = BYTES.exec(one);
    if (size) return { unit: 'bytes', factor: 1024 ** ' kmgt'.indexOf(size[1] || ' ') };
  }
  return { unit, factor: 1 };
}
