const UNITS: readonly [nanos: number, unit: string][] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
];

/**
 * 82 340 000 → '82.3 ms'. Three digits are as much as an eye compares. They are rounded before a unit
 * is chosen: 999 600 000 are '1.00 s', as nobody writes 1000 ms.
 */
export function formatDuration(nanos: number): string {
  const size = Math.abs(nanos);
  const rounded = size < 1000 ? Math.round(size) : Number(size.toPrecision(3));
  const [least, unit] = UNITS.find(([nanosOfUnit]) => rounded >= nanosOfUnit) ?? [1, 'ns'];
  const digits = unit === 'ns' || rounded >= 100 * least ? 0 : rounded >= 10 * least ? 1 : 2;
  const sign = nanos < 0 && rounded > 0 ? '-' : '';
  return `${sign}${(size / least).toFixed(digits)} ${unit}`;
}

const dateTime = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const timeOnly = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const count = new Intl.NumberFormat();

export function formatDateTime(millis: number): string {
  return dateTime.format(millis);
}

export function formatTime(millis: number): string {
  return timeOnly.format(millis);
}

export function formatCount(value: number): string {
  return count.format(value);
}

/** plural(1, 'span') → '1 span', plural(6, 'span') → '6 spans' */
export function plural(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}
