/** A table that is made of another by a view, as samples arrive. */
export interface Derived {
  readonly name: string;
  /** The table whose rows its view reads. */
  readonly from: string;
}

/** One row in 25. */
export const SAMPLED: Derived = { name: 'otel_profiles_sampled_25', from: 'otel_profiles_samples' };

/** All that is whole once an hour is. A table comes after the one that it is made of. */
export const BY_HOUR: readonly Derived[] = [
  { name: 'otel_profiles_rollup_1m', from: 'otel_profiles_samples' },
  { name: 'otel_profiles_functions_1h', from: 'otel_profiles_samples' },
  { name: 'otel_profiles_kv_rollup_15m', from: 'otel_profiles_samples' },
  SAMPLED,
  { name: 'otel_profiles_rollup_1h', from: 'otel_profiles_rollup_1m' },
];

export const BY_DAY: readonly Derived[] = [
  { name: 'otel_profiles_rollup_1d', from: 'otel_profiles_rollup_1h' },
  { name: 'otel_profiles_functions_1d', from: 'otel_profiles_functions_1h' },
];

export const DERIVED: readonly Derived[] = [...BY_HOUR, ...BY_DAY];

/** The view that fills a table. */
export const viewOf = (name: string) => `${name}_mv`;

/**
 * Tables, and all that is made of them:
 *
 *     rollup_1m  →  rollup_1m, rollup_1h, rollup_1d
 */
export function withDerived(names: Iterable<string>): string[] {
  const all = new Set(names);
  for (const { name, from } of DERIVED) {
    if (all.has(from)) all.add(name);
  }
  return [...all];
}
