import type { Unit } from '../model/stacks.ts';

/** Units of time that files use, in nanoseconds. */
const NANOSECONDS: Readonly<Record<string, number>> = {
  nanosecond: 1,
  ns: 1,
  microsecond: 1e3,
  us: 1e3,
  millisecond: 1e6,
  ms: 1e6,
  second: 1e9,
  s: 1e9,
  minute: 60e9,
  min: 60e9,
  hour: 3600e9,
  hr: 3600e9,
};

/** `kilobyte`, `MB`, `KiB`, and `By` of OpenTelemetry: pprof takes 1024 bytes for a kilobyte too. */
const BYTES = /^([kmgt]?)(ilo|ega|iga|era)?i?b(y|yte)?$/;

/** The unit that weights are kept in, and what to multiply the file's figures with. */
export function unitOfFile(unit: string): { readonly unit: Unit; readonly factor: number } {
  const lower = unit.toLowerCase();
  if (lower === 'none' || lower === '') return { unit: 'count', factor: 1 };
  // Of several, such as `bytes` or `mins`; seconds are `s`.
  for (const one of [lower, lower.replace(/s$/, '')]) {
    if (Object.hasOwn(NANOSECONDS, one)) return { unit: 'nanoseconds', factor: NANOSECONDS[one] };
    const size = BYTES.exec(one);
    if (size) return { unit: 'bytes', factor: 1024 ** ' kmgt'.indexOf(size[1] || ' ') };
  }
  return { unit, factor: 1 };
}
