import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestOf, packages } from '../lib/packages.mjs';
import { root } from '../lib/run.mjs';
import { consumers, entriesOf } from './consume.mjs';
import { consumerManifest, contentProblems, engineProblems, packed } from './pack.mjs';

const packageNamed = (name: string) => {
  const found = packages.find((pkg) => pkg.name === name);
  if (!found) throw new Error(name);
  return found;
};

test('a tarball holds what was built, a README and a licence', () => {
  expect(contentProblems(['dist/index.js', 'README.md', 'LICENSE', 'package.json'])).toEqual([]);
  expect(contentProblems(['dist/index.js', 'src/index.ts', 'dist/a.test.js', 'LICENSE'])).toEqual([
    'src/index.ts does not belong in it',
    'dist/a.test.js does not belong in it',
    'README.md is missing',
  ]);
});

test('a whole worker has the licences of what is in it beside it', () => {
  const files = ['README.md', 'LICENSE', 'dist/worker/own-worker.js', 'dist/worker/worker.js'];
  const beside = 'dist/worker/worker.js.LICENSE.txt';
  expect(contentProblems(files)).toEqual([`${beside} is missing`]);
  expect(contentProblems([...files, beside])).toEqual([]);
});

test('what comes with a package runs on the versions of Node that it promises', () => {
  const problems = (node?: string) =>
    engineProblems(packageNamed('ingest'), {
      packages: { 'node_modules/a': node === undefined ? {} : { engines: { node } } },
    });
  expect([problems(), problems('>=20'), problems('*')]).toEqual([[], [], []]);
  expect(problems('>=22.12.0')).toEqual([
    'node_modules/a needs Node >=22.12.0, but @hyperflame/ingest is for >=20.19',
  ]);
});

test('what this repository installs of them does so', () => {
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const pkg of packages.filter(({ isPublic }) => isPublic)) {
    const direct = Object.keys(manifestOf(pkg.folder).dependencies ?? {});
    const installed = Object.entries(lockfile.packages as object).filter(([path]) =>
      direct.includes(path.replace('node_modules/', '')),
    );
    expect(engineProblems(pkg, { packages: Object.fromEntries(installed) })).toEqual([]);
  }
});

test('both answers of npm pack are understood', () => {
  const file = { filename: 'a.tgz', files: [] };
  expect(packed(JSON.stringify([file]))).toEqual([file]);
  expect(packed(JSON.stringify({ a: file }))).toEqual([file]);
});

test('a consumer gets the tarballs that the package needs, and its peers', () => {
  const tarballs = Object.fromEntries(
    packages.map(({ name, npmName }) => [npmName, { tarball: `/t/${name}.tgz`, files: [] }]),
  );
  const { dependencies } = consumerManifest(packageNamed('react'), tarballs);
  expect(Object.keys(dependencies).sort()).toEqual([
    '@hyperflame/calltree',
    '@hyperflame/react',
    '@hyperflame/sdk',
    '@tanstack/react-query',
    '@types/react',
    '@types/react-dom',
    'react',
    'react-dom',
  ]);
  expect(dependencies['@hyperflame/sdk']).toBe('file:/t/sdk.tgz');
});

test('every public package has a consumer, and every entry is imported', () => {
  const published = packages.filter(({ isPublic }) => isPublic).map(({ name }) => name);
  expect(consumers().sort()).toEqual(published.sort());
  expect(entriesOf(packageNamed('calltree'))).toEqual([
    '@hyperflame/calltree',
    '@hyperflame/calltree/worker',
  ]);
});
