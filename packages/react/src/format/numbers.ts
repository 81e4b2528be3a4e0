import type { Unit } from '@hyperflame/calltree';

/**
 * Numbers as people of one locale read them. All of them come from `Intl`, with three significant
 * digits where a weight is shown and none lost where it is exact.
 */
export interface NumberFormat {
  /** `1.84s`, `12.5 MiB`, `1,203` */
  weight(value: number, unit: Unit): string;
  /** The same with its sign: `+1.84s`, `-12.5 MiB`, `0` */
  change(value: number, unit: Unit): string;
  /** A part of a whole: `0.1234` → `12.3%` */
  share(ratio: number): string;
  /** A change as a part of what it began with: `+4.2%` */
  shareChange(ratio: number): string;
  /** A difference of two shares, in hundredths of the whole and without a unit: `+4.2` */
  points(ratio: number): string;
  /** A whole number with its groups: `12,403` */
  count(value: number): string;
}

interface Step {
  /** How many of the base unit make one. */
  readonly size: number;
  /** Unit identifier for `Intl`, or a suffix of our own where `Intl` has none. */
  readonly intl?: string;
  readonly suffix?: string;
}

const SECOND = 1e9;

const STEPS: Readonly<Record<string, readonly Step[]>> = {
  nanoseconds: [
    { size: 1, intl: 'nanosecond', suffix: 'ns' },
    { size: 1e3, intl: 'microsecond', suffix: 'µs' },
    { size: 1e6, intl: 'millisecond', suffix: 'ms' },
    { size: SECOND, intl: 'second', suffix: 's' },
    { size: 60 * SECOND, intl: 'minute', suffix: 'min' },
    { size: 3600 * SECOND, intl: 'hour', suffix: 'h' },
    { size: 86_400 * SECOND, intl: 'day', suffix: 'd' },
  ],
  // Profilers count memory in powers of 1024, which `Intl` has no names for.
  bytes: [
    { size: 1, intl: 'byte', suffix: 'B' },
    { size: 2 ** 10, suffix: 'KiB' },
    { size: 2 ** 20, suffix: 'MiB' },
    { size: 2 ** 30, suffix: 'GiB' },
    { size: 2 ** 40, suffix: 'TiB' },
    { size: 2 ** 50, suffix: 'PiB' },
  ],
};

const BIG_COUNT = 1e6;

export function createNumberFormat(locale?: string): NumberFormat {
  const made = new Map<string, Intl.NumberFormat>();
  const format = (value: number, options: Intl.NumberFormatOptions): string => {
    const key = JSON.stringify(options);
    let one = made.get(key);
    if (!one) made.set(key, (one = new Intl.NumberFormat(locale, options)));
    // Nothing of a negative whole is -0, which would be written with its sign.
    return one.format(value + 0);
  };

  const weight = (value: number, unit: Unit, sign: Intl.NumberFormatOptions): string => {
    const size = Math.abs(value);
    if (value === 0) return format(0, sign);
    const steps = STEPS[unit];
    if (!steps) {
      const number = format(value, {
        ...sign,
        maximumFractionDigits: 2,
        ...(size >= BIG_COUNT ? { notation: 'compact' } : {}),
      });
      return unit === 'count' || unit === '' ? number : `${number} ${unit}`;
    }
    let step = steps[0];
    // 999.6 ms would be written as 1,000 ms: round as the text will before choosing.
    for (const next of steps) if (size >= next.size * 0.9995) step = next;
    // Past the last step a number keeps its integer digits: 1,235 d, not 1,240 d.
    const digits: Intl.NumberFormatOptions =
      size / step.size >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
    return withUnit(format, value / step.size, { ...sign, ...digits }, step);
  };

  // Tenths of a percent, and more digits only where tenths would say 0.
  const share = (ratio: number, sign: Intl.NumberFormatOptions): string =>
    format(ratio, {
      ...sign,
      style: 'percent',
      ...(Math.abs(ratio) < 0.001
        ? { maximumSignificantDigits: 1, maximumFractionDigits: 4 }
        : { maximumFractionDigits: 1 }),
    });

  return {
    weight: (value, unit) => weight(value, unit, {}),
    change: (value, unit) => weight(value, unit, { signDisplay: 'exceptZero' }),
    share: (ratio) => share(ratio, {}),
    shareChange: (ratio) => share(ratio, { signDisplay: 'exceptZero' }),
    points: (ratio) => format(ratio * 100, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }),
    count: (value) => format(value, { maximumFractionDigits: 0 }),
  };
}

function withUnit(
  format: (value: number, options: Intl.NumberFormatOptions) => string,
  value: number,
  options: Intl.NumberFormatOptions,
  { intl, suffix }: Step,
): string {
  if (intl) {
    try {
      return format(value, { ...options, style: 'unit', unit: intl, unitDisplay: 'narrow' });
    } catch {
      // Older engines do not know the smallest units of time.
    }
  }
  return `${format(value, options)} ${suffix}`;
}

/** `part / whole`, and 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
