const plural = new Intl.PluralRules('en');

/** `1 sample`, `2 samples`, `0.4 samples` */
export function counted(count: number, formatted: string, one: string, other: string): string {
  return `${formatted} ${plural.select(count) === 'one' ? one : other}`;
}
