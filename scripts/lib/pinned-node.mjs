// Scripts may be started by whichever Node is on the machine; most of what they import wants the one
// that the lockfile pins.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { childEnv, nodeProgram } from './run.mjs';

/** Set for the second start, so that there is never a third. */
const AGAIN = 'HYPERFLAME_ON_PINNED_NODE';

/**
 * True when this process runs on the pinned Node. Otherwise runs the script again on that one, to
 * its end, with this process's exit code as its own, and answers false: there is nothing left to do.
 *
 * @param {ImportMeta} meta of the script
 * @returns {Promise<boolean>}
 */
export async function onPinnedNode(meta) {
  if (process.env[AGAIN] || (await versionOf(nodeProgram())) === process.version) return true;
  const child = spawn(nodeProgram(), [meta.filename, ...process.argv.slice(2)], {
    env: childEnv({ [AGAIN]: '1' }),
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child by itself; this process waits for it to end.
  const wait = () => {};
  process.on('SIGINT', wait);
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  process.off('SIGINT', wait);
  process.exitCode = code ?? 1;
  return false;
}

/** @param {string} node */
async function versionOf(node) {
  if (realpathSync(node) === realpathSync(process.execPath)) return process.version;
  const child = spawn(node, ['--version'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk;
  return text.trim();
}
