// Where the Chromium for stories, end-to-end tests and pictures comes from.
// Nothing that is installed is imported, so set-up can ask before anything is installed.
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { PlainError } from './program.mjs';

/**
 * Flags every launch takes: no sandbox (containers and CI run as root, where Chromium refuses its
 * own), no GPU, and none of the background traffic that a closed network would refuse.
 */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const USUAL_PLACES = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Playwright hides scroll bars, and with them what has one that it should not have. */
export const LEFT_OUT_FLAGS = ['--hide-scrollbars'];

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Every path worth trying, best first: `CHROMIUM_PATH`, then the usual places, then `PATH`.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function chromiumCandidates(env, platform) {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [
    ...(env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : []),
    ...(USUAL_PLACES[platform] ?? []),
    ...onPath,
  ];
}

/** The browser that Playwright downloaded for itself, if it is installed at all. */
function playwrightsOwn() {
  try {
    /** @type {typeof import('playwright')} */
    const playwright = createRequire(import.meta.url)('playwright');
    return playwright.chromium.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * The path of a Chromium that can be started, or undefined when there is none.
 * A `CHROMIUM_PATH` that names no program is an error, not a reason to take another one.
 *
 * @throws {PlainError} for such a path
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform }} [options]
 * @returns {string | undefined}
 */
export function findChromium({ env = process.env, platform = process.platform } = {}) {
  if (env.CHROMIUM_PATH && !isExecutable(env.CHROMIUM_PATH)) {
    throw new PlainError(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which is not a program.`);
  }
  const found = chromiumCandidates(env, platform).find(isExecutable);
  if (found) return found;
  const own = playwrightsOwn();
  return own && isExecutable(own) ? own : undefined;
}
