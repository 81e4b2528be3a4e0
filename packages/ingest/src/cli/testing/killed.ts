import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CLI = join(import.meta.dirname, '../../cli.ts');

/** Runs the command, kills it after a time if it still runs, and waits until it is gone. */
export async function killed(
  args: readonly string[],
  afterMs: number,
  beforeTheKill: () => Promise<void> = async () => {},
): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...args]);
  const ended = once(child, 'exit');
  await Promise.race([sleep(afterMs), ended]);
  await beforeTheKill();
  child.kill('SIGKILL');
  await ended;
}
