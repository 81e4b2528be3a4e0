// From a package's folder to a consumer's: packed as npm would publish it, installed from the tarball.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { subset } from 'semver';
import { manifestOf, ownDependencies } from '../lib/packages.mjs';
import { root, run } from '../lib/run.mjs';

/** @typedef {import('../lib/packages.mjs').Package} Package */
/** @typedef {{ tarball: string, files: string[] }} Packed a tarball's path, and the paths in it */

/**
 * @param {Package} pkg
 * @param {string} folder where the tarball goes
 * @returns {Promise<Packed>}
 */
export async function pack(pkg, folder) {
  const answer = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: pkg.folder,
  });
  const [{ filename, files }] = packed(answer);
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}

/**
 * What is wrong with the files in a tarball: something that no user needs, or something missing that
 * every user looks for.
 *
 * @param {string[]} files
 * @returns {string[]}
 */
export function contentProblems(files) {
  const stray = /(^|\/)src\/|\.test\.|_test\.go$|\.(mjs|wasm|map)$/;
  // The scripts that are started as workers are whole: other people's code is in them.
  const bundled = files.filter((file) => /\/worker\/((file|write)-)?worker\.js$/.test(file));
  return [
    ...files.filter((file) => stray.test(file)).map((file) => `${file} does not belong in it`),
    ...['README.md', 'LICENSE', ...bundled.map((file) => `${file}.LICENSE.txt`)]
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing`),
  ];
}

/**
 * What was installed with a package and does not run on every Node that the package itself promises.
 *
 * @param {Package} pkg
 * @param {{ packages: Record<string, { engines?: { node?: string } }> }} installed npm's lockfile of it
 * @returns {string[]}
 */
export function engineProblems(pkg, { packages }) {
  const { engines } = manifestOf(pkg.folder);
  return Object.entries(packages)
    .filter(([, dependency]) => !subset(engines.node, dependency.engines?.node ?? '*'))
    .map(
      ([path, dependency]) =>
        `${path} needs Node ${dependency.engines?.node}, but ${pkg.npmName} is for ${engines.node}`,
    );
}

/**
 * npm 11 and older answer with a list, newer ones with an object keyed by package name.
 *
 * @param {string} json
 * @returns {{ filename: string, files: { path: string }[] }[]}
 */
export function packed(json) {
  return Object.values(JSON.parse(json));
}

/**
 * Packages whose types come apart from them, as every TypeScript user of theirs has them.
 *
 * @type {Record<string, string[]>}
 */
const TYPES_OF = {
  react: ['@types/react'],
  'react-dom': ['@types/react-dom'],
  '@clickhouse/client': ['@types/node'],
};

/** The oldest peers that are promised; the newest are those that the repository itself has. */
export const OLDEST_PEERS = { react: '18.3.1', 'react-dom': '18.3.1' };

/**
 * The package.json of somebody who uses one package and nothing else: its tarball, those of ours that
 * it needs (they are not on any registry yet), and its peers.
 *
 * @param {Package} pkg
 * @param {Record<string, Packed>} tarballs by npm name
 * @param {Record<string, string>} [versions] of peers; the repository's own when absent
 */
export function consumerManifest(pkg, tarballs, versions = {}) {
  const { dependencies = {}, peerDependencies = {} } = manifestOf(pkg.folder);
  const peers = Object.keys(peerDependencies);
  const types = [...peers, ...Object.keys(dependencies)].flatMap((name) => TYPES_OF[name] ?? []);
  const beside = [...peers, ...types].map((name) => [
    name,
    versions[name] ?? installedVersion(name),
  ]);
  const ours = [pkg, ...ownDependencies(pkg)].map(({ npmName }) => [
    npmName,
    `file:${tarballs[npmName].tarball}`,
  ]);
  return { private: true, type: 'module', dependencies: Object.fromEntries([...beside, ...ours]) };
}

/** @param {string} name */
function installedVersion(name) {
  return manifestOf(join(root, 'node_modules', name)).version;
}

/**
 * @param {Package} pkg
 * @param {Record<string, Packed>} tarballs
 * @param {string} folder
 * @param {Record<string, string>} [versions] of peers
 */
export async function install(pkg, tarballs, folder, versions) {
  mkdirSync(folder, { recursive: true });
  const manifest = consumerManifest(pkg, tarballs, versions);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quiet, '--no-package-lock'], { cwd: folder });
}
