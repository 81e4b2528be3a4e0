import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, TTL } from './database.ts';

const FOLDER = join(import.meta.dirname, '../../sql/history');

/** The earlier versions of the profile tables, the oldest first. */
export function earlierVersions(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(a) - Number(b));
}

/** Whether an earlier version had rollups, so that nothing of its samples is to be filled in. */
export function hadRollups(version: string): boolean {
  return readdirSync(join(FOLDER, version)).some((file) => file.endsWith('_rollups.sql'));
}

/** Makes a database as an earlier version made it. */
export async function makeEarlier(url: string, database: string, version: string): Promise<void> {
  await command(url, `CREATE DATABASE ${database}`);
  const folder = join(FOLDER, version);
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8')
      .replaceAll('${DATABASE}', database)
      .replaceAll('${TABLES_TTL}', `toIntervalDay(${Number.parseInt(TTL)})`);
    // Each statement ends at the end of a line, as goose wants it.
    for (const statement of text.split(/;\s*$/m)) {
      if (statement.trim() !== '') await command(url, statement);
    }
  }
}
