// Programs that run beside a script and end with it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { childEnv } from './run.mjs';

/**
 * @typedef {object} Owned
 * @property {number} pid
 * @property {() => boolean} hasEnded
 * @property {Promise<void>} ended resolves when it has gone, whoever ended it
 * @property {() => string} tail the last lines it wrote, for an error's text
 * @property {() => Promise<void>} stop lets it finish its work, and resolves when it is gone
 */

/**
 * Starts a program that is ended when this process ends, whichever way.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Owned}
 */
export function startOwned(command, args, { env = {}, onLine = () => {} } = {}) {
  const leash = join(import.meta.dirname, 'leash.mjs');
  const child = spawn(process.execPath, [leash, command, ...args], {
    env: childEnv(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    // In a process group of its own: Ctrl-C in a terminal reaches the script only, which can then
    // end things in the right order.
    detached: true,
  });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 30) lines.shift();
      onLine(line);
    });
  }
  let over = false;
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once('close', () => {
      over = true;
      resolve();
    });
    child.once('error', (error) => {
      lines.push(error.message);
      over = true;
      resolve();
    });
  });
  child.stdin.on('error', () => {
    // It went first; `ended` says so.
  });
  return {
    pid: child.pid ?? -1,
    hasEnded: () => over,
    ended,
    tail: () => lines.join('\n'),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
