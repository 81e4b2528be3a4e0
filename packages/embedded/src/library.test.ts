import { describe, expect, it } from 'vitest';
import { currentPlatform, findLibrary } from './library.ts';

const missing = () => {
  throw new Error('Cannot find module');
};

describe('findLibrary', () => {
  it('finds the library of this machine', () => {
    expect(findLibrary()).toMatch(/libchdb\.(so|dylib)$/);
  });

  it.each(['win32-x64', 'linux-x64-musl', 'freebsd-x64'])(
    'names %s and the way out where no library exists',
    (platform) => {
      expect(() => findLibrary(platform)).toThrow(platform);
      expect(() => findLibrary(platform)).toThrow(/CLICKHOUSE_URL/);
    },
  );

  it('says which package to install where it is missing', () => {
    expect(() => findLibrary('darwin-arm64', missing)).toThrow(
      /npm install --no-save @chdb\/lib-darwin-arm64@\d/,
    );
    expect(() => findLibrary('darwin-arm64', missing)).toThrow(/CLICKHOUSE_URL/);
  });
});

it('calls this machine by the name its library package has', () => {
  expect(currentPlatform()).toMatch(/^(linux|darwin|win32)-/);
});
