import { expect, test } from 'vitest';
import { packages } from '../lib/packages.mjs';
import { consumers, entriesOf } from './consume.mjs';
import { consumerManifest, contentProblems, packed } from './pack.mjs';

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
