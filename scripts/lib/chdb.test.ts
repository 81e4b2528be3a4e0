import { expect, test } from 'vitest';
import { chdbLibrary } from './chdb.mjs';

const pinned = { '@chdb/lib-linux-x64-gnu': '26.7.3' };

test('the platform decides the library, packages/embedded its version', () => {
  expect(chdbLibrary(pinned, 'linux', 'x64')).toEqual({
    name: '@chdb/lib-linux-x64-gnu',
    version: '26.7.3',
  });
  expect(chdbLibrary(pinned, 'darwin', 'arm64')).toEqual({
    name: '@chdb/lib-darwin-arm64',
    version: '26.7.3',
  });
});

test('a platform without one gets none', () => {
  expect(chdbLibrary(pinned, 'win32', 'x64')).toBeUndefined();
  expect(chdbLibrary(pinned, 'linux', 'riscv64')).toBeUndefined();
});
