import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chromiumCandidates, findChromium } from './chromium.mjs';
import { PlainError } from './program.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hyperflame-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, mode: number): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, mode);
  return path;
}

test('CHROMIUM_PATH wins over everything else', () => {
  const own = program('my-browser', 0o755);
  program('chromium', 0o755);
  expect(findChromium({ env: { CHROMIUM_PATH: own, PATH: folder } })).toBe(own);
});

test('a CHROMIUM_PATH that is not a program is said, not passed over', () => {
  const note = program('notes.txt', 0o644);
  expect(() => findChromium({ env: { CHROMIUM_PATH: note } })).toThrow(note);
  expect(() => findChromium({ env: { CHROMIUM_PATH: folder } })).toThrow('not a program');
  expect(() => findChromium({ env: { CHROMIUM_PATH: note } })).toThrow(PlainError);
});

test('PATH is searched after the usual places, folder by folder', () => {
  const candidates = chromiumCandidates({ PATH: '/a:/b' }, 'linux');
  expect(candidates[0]).toBe('/usr/bin/chromium');
  expect(candidates.indexOf('/a/google-chrome')).toBeLessThan(candidates.indexOf('/b/chromium'));
  expect(findChromium({ env: { PATH: folder }, platform: 'aix' })).toBe(join(folder, 'chromium'));
});
