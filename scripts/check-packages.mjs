// npm run check:packages: each public package as its users will get it. Packs it, lets publint and
// attw judge the tarball, installs that in an empty folder, and uses it from there as an ESM, a
// CommonJS, a TypeScript and a bundled-browser consumer. `--json FILE` writes the results.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import {
  browserConsumer,
  commands,
  commonJsConsumer,
  esmConsumer,
  serverComponentConsumer,
  typesConsumer,
} from './check-packages/consume.mjs';
import { lintPackage, lintTypes } from './check-packages/lint.mjs';
import {
  contentProblems,
  engineProblems,
  install,
  OLDEST_PEERS,
  pack,
} from './check-packages/pack.mjs';
import { CHROMIUM_FLAGS, findChromium } from './lib/chromium.mjs';
import { manifestOf, ownDependencies, packages } from './lib/packages.mjs';
import { PlainError, program } from './lib/program.mjs';
import { duration, say } from './lib/say.mjs';
import { table } from './lib/table.mjs';

/** @typedef {import('./lib/packages.mjs').Package} Package */
/** @typedef {import('./check-packages/pack.mjs').Packed} Packed */
/** @typedef {{ package: string, check: string, ok: boolean, detail: string }} Result */

/** @type {Result[]} */
const results = [];

/**
 * @param {string} name
 * @param {string} check
 * @param {() => Promise<string>} work throws, or says what it found
 * @returns {Promise<boolean>} whether it passed
 */
async function record(name, check, work) {
  const started = Date.now();
  try {
    const detail = await work();
    results.push({ package: name, check, ok: true, detail });
    say(`✓ ${name} ${check} (${duration(Date.now() - started)})`);
    return true;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    results.push({ package: name, check, ok: false, detail });
    say(`✗ ${name} ${check}: ${detail}`);
    return false;
  }
}

async function checkPackages() {
  const work = mkdtempSync(join(tmpdir(), 'hyperflame-packages-'));
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  try {
    const published = packages.filter(({ isPublic }) => isPublic);
    const tarballs = await packAll(published, join(work, 'tarballs'));
    for (const pkg of published) await checkPackage(pkg, tarballs, join(work, pkg.name), browser);
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {Package[]} published
 * @param {string} folder
 * @returns {Promise<Record<string, Packed>>} by npm name
 */
async function packAll(published, folder) {
  mkdirSync(folder);
  /** @type {Record<string, Packed>} */
  const tarballs = {};
  for (const pkg of published) {
    await record(pkg.npmName, 'pack', async () => {
      tarballs[pkg.npmName] = await pack(pkg, folder);
      return `${tarballs[pkg.npmName].files.length} files`;
    });
  }
  return tarballs;
}

/**
 * @param {Package} pkg
 * @param {Record<string, Packed>} tarballs
 * @param {string} folder the consumer's
 * @param {import('playwright').Browser} browser
 */
async function checkPackage(pkg, tarballs, folder, browser) {
  const name = pkg.npmName;
  if (![pkg, ...ownDependencies(pkg)].every(({ npmName }) => tarballs[npmName])) {
    return void (await record(name, 'use', () => Promise.reject('there is no tarball of it')));
  }
  const { tarball, files } = tarballs[name];
  await record(name, 'contents', async () => {
    const problems = contentProblems(files);
    if (problems.length > 0) throw new PlainError(problems.join('; '));
    return 'what users need and no more';
  });
  await record(name, 'publint', () => lintPackage(tarball));
  await record(name, 'attw', () => lintTypes(tarball));
  const installed = await record(name, 'install', async () => {
    await install(pkg, tarballs, folder);
    return 'installed from its tarball';
  });
  if (!installed) return;
  await record(name, 'engines', async () => {
    const lockfile = readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8');
    const problems = engineProblems(pkg, JSON.parse(lockfile));
    if (problems.length > 0) throw new PlainError(problems.join('; '));
    return 'all that came with it runs on the same versions of Node';
  });
  await record(name, 'types', () => typesConsumer(pkg, folder));
  await record(name, 'ESM', () => esmConsumer(pkg, folder));
  await record(name, 'CommonJS', () => commonJsConsumer(pkg, folder));
  if (manifestOf(pkg.folder).bin) await record(name, 'command', () => commands(pkg, folder));
  await record(name, 'browser', () => browserConsumer(pkg, folder, browser));
  if (!manifestOf(pkg.folder).peerDependencies?.react) return;
  await record(name, 'server component', async () => serverComponentConsumer(pkg, folder));
  await record(name, 'React 18', async () => {
    const older = `${folder}-18`;
    // Its types differ, so npm is told not to compare them; the check is that it runs.
    await install(pkg, tarballs, older, OLDEST_PEERS);
    return `${await esmConsumer(pkg, older)}, ${await browserConsumer(pkg, older, browser)}`;
  });
}

await program(import.meta, async () => {
  await checkPackages();
  const rows = results.map(({ package: name, check, ok, detail }) => [
    name,
    check,
    ok ? 'passed' : 'FAILED',
    detail.split('\n')[0],
  ]);
  console.log(`\n${table([['package', 'check', 'result', 'what'], ...rows])}\n`);
  const failed = results.filter(({ ok }) => !ok).length;
  const flag = process.argv.indexOf('--json');
  if (flag > 0) writeFileSync(process.argv[flag + 1], JSON.stringify(results, null, 2));
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
