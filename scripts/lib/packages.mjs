// The packages of this repository, each after those that it is built on.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { contentHash } from './stamps.mjs';

/**
 * @typedef {object} Package
 * @property {string} name the folder's: `calltree`
 * @property {string} npmName `@hyperflame/calltree`
 * @property {string} folder
 * @property {boolean} isPublic
 */

export const SCOPE = '@hyperflame/';
const ORDER = ['calltree', 'sdk', 'react', 'ingest', 'embedded'];

/** @type {readonly Package[]} */
export const packages = ORDER.map((name) => {
  const folder = join(root, 'packages', name);
  const { private: isPrivate } = manifestOf(folder);
  return { name, npmName: `${SCOPE}${name}`, folder, isPublic: !isPrivate };
});

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {{ node: string }} engines
 * @property {Record<string, string>} [bin]
 * @property {Record<string, unknown>} exports
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * Our own packages that this one depends on, directly or through another.
 *
 * @param {Package} pkg
 * @returns {Package[]}
 */
export function ownDependencies(pkg) {
  const direct = Object.keys(manifestOf(pkg.folder).dependencies ?? {});
  const found = packages.filter(({ npmName }) => direct.includes(npmName));
  return packages.filter(
    (other) => found.includes(other) || found.some((dep) => ownDependencies(dep).includes(other)),
  );
}

/** Tests, and what only tests import, are no part of a build. */
const isSource = (/** @type {string} */ name) => !/\.test\.tsx?$|\/(testing|fixtures)\//.test(name);

/**
 * Everything that a package's `dist` is made from: its sources, how it is built, the lockfile (which
 * pins the builder), and the same of the packages below it.
 *
 * @param {Package} pkg
 */
export function buildStamp(pkg) {
  const shared = ['package-lock.json', 'tsconfig.json', 'scripts/lib/tsdown.ts'];
  const own = [pkg, ...ownDependencies(pkg)].flatMap(({ name, folder }) =>
    [
      join(folder, 'src'),
      join(folder, 'package.json'),
      join(folder, 'tsdown.config.ts'),
      // The one package that carries files from elsewhere.
      ...(name === 'ingest' ? [join(root, 'sql')] : []),
    ].filter((path) => existsSync(path)),
  );
  return contentHash(root, [...shared.map((path) => join(root, path)), ...own], isSource);
}
