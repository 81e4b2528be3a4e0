import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownDependencies, packages } from './packages.mjs';
import { root } from './run.mjs';

test('every folder under packages is known, and comes after what it is built on', () => {
  const names = packages.map(({ name }) => name);
  expect([...names].sort()).toEqual(readdirSync(join(root, 'packages')).sort());
  for (const pkg of packages) {
    for (const dependency of ownDependencies(pkg)) {
      expect(names.indexOf(dependency.name)).toBeLessThan(names.indexOf(pkg.name));
    }
  }
});

test('dependencies of dependencies are found', () => {
  const react = packages.find(({ name }) => name === 'react');
  expect(react && ownDependencies(react).map(({ name }) => name)).toEqual(['calltree', 'sdk']);
});

test('only the embedded server stays at home', () => {
  expect(packages.filter(({ isPublic }) => !isPublic).map(({ name }) => name)).toEqual([
    'embedded',
  ]);
});
