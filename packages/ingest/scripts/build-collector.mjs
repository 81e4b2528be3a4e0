// Builds the hyperflame-collector from the folder `collector` (manifest.yaml and profilecheck/), once
// for each state of it.
//
//   node packages/ingest/scripts/build-collector.mjs          builds it, prints where it is
//
//   import { buildCollector } from './build-collector.mjs';
//   const path = await buildCollector({ log: console.log });
//
// Nothing but Node and Go is needed. The binary goes to
//   ${HYPERFLAME_CACHE:-${XDG_CACHE_HOME:-~/.cache}/hyperflame}/collector/<hash of that folder>/
// and is left alone from then on: another state is another place, and so is another system that it is
// built for (GOOS and GOARCH, as Go has them).

import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../collector/', import.meta.url));
const MANIFEST = join(SOURCE, 'manifest.yaml');
/** The part of the Collector that is our own, in Go. */
const OWN_MODULE = 'profilecheck';
const BINARY = 'hyperflame-collector';
/** Where Go puts itself, for those who have not added it to PATH. */
const GO_FOLDERS = ['/usr/local/go/bin'];

/** The build cannot be done here; the message is meant for a person and says what to do. */
export class CollectorBuildError extends Error {
  name = 'CollectorBuildError';
}

/**
 * Where the Collector is, or will be.
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {string}
 */
export function collectorPath({ env = process.env } = {}) {
  const hash = createHash('sha256')
    .update(`${target(env)}\0`)
    .update(readFileSync(MANIFEST));
  const files = readdirSync(join(SOURCE, OWN_MODULE)).filter((name) => !name.endsWith('_test.go'));
  for (const file of files.sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(SOURCE, OWN_MODULE, file)));
  }
  return join(cacheRoot(env), 'collector', hash.digest('hex').slice(0, 16), BINARY);
}

/** The system that is built for, such as `linux/arm64`: this one, unless the environment says another. */
function target({ GOOS, GOARCH } = {}) {
  const { platform, arch } = process;
  return `${GOOS || platform}/${GOARCH || (arch === 'x64' ? 'amd64' : arch)}`;
}

/**
 * The Collector's path, after building it if it is not there yet. Two processes that ask at the same
 * time build it once: the second waits for the first.
 *
 * @param {{
 *   env?: NodeJS.ProcessEnv,
 *   goFolders?: string[],
 *   log?: (line: string) => void,
 * }} [options] `goFolders` is where Go is looked for after PATH
 * @returns {Promise<string>}
 * @throws {CollectorBuildError} when there is no Go, or the build fails
 */
export async function buildCollector({
  env = process.env,
  goFolders = GO_FOLDERS,
  log = () => undefined,
} = {}) {
  const binary = collectorPath({ env });
  if (existsSync(binary)) return binary;

  const go = findGo(env, goFolders);
  if (go === undefined) {
    throw new CollectorBuildError(
      `Building the OpenTelemetry Collector needs Go (https://go.dev/dl/), which was found neither in PATH nor in ${goFolders.join(', ')}.`,
    );
  }
  const lock = `${dirname(binary)}.lock`;
  await mkdir(dirname(lock), { recursive: true });
  const release = await takeLock(lock, log);
  try {
    if (existsSync(binary)) return binary;
    await build({ binary, go, env, log });
    return binary;
  } finally {
    await release();
  }
}

async function build({ binary, go, env, log }) {
  const version = manifestVersion();
  const work = `${dirname(binary)}.building-${randomUUID()}`;
  // No C compiler is needed for a binary without cgo, and the result runs on any Linux.
  const goEnv = {
    ...env,
    CGO_ENABLED: '0',
    PATH: [dirname(go), env.PATH].filter(Boolean).join(delimiter),
  };
  try {
    await mkdir(work, { recursive: true });
    const builder = await installBuilder({ go, version, env: goEnv, root: cacheRoot(env), log });

    log('Collector: fetching the Go modules (some 500 MB the first time)');
    await cp(MANIFEST, join(work, 'manifest.yaml'));
    await cp(join(SOURCE, OWN_MODULE), join(work, OWN_MODULE), { recursive: true });
    await run(builder, ['--config', 'manifest.yaml', '--skip-compilation'], {
      cwd: work,
      env: goEnv,
    });

    const source = join(work, 'out');
    await compile({ go, source, env: goEnv, log });
    if (target(env) === target()) {
      await run(join(source, BINARY), ['--version'], { cwd: work, env: goEnv });
    }

    // Renaming is atomic: whoever sees the binary sees all of it.
    await mkdir(dirname(binary), { recursive: true });
    await rename(join(source, BINARY), binary);
    log(`Collector: built ${binary}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The manifest's `dist.version` is the Builder's version too: they are released together. */
function manifestVersion() {
  const found = /^ {2}version: *(\d+\.\d+\.\d+) *$/m.exec(readFileSync(MANIFEST, 'utf8'));
  if (found === null) throw new CollectorBuildError(`${MANIFEST} has no dist.version`);
  return found[1];
}

async function installBuilder({ go, version, env, root, log }) {
  const folder = join(root, 'ocb', `v${version}`);
  const builder = join(folder, 'builder');
  if (existsSync(builder)) return builder;
  log(`Collector: installing its builder, OCB v${version}`);
  const bin = `${folder}.installing-${randomUUID()}`;
  try {
    await run(go, ['install', `go.opentelemetry.io/collector/cmd/builder@v${version}`], {
      // It runs here, whatever the Collector is for.
      env: { ...env, GOBIN: bin, GOOS: '', GOARCH: '' },
    });
    await mkdir(folder, { recursive: true });
    await rename(join(bin, 'builder'), builder);
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
  return builder;
}

async function compile({ go, source, env, log }) {
  let packages = 0;
  await run(go, ['list', '-deps', '.'], { cwd: source, env, onLine: () => packages++ });
  log(`Collector: compiling up to ${packages} packages (several minutes the first time)`);
  const started = Date.now();
  let compiled = 0;
  // `go build -v` names each package that it compiles; those from earlier builds it does not.
  const ticker = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    log(`Collector: compiled ${compiled} packages of up to ${packages}, ${seconds} s`);
  }, 10_000);
  try {
    await run(go, ['build', '-v', '-trimpath', '-ldflags=-s -w', '-o', BINARY, '.'], {
      cwd: source,
      env,
      onLine: () => compiled++,
    });
  } finally {
    clearInterval(ticker);
  }
}

/** Runs a command to its end; a failure carries the last lines that it wrote. */
function run(command, args, { onLine = () => undefined, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const last = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        onLine(line);
        last.push(line);
        if (last.length > 20) last.shift();
      });
    }
    const fail = (why) =>
      reject(
        new CollectorBuildError(
          `Building the Collector failed: ${command} ${args[0]} ${why}.\n${last.join('\n')}`,
        ),
      );
    child.on('error', (error) => fail(`could not be started (${error.message})`));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else fail(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
    });
  });
}

/**
 * The `go` program, from PATH or the folders given; undefined where there is none.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string[]} [goFolders]
 * @returns {string | undefined}
 */
export function findGo(env = process.env, goFolders = GO_FOLDERS) {
  const folders = [...(env.PATH ?? '').split(delimiter), ...goFolders].filter(Boolean);
  return folders.map((folder) => join(folder, 'go')).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where everything is kept that is built once.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheRoot(env = process.env) {
  return (
    env.HYPERFLAME_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hyperflame')
  );
}

/** A folder is made by one process only, so making it is taking it. Its owner touches it. */
const STALE_AFTER_MS = 30_000;

async function takeLock(lock, log) {
  for (let told = false; ;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const touched = await stat(join(lock, 'alive')).catch(() => stat(lock).catch(() => undefined));
    if (touched !== undefined && Date.now() - touched.mtimeMs > STALE_AFTER_MS) {
      // Its owner was killed. Should two that wait take over at once, both build, and the atomic
      // rename at the end makes that a waste of time only.
      const abandoned = `${lock}.${randomUUID()}`;
      await rename(lock, abandoned).catch(() => undefined);
      await rm(abandoned, { recursive: true, force: true });
      continue;
    }
    if (!told) log('Collector: another process is building it; waiting');
    told = true;
    await sleep(1000);
  }
  const touch = () => writeFile(join(lock, 'alive'), String(process.pid)).catch(() => undefined);
  await touch();
  const ticker = setInterval(touch, STALE_AFTER_MS / 6);
  return async () => {
    clearInterval(ticker);
    await rm(lock, { recursive: true, force: true });
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await buildCollector({ log: (line) => console.error(line) }));
  } catch (error) {
    if (!(error instanceof CollectorBuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
