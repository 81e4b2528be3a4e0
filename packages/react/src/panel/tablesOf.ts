import type { QueryStats } from '@hyperflame/sdk';

/** The tables that answered, each once: `otel_profiles, otel_profiles_rollup_1h`. */
export function tablesOf({ tables }: QueryStats): string {
  return [...new Set(tables.map(({ table }) => table))].join(', ');
}
