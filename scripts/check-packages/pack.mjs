// From a package's folder to a consumer's: packed as npm would publish it, installed from the tarball.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const stray = /(^|\/)src\/|\.test\.|\.(mjs|wasm|map)$/;
  return [
    ...files.filter((file) => stray.test(file)).map((file) => `${file} does not belong in it`),
    ...['README.md', 'LICENSE']
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing`),
  ];
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
 * Peers whose types come apart from them.
 *
 * @type {Record<string, string[]>}
 */
const PEERS_TYPES = { react: ['@types/react'], 'react-dom': ['@types/react-dom'] };

/**
 * The package.json of somebody who uses one package and nothing else: its tarball, those of ours that
 * it needs (they are not on any registry yet), and its peers.
 *
 * @param {Package} pkg
 * @param {Record<string, Packed>} tarballs by npm name
 */
export function consumerManifest(pkg, tarballs) {
  const { peerDependencies = {} } = manifestOf(pkg.folder);
  const peers = Object.keys(peerDependencies)
    .flatMap((name) => [name, ...(PEERS_TYPES[name] ?? [])])
    .map((name) => [name, installedVersion(name)]);
  const ours = [pkg, ...ownDependencies(pkg)].map(({ npmName }) => [
    npmName,
    `file:${tarballs[npmName].tarball}`,
  ]);
  return { private: true, type: 'module', dependencies: Object.fromEntries([...peers, ...ours]) };
}

/** @param {string} name */
function installedVersion(name) {
  return manifestOf(join(root, 'node_modules', name)).version;
}

/**
 * @param {Package} pkg
 * @param {Record<string, Packed>} tarballs
 * @param {string} folder
 */
export async function install(pkg, tarballs, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(consumerManifest(pkg, tarballs)));
  const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quiet, '--no-package-lock'], { cwd: folder });
}
