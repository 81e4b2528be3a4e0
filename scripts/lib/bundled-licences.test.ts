import { join } from 'node:path';
import { expect, test } from 'vitest';
import { licencesOf } from './bundled-licences.ts';
import { root } from './run.mjs';

const modules = join(root, 'node_modules');

test('a bundle says whose code is in it besides ours, once, and under which licence', () => {
  const text = licencesOf([
    join(root, 'packages/calltree/src/index.ts'),
    join(modules, 'pprof-format/dist/esm/index.js'),
    join(modules, '@bufbuild/protobuf/dist/esm/wire/varint.js'),
    join(modules, '@bufbuild/protobuf/dist/esm/wire/index.js'),
  ]);
  expect(text).toMatch(/^pprof-format \d+\.\d+\.\d+, MIT$/m);
  expect(text).toContain('The above copyright notice and this permission notice');
  expect(text).toMatch(/^@bufbuild\/protobuf \S+, \(Apache-2\.0 AND BSD-3-Clause\)$/m);
  expect(text).toContain('Copyright 2008 Google Inc.');
  expect(text.match(/^pprof-format/gm)).toHaveLength(1);
});

test('of our own code there is nothing to say', () => {
  expect(licencesOf([join(root, 'packages/calltree/src/index.ts')])).toBe('');
});
