import { baseUnit, type Unit } from '@hyperflame/calltree';
import { shortText } from './displayText.ts';

/**
 * Numbers as people of one locale read them. All of them come from `Intl`, with three significant
 * digits where a weight is shown and none lost where it is exact; from a minute on in two parts. All but
 * bare digits are between marks of direction (U+2066 or U+2067, and U+2069), which are not seen: without
 * them `-12 ms` reads `ms 12-` in a text that runs from right to left.
 */
export interface NumberFormat {
  /** `1.84 s`, `1 min 12 s`, `12.5 MiB`, `1,203` */
  weight(value: number, unit: Unit): string;
  /** The same with its sign: `+1.84 s`, `-12.5 MiB`, `0` */
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

/** How many of the base unit make one, and its name: that which `Intl` knows, or our own. */
type Step = readonly [size: number, name: string];

const SECOND = 1e9;

const STEPS: Readonly<Record<string, readonly Step[]>> = {
  nanoseconds: [
    [1, 'nanosecond'],
    [1e3, 'microsecond'],
    [1e6, 'millisecond'],
    [SECOND, 'second'],
    [60 * SECOND, 'minute'],
    [3600 * SECOND, 'hour'],
    [86_400 * SECOND, 'day'],
  ],
  // Profilers count memory in powers of 1024, which `Intl` has no names for.
  bytes: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map((name, i) => [1024 ** i, name]),
};

const BIG_COUNT = 1e6;
/** Units are what a producer calls them. */
const LONGEST_UNIT = 40;
/** Keeps a number and its unit on one line. */
const SPACE = '\u00a0';

/** How weights, shares and counts are written in a locale; the reader's own if none is said. */
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
    const steps = Object.hasOwn(STEPS, unit) ? STEPS[unit] : undefined;
    const base = steps ? undefined : baseUnit(unit);
    if (base && Object.hasOwn(STEPS, base.unit)) {
      return weight(value * base.factor, base.unit, sign);
    }
    if (!steps) {
      const number = format(value, {
        ...sign,
        maximumFractionDigits: 2,
        ...(size >= BIG_COUNT ? { notation: 'compact' } : {}),
      });
      return base?.unit === 'count' ? number : `${number} ${shortText(unit, LONGEST_UNIT)}`;
    }
    let at = 0;
    const isTime = unit === 'nanoseconds';
    // Minutes and more are told in two parts, because nobody subtracts decimals of them.
    const partOf = (at: number): number => (isTime && steps[at][0] > SECOND ? steps[at - 1][0] : 0);
    // 999.6 ms would be written as 1,000 ms, and 59.96 s as 60 s: round as the text will before choosing.
    const written = (at: number): number => {
      const below = partOf(at);
      if (below) return Math.round(size / below) * below;
      const ratio = size / steps[at][0];
      return (ratio < 1000 ? Number(ratio.toPrecision(3)) : Math.round(ratio)) * steps[at][0];
    };
    while (at + 1 < steps.length && written(at) >= steps[at + 1][0]) at++;
    const [step, name] = steps[at];
    const below = partOf(at);
    const rounded = below ? Math.round(value / below) * below : value;
    const rest = below && rounded % step;
    const text = format((rounded - rest) / step, {
      ...sign,
      // Past the last step a number keeps its integer digits: 3,072 PiB, not 3,070 PiB.
      ...(size / step >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }),
      ...(isTime ? { style: 'unit', unit: name, unitDisplay: 'narrow' } : {}),
    });
    if (!isTime) return text + SPACE + name;
    // Some locales have "5s" and "5m", which stand beside our own "5 MiB", and may be metres.
    const told = text.replace(/\d(?=[a-zµμ])/i, `$&${SPACE}`).replace(/\u00a0m$/, `${SPACE}min`);
    return rest ? told + SPACE + weight(Math.abs(rest), unit, {}) : told;
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

  const signed = { signDisplay: 'exceptZero' } as const;
  return {
    weight: (value, unit) => isolated(weight(value, unit, {})),
    change: (value, unit) => isolated(weight(value, unit, signed)),
    share: (ratio) => isolated(share(ratio, {})),
    shareChange: (ratio) => isolated(share(ratio, signed)),
    points: (ratio) => isolated(format(ratio * 100, { ...signed, maximumFractionDigits: 1 })),
    count: (value) => isolated(format(value, { maximumFractionDigits: 0 })),
  };
}

/** A figure that text of the other direction around it does not tear apart, nor it that text. */
function isolated(text: string): string {
  if (/^[\d.,%]+$/.test(text)) return text;
  return `${/[\u0590-\u08ff]/.test(text) ? '\u2067' : '\u2066'}${text}\u2069`;
}

/** `part / whole`, and 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Whether a weight is just the number of its samples, which is then told once. */
export function isSampleCount(unit: Unit, weight: number, count: number): boolean {
  return unit === 'count' && weight === count;
}
