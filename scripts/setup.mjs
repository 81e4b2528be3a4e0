// npm run setup: brings a fresh clone to where everything can run. Needs nothing but Node 20.19 and
// npm; whatever is there already is left alone, so calling it again costs a moment.
//
//   node scripts/setup.mjs          dependencies, packages, Chromium, Collector
//
// The other scripts import the parts that they need.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { chdbLibrary } from './lib/chdb.mjs';
import { outdated } from './lib/lockfile.mjs';
import { manifestOf } from './lib/packages.mjs';
import { PlainError, program } from './lib/program.mjs';
import { attempt, root, run } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';

/** @param {string} path */
function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Installs what package-lock.json names, unless it is installed. */
export async function ensureDependencies() {
  const wanted = readJson(join(root, 'package-lock.json'));
  const missing = outdated(wanted, readJson(join(root, 'node_modules/.package-lock.json')));
  if (missing.length === 0) return;
  await step(`Installing dependencies with npm (${missing.length} packages to bring in)`, () =>
    // What builds and tests the packages is for development, also where NODE_ENV says production.
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']),
  );
}

/**
 * The library with the embedded ClickHouse server. The lockfile has the one for Linux on x64; on
 * another platform that has one it is brought in beside it. Where there is none, a server of one's
 * own does: that is said, and is no failure yet.
 */
async function ensureClickHouse() {
  if (process.env.CLICKHOUSE_URL) return;
  const { optionalDependencies = {} } = manifestOf(join(root, 'packages/embedded'));
  const library = chdbLibrary(optionalDependencies, process.platform, process.arch);
  if (!library) {
    say(
      `• There is no embedded ClickHouse for ${process.platform} on ${process.arch}: ` +
        'set CLICKHOUSE_URL to a server of your own.',
    );
    return;
  }
  if (existsSync(join(root, 'node_modules', library.name))) return;
  await step(`Installing the embedded ClickHouse for this platform (${library.name})`, () =>
    run('npm', ['install', '--no-save', `${library.name}@${library.version}`]),
  );
}

/** Every package's `dist`, in a process of the pinned Node, which may be younger than this one. */
export async function ensureBuilt() {
  const { code } = await attempt('node', ['scripts/build.mjs'], { show: true });
  if (code !== 0) throw new PlainError('The packages could not be built.');
}

/**
 * The Collector's binary, built with Go the first time.
 *
 * @returns {Promise<string>} its path
 * @throws {PlainError} that says what is missing
 */
export async function ensureCollector() {
  const { buildCollector, CollectorBuildError } =
    await import('../packages/ingest/scripts/build-collector.mjs');
  try {
    return await buildCollector({ log: (line) => say(`  ${line}`) });
  } catch (error) {
    throw error instanceof CollectorBuildError ? new PlainError(error.message) : error;
  }
}

/**
 * A Chromium for stories and end-to-end tests: one that is there, or else one that is brought in.
 *
 * @returns {Promise<string>} its path
 * @throws {PlainError} that says what to do
 */
export async function ensureChromium() {
  let found = findChromium();
  if (!found && isRootOnDebian()) {
    await step('Installing Chromium with apt-get', async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await attempt('apt-get', ['update', '-q'], { env });
      await attempt('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], { env });
    });
    found = findChromium();
  }
  if (!found) {
    await step("Downloading Playwright's Chromium", () =>
      attempt('npx', ['playwright', 'install', 'chromium']),
    );
    found = findChromium();
  }
  if (!found) {
    throw new PlainError(
      'No Chromium was found and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one.',
    );
  }
  return found;
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** What every other script starts with. */
export async function setup() {
  await ensureDependencies();
  await ensureClickHouse();
  await ensureBuilt();
}

await program(import.meta, async () => {
  await setup();
  say(`• Chromium: ${await ensureChromium()}`);
  say(`• Collector: ${await ensureCollector()}`);
  say('Everything is in place.');
});
