// Runs a program that must not outlive its starter: `node leash.mjs PROGRAM ARGUMENTS…`.
//
// The starter holds the other end of this process's stdin. However it ends, SIGKILL included, the
// kernel closes that end; stdin ends here, and the program is ended too.
import { spawn } from 'node:child_process';

/** After a polite SIGTERM. */
const PATIENCE_MS = 20_000;

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function end() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
}

process.stdin.on('end', end).on('error', end).resume();
process.on('SIGTERM', end);
child.on('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
