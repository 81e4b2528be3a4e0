import { expect, it } from 'vitest';
import { timesKeptBy } from './kept-times.ts';

const engine = (ttl: string) =>
  `MergeTree PARTITION BY toDate(Timestamp) ORDER BY Timestamp TTL ${ttl} SETTINGS index_granularity = 8192`;
const days = (amount: number) => `toDate(Timestamp) + toIntervalDay(${amount})`;
const rollup = (amount: number) => engine(`greatest(${days(30)}, ${days(amount)})`);

it('a time is that of the tables that have it', () => {
  const { times, others } = timesKeptBy(
    new Map([
      ['otel_profiles', engine(days(30))],
      ['otel_profiles_rollup_1h', rollup(90)],
      ['otel_profiles_functions_1h', rollup(90)],
    ]),
  );
  expect(times).toEqual({ ttl: '30d', '1h': '90d' });
  expect(others).toEqual({});
});

it('a time that tables do not agree about, or that no option gives, is not known', () => {
  const { others } = timesKeptBy(
    new Map([
      ['otel_profiles', 'MergeTree ORDER BY Timestamp'],
      ['otel_profiles_rollup_1h', rollup(90)],
      ['otel_profiles_functions_1h', rollup(60)],
    ]),
  );
  expect(others).toMatchObject({ ttl: { table: 'otel_profiles', ttl: undefined } });
  expect(others['1h']?.ttl).toMatch(/toIntervalDay\((60|90)\)/);
});
