import { expect, it } from 'vitest';
import { cacheSettings } from './query-cache.ts';

const NOW = Date.UTC(2026, 8, 2);
const until = (to: number) => ({ from: new Date(Date.UTC(2026, 8, 1)), to: new Date(to) });

it('keeps answers about times that have been over for a while, and no others', () => {
  const kept = {
    use_query_cache: 1,
    query_cache_ttl: 600,
    query_cache_nondeterministic_function_handling: 'save',
  };
  expect(cacheSettings({}, until(NOW - 300_000), NOW)).toEqual(kept);
  expect(cacheSettings({}, until(NOW - 299_999), NOW)).toEqual({});
  expect(cacheSettings({}, until(NOW + 1), NOW)).toEqual({});
  expect(cacheSettings({}, undefined, NOW)).toEqual({});
  expect(cacheSettings(undefined, until(0), NOW)).toEqual({});
  expect(cacheSettings({ ttlSeconds: 5, settledSeconds: 0 }, until(NOW), NOW)).toEqual({
    ...kept,
    query_cache_ttl: 5,
  });
});
