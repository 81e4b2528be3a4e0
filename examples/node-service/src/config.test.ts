import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('defaults', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    otlpEndpoint: 'http://127.0.0.1:4318',
    captureDir: undefined,
    profileSeconds: 5,
    sampleIntervalMicros: 1000,
    serviceName: 'shop',
    environment: 'development',
  });
});

test('files only: nothing is posted', () => {
  const env = { HYPERFLAME_EXPORT: 'files', HYPERFLAME_CAPTURE_DIR: '/tmp/x' };
  expect(readConfig(env)).toMatchObject({ otlpEndpoint: undefined, captureDir: '/tmp/x' });
});

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ HYPERFLAME_PROFILE_SECONDS: '0' }, 'HYPERFLAME_PROFILE_SECONDS'],
  [{ HYPERFLAME_EXPORT: 'carrier pigeon' }, 'HYPERFLAME_EXPORT'],
  [{ HYPERFLAME_EXPORT: 'files' }, 'HYPERFLAME_CAPTURE_DIR'],
])('%o is refused with its name', (env, name) => {
  expect(() => readConfig(env)).toThrow(name);
});
