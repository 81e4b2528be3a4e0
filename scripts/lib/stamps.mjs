// Work is done once for each state of its inputs: a stamp is the hash of all that a result was made
// from, kept beside the other caches in node_modules.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './run.mjs';

const FOLDER = join(root, 'node_modules/.cache/hyperflame');

/**
 * All files at or below the given paths, sorted.
 *
 * @param {string[]} paths
 * @returns {string[]}
 */
function filesBelow(paths) {
  return paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name))
        : [path],
    )
    .sort();
}

/**
 * One hash for the names and contents of files and folders. Where the repository lies, and when a
 * file was touched, don't matter.
 *
 * @param {string} base names are taken relative to this
 * @param {string[]} paths files and folders; all must exist
 * @param {(name: string) => boolean} [counts] which files count; all when absent
 */
export function contentHash(base, paths, counts = () => true) {
  const hash = createHash('sha256');
  for (const file of filesBelow(paths)) {
    const name = relative(base, file).split(sep).join('/');
    if (!counts(name)) continue;
    const content = readFileSync(file);
    // Lengths keep `ab` + `c` apart from `a` + `bc`.
    hash.update(`${name.length}:${name}${content.length}:`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} name
 * @param {string} stamp
 */
export function isStamped(name, stamp) {
  try {
    return readFileSync(join(FOLDER, name), 'utf8') === stamp;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {string} stamp
 */
export function setStamp(name, stamp) {
  const file = join(FOLDER, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}
