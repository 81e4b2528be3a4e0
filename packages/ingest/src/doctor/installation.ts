/** What a command that puts something right has to say, to mean the tables that were looked at. */
export interface Installation {
  /** The database that people ask. */
  readonly database: string;
  /** The one that has this server's rows: another, where the tables are over the shards of a cluster. */
  readonly local: string;
  /** That cluster. */
  readonly cluster?: string;
  readonly replicated: boolean;
}

/**
 *     { database: 'shop', cluster: 'pair', replicated: false, … }, '--ttl 30d'
 *     →  hyperflame migrate --database shop --distributed pair --ttl 30d
 */
export function migrateCommand(
  { database, cluster, replicated }: Installation,
  ...more: string[]
): string {
  return [
    `hyperflame migrate --database ${word(database)}`,
    ...(cluster === undefined ? [] : [`--distributed ${word(cluster)}`]),
    ...(replicated ? ['--replicated'] : []),
    ...more,
  ].join(' ');
}

/** The other commands go by the tables that are there. */
export function command(name: string, { database }: Installation): string {
  return `hyperflame ${name} --database ${word(database)}`;
}

/** As a shell takes it for one word: `it's` → `'it'\''s'`. */
export function word(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
