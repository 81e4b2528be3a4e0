import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { UserError } from '../errors.ts';

/**
 * The files that paths stand for, folders with all that is below them, in the order of their names.
 * Hidden files and those that end in `.tmp` or `.part` are left out: someone is still writing them.
 *
 * @throws UserError when a path does not exist
 */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) throw new UserError(`There is no file or folder ${path}.`);
    if (!found.isDirectory()) {
      files.push(path);
      continue;
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    files.push(
      ...entries
        .filter((entry) => entry.isFile() && !isUnfinished(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort(),
    );
  }
  return [...new Set(files)];
}

function isUnfinished(name: string): boolean {
  return name.startsWith('.') || name.endsWith('.tmp') || name.endsWith('.part');
}
