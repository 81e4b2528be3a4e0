import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { landedTime, makeSamples, spanIdOf, START_MS, traceIdOf } from './testing/corpus.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';

const traceId = traceIdOf(1);

/** What the samples of each span are of, and how many there are of each. */
const SPANS: readonly (readonly (readonly [profileType: string, samples: number])[])[] = [
  [
    ['wall:nanoseconds:wall:nanoseconds', 9],
    ['cpu:nanoseconds:wall:nanoseconds', 2],
  ],
  [
    ['wall:nanoseconds:wall:nanoseconds', 9],
    ['samples:count:cpu:nanoseconds', 3],
  ],
  [
    ['cpu:nanoseconds::', 4],
    ['samples:count:cpu:nanoseconds', 5],
  ],
  [
    ['alloc_space:bytes:space:bytes', 7],
    ['off_cpu:nanoseconds::', 6],
  ],
  [
    ['alloc_space:bytes:space:bytes', 7],
    ['off_cpu:nanoseconds::', 7],
  ],
];

let db: TestDatabase;
let profiles: Profiles;
beforeAll(async () => {
  db = await startDatabase('sdk_span_sample_counts');
  const [sample] = makeSamples(1);
  await db.land(
    SPANS.flatMap((types, span) =>
      types.flatMap(([profileType, samples]) => {
        const [SampleType, SampleUnit, PeriodType, PeriodUnit] = profileType.split(':');
        return Array.from({ length: samples }, () => ({
          ...sample,
          ...{ Timestamp: landedTime(START_MS), TraceId: traceId, SpanId: spanIdOf(1, span) },
          ...{ SampleType, SampleUnit, PeriodType, PeriodUnit, Period: '1000' },
          ...{ Values: ['1'], TimestampsUnixNano: [] },
        }));
      }),
    ),
  );
  profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
});
afterAll(() => db.stop());

it('begins with the type that a flame graph of the span is about', async () => {
  const { items } = await profiles.spanSampleCounts({ traceId });
  expect(items).toHaveLength(SPANS.length);
  for (const { spanId, profileTypes } of items) {
    const { profileType, samples, total } = await profiles.flamegraph({ traceId, spanId });
    expect(profileTypes[0]).toMatchObject({ profileType, samples, total });
  }
  const first = new Map(
    items.map(({ spanId, profileTypes: [type] }) => [spanId, type.profileType]),
  );
  expect(SPANS.map((_, span) => first.get(spanIdOf(1, span)))).toEqual([
    'cpu:nanoseconds:wall:nanoseconds',
    'samples:count:cpu:nanoseconds',
    'samples:count:cpu:nanoseconds',
    'alloc_space:bytes:space:bytes',
    'off_cpu:nanoseconds::',
  ]);
});
