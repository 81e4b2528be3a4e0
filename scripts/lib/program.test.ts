import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkPlatform } from './program.mjs';
import { attempt, root } from './run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hyperflame-program-'));
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, main: string): string {
  const path = join(folder, name);
  const library = JSON.stringify(join(root, 'scripts/lib/program.mjs'));
  writeFileSync(
    path,
    `import { PlainError, program } from ${library};
await program(import.meta, async () => { ${main} });
`,
  );
  return path;
}

test('runs when started, by a link as well, and not when imported', async () => {
  const path = script('hello.mjs', `console.log('hello');`);
  symlinkSync(path, join(folder, 'link.mjs'));
  writeFileSync(join(folder, 'importer.mjs'), `import './hello.mjs';`);
  expect((await attempt('node', [path])).stdout).toBe('hello\n');
  expect((await attempt('node', [join(folder, 'link.mjs')])).stdout).toBe('hello\n');
  expect((await attempt('node', [join(folder, 'importer.mjs')])).stdout).toBe('');
});

test('says where it does not run', () => {
  expect(() => checkPlatform('win32')).toThrow('On Windows, this runs in WSL only');
  for (const platform of ['linux', 'darwin'] as const) checkPlatform(platform);
});

test('what a person can act on is said in a sentence, what is ours with its stack', async () => {
  const plain = await attempt('node', [script('plain.mjs', `throw new PlainError('Do this.');`)]);
  expect(plain).toMatchObject({ code: 1, output: '✗ Do this.\n' });
  const use = `import('node:util').then(({ parseArgs }) => parseArgs({ options: {} }))`;
  const unknown = await attempt('node', [script('unknown.mjs', `await ${use};`), '--prot', '80']);
  expect(unknown.code).toBe(1);
  expect(unknown.output).toMatch(/^✗ Unknown option '--prot'.*\n$/);
  const ours = await attempt('node', [script('ours.mjs', `throw new TypeError('Oops');`)]);
  expect(ours.code).toBe(1);
  expect(ours.output).toContain('ours.mjs:');
});
