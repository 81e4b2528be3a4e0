import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startOwned } from './owned.mjs';

/** Runs until it is ended, and says when it was asked to. */
const PATIENT = `
  process.on('SIGTERM', () => { console.log('asked to end'); process.exit(0); });
  setInterval(() => {}, 1000);
  console.log('pid ' + process.pid);
`;

test('a program is asked to end, and its last words are heard', async () => {
  const lines: string[] = [];
  const owned = startOwned('node', ['-e', PATIENT], { onLine: (line) => lines.push(line) });
  await until(() => lines.length === 1);
  await owned.stop();
  expect(lines[1]).toBe('asked to end');
  expect(owned.hasEnded()).toBe(true);
});

test('a program that is not there says so', async () => {
  const owned = startOwned('/no/such/program', []);
  await until(() => owned.hasEnded());
  expect(owned.tail()).toContain('/no/such/program could not be started');
});

test('a program ends with its starter, also when that is killed', async () => {
  const starter = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { startOwned } from ${JSON.stringify(join(import.meta.dirname, 'owned.mjs'))};
       startOwned('node', ['-e', ${JSON.stringify(PATIENT)}], { onLine: (l) => console.log(l) });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString().replace('pid ', ''));
  expect(isRunning(pid)).toBe(true);
  starter.kill('SIGKILL');
  await until(() => !isRunning(pid));
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
