import { expect, test } from 'vitest';
import { outdated } from './lockfile.mjs';

const wanted = {
  packages: {
    '': { version: '1.0.0' },
    'packages/a': { version: '1.0.0' },
    'node_modules/left': { version: '1.2.3' },
    'node_modules/@scope/right': { version: '2.0.0' },
    'node_modules/for-another-platform': { version: '1.0.0', optional: true },
    'packages/a/node_modules/left': { version: '2.0.0' },
    'node_modules/a': { link: true },
  },
};
const { 'node_modules/for-another-platform': _, ...rest } = wanted.packages;

test('a fresh clone misses everything but what may be for another platform', () => {
  expect(outdated(wanted, undefined)).toEqual([
    'node_modules/left',
    'node_modules/@scope/right',
    'packages/a/node_modules/left',
    'node_modules/a',
  ]);
});

test('an install is complete without optional packages', () => {
  expect(outdated(wanted, { packages: rest })).toEqual([]);
});

test('another version counts as missing, wherever it lies', () => {
  const packages = { ...rest, 'packages/a/node_modules/left': { version: '2.0.1' } };
  expect(outdated(wanted, { packages })).toEqual(['packages/a/node_modules/left']);
});

test('something more than the lockfile asks for does no harm', () => {
  const packages = { ...rest, 'node_modules/extra': { version: '1.0.0' } };
  expect(outdated(wanted, { packages })).toEqual([]);
});
