import { createClient, type ClickHouseClient } from '@clickhouse/client-web';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { migrate } from '@hyperflame/ingest';
import { createProfiles, fromClickHouseWeb } from '@hyperflame/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplesShown } from './useSpanSamples.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
/** What a span's samples count, and how many there are of each. */
const SPANS: Record<string, readonly [profileType: string, samples: number][]> = {
  b7ad6b7169203331: [
    ['wall:nanoseconds:wall:nanoseconds', 9],
    ['cpu:nanoseconds:wall:nanoseconds', 2],
  ],
  b7ad6b7169203332: [
    ['wall:nanoseconds:wall:nanoseconds', 9],
    ['samples:count:cpu:nanoseconds', 3],
  ],
  b7ad6b7169203333: [
    ['cpu:nanoseconds::', 4],
    ['samples:count:cpu:nanoseconds', 5],
  ],
  b7ad6b7169203334: [
    ['alloc_space:bytes:space:bytes', 7],
    ['off_cpu:nanoseconds::', 6],
  ],
};

let server: EmbeddedClickHouse;
let client: ClickHouseClient;

beforeAll(async () => {
  server = await startClickHouse();
  client = createClient({ url: server.url });
  await migrate(client);
  const now = new Date().toISOString().slice(0, -1);
  const values = Object.entries(SPANS).flatMap(([SpanId, types]) =>
    types.flatMap(([profileType, samples]) => {
      const [SampleType, SampleUnit, PeriodType, PeriodUnit] = profileType.split(':');
      const sample = {
        ...{ Timestamp: now, ServiceName: 'shop', TraceId: TRACE, SpanId },
        ...{ SampleType, SampleUnit, PeriodType, PeriodUnit, Period: 1000, Values: [1] },
      };
      return Array.from({ length: samples }, () => sample);
    }),
  );
  await client.insert({ table: 'otel_profiles_ingest', values, format: 'JSONEachRow' });
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

test('a span’s count is that of the profile type which its flame graph shows', async () => {
  const profiles = createProfiles({ client: fromClickHouseWeb(client) });
  const { items } = await profiles.spanSampleCounts({ traceId: TRACE });
  const counts = new Map(items.map((span) => [span.spanId, samplesShown(span)]));
  expect(counts.size).toBe(4);
  for (const spanId of Object.keys(SPANS)) {
    const { samples, profileType } = await profiles.flamegraph({ traceId: TRACE, spanId });
    expect(SPANS[spanId]).toContainEqual([profileType, samples]);
    expect(counts.get(spanId)).toBe(samples);
  }
});
