import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageRoot } from '../package-root.ts';

/** One file of `sql/migrations`, as it is written: with its macros. */
export interface Migration {
  /** File name without its ending, e.g. `00009_otel_profiles`. */
  readonly name: string;
  readonly sql: string;
}

/** All migrations, in the order in which they run. */
export function migrations(): Migration[] {
  const folder = migrationsFolder();
  return readdirSync(folder)
    .filter((file) => /^\d+_.*\.sql$/.test(file))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.sql'.length),
      sql: readFileSync(join(folder, file), 'utf8'),
    }));
}

/** The built package carries a copy; the sources read the repository's own. */
function migrationsFolder(): string {
  const fromSources = import.meta.url.endsWith('.ts');
  return fromSources
    ? join(packageRoot(), '..', '..', 'sql', 'migrations')
    : join(packageRoot(), 'dist', 'sql', 'migrations');
}
