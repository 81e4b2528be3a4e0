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
  return filesOf('migrations');
}

/** What only tables of an earlier version need; each runs before the migration of its number. */
export function upgrades(): Migration[] {
  return filesOf('upgrade');
}

function filesOf(folder: 'migrations' | 'upgrade'): Migration[] {
  const path = join(sqlFolder(), folder);
  return readdirSync(path)
    .filter((file) => /^\d+_.*\.sql$/.test(file))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.sql'.length),
      sql: readFileSync(join(path, file), 'utf8'),
    }));
}

/** The built package carries a copy; the sources read the repository's own. */
function sqlFolder(): string {
  const fromSources = import.meta.url.endsWith('.ts');
  return fromSources ? join(packageRoot(), '..', '..', 'sql') : join(packageRoot(), 'dist', 'sql');
}
