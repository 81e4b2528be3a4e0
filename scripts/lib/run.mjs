// Child processes: found in the repository first, and run by the Node that the lockfile pins.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError } from './program.mjs';

export const root = join(import.meta.dirname, '../..');
export const bin = join(root, 'node_modules/.bin');

/**
 * The environment for everything started here. `node_modules/.bin` comes first, so `node` is the
 * pinned one also for what these programs start in turn.
 *
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(extra = {}) {
  const env = { ...process.env, ...extra };
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin);
  return { ...env, PATH: [bin, ...folders].join(delimiter) };
}

/** The pinned Node once it is installed; until then, the one that runs this. */
export function nodeProgram() {
  const pinned = join(bin, 'node');
  return existsSync(pinned) ? pinned : process.execPath;
}

/** A command that ended badly, with what it wrote when that was not shown. */
export class CommandError extends PlainError {
  /** @override */
  name = 'CommandError';

  /**
   * @param {string} command
   * @param {string} how
   * @param {string} [output]
   */
  constructor(command, how, output) {
    super(`${command} ${how}.${output ? `\n${output}` : ''}`);
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository when absent
 * @property {NodeJS.ProcessEnv} [env] added to this process's
 * @property {boolean} [show] the child writes to this terminal; otherwise its output is returned
 */

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} its exit code (a signal
 * counts as 128), and what it wrote: `output` is stdout and stderr as they came
 */
export function attempt(command, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) =>
      reject(new CommandError(command, `could not be started: ${error.message}`)),
    );
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, output }));
  });
}

/**
 * As {@link attempt}, but anything other than exit code 0 is an error that carries the output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it wrote to stdout
 */
export async function run(command, args, options) {
  const { code, stdout, output } = await attempt(command, args, options);
  if (code !== 0) {
    throw new CommandError([command, ...args].join(' '), `ended with code ${code}`, output.trim());
  }
  return stdout;
}
