import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { UserError } from '../errors.ts';

export interface ListFilesOptions {
  /** Called with a folder that cannot be looked into; the others still are. */
  onUnreadable(folder: string, code: string): void;
  /** A path that was there before may be gone: whoever writes it has given it another name. */
  readonly mayBeGone?: boolean;
}

/**
 * The files that paths stand for, folders with all that is below them, in the order of their names.
 * What is hidden and what ends in `.tmp` or `.part` is left out: someone is still writing it. In a
 * folder, a link to a file is a file; a link to a folder is not followed, as it may lead to itself.
 *
 * @throws UserError when a path does not exist
 */
export async function listFiles(
  paths: readonly string[],
  { onUnreadable, mayBeGone = false }: ListFilesOptions,
): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) {
      if (mayBeGone) continue;
      throw new UserError(`There is no file or folder ${path}.`);
    }
    if (found.isDirectory()) files.push(...(await filesBelow(path, onUnreadable)).sort());
    else files.push(path);
  }
  return [...new Set(files)];
}

async function filesBelow(
  path: string,
  onUnreadable: ListFilesOptions['onUnreadable'],
): Promise<string[]> {
  const files: string[] = [];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      onUnreadable(folder, (error as NodeJS.ErrnoException).code ?? String(error));
      continue;
    }
    for (const entry of entries) {
      if (isUnfinished(entry.name)) continue;
      const at = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(at);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(at)))) files.push(at);
    }
  }
  return files;
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}

function isUnfinished(name: string): boolean {
  return name.startsWith('.') || name.endsWith('.tmp') || name.endsWith('.part');
}
