import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentHash } from './stamps.mjs';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hyperflame-stamps-'));
  mkdirSync(join(base, 'src/deep'), { recursive: true });
  write('src/a.ts', 'one');
  write('src/deep/b.ts', 'two');
});
afterEach(() => rmSync(base, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(base, name), text);
const hash = (counts?: (name: string) => boolean) => contentHash(base, [join(base, 'src')], counts);

test('the same files have the same hash, whenever they were written', () => {
  const before = hash();
  write('src/a.ts', 'one');
  utimesSync(join(base, 'src/a.ts'), 1, 1);
  expect(hash()).toBe(before);
});

test('another content, name or file gives another hash', () => {
  const seen = new Set([hash()]);
  write('src/deep/b.ts', 'three');
  seen.add(hash());
  write('src/deep/c.ts', '');
  seen.add(hash());
  rmSync(join(base, 'src/deep/c.ts'));
  write('src/deep/d.ts', '');
  seen.add(hash());
  expect(seen.size).toBe(4);
});

test('a boundary that moves between two files is seen', () => {
  write('src/a.ts', 'ab');
  write('src/deep/b.ts', 'c');
  const before = hash();
  write('src/a.ts', 'a');
  write('src/deep/b.ts', 'bc');
  expect(hash()).not.toBe(before);
});

test('files that do not count do not', () => {
  const sources = (name: string) => !name.endsWith('.test.ts');
  const before = hash(sources);
  write('src/a.test.ts', 'x');
  expect(hash(sources)).toBe(before);
  expect(hash()).not.toBe(before);
});
