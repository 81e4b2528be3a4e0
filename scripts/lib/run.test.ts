import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { attempt, bin, childEnv, run } from './run.mjs';

const node = (code: string) => ['-e', code];

test('children find the pinned tools first, once', () => {
  const folders = childEnv({ PATH: ['/a', bin, '/b'].join(delimiter) }).PATH?.split(delimiter);
  expect(folders).toEqual([bin, '/a', '/b']);
});

test('a command gives back what it wrote', async () => {
  const args = node('console.log("out"); console.error("err")');
  expect(await run('node', args)).toBe('out\n');
  expect((await attempt('node', args)).output).toContain('err');
});

test('a failure carries its exit code and its output', async () => {
  const failing = run('node', node('console.error("because"); process.exit(3)'));
  await expect(failing).rejects.toThrow(/ended with code 3[^]*because/);
});

test('a command that is not there, or is killed, is a failure', async () => {
  await expect(run('no-such-program', [])).rejects.toThrow('no-such-program could not be started');
  expect((await attempt('node', node('process.kill(process.pid, "SIGKILL")'))).code).toBe(128);
});
