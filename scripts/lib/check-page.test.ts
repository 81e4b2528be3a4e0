import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { migrate } from '@hyperflame/ingest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busiestSpan } from './check-page.mjs';

let server: EmbeddedClickHouse;
let client: ClickHouseClient;

beforeAll(async () => {
  server = await startClickHouse();
  client = createClient({ url: server.url });
  await migrate(client);
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

let spansSoFar = 0;
async function insertSpans(SpanName: string, spans: number, Count: number): Promise<string[]> {
  const Timestamp = new Date().toISOString().slice(0, -1);
  const places = Array.from({ length: spans }, () => ({
    ...{ Timestamp, ServiceName: 'shop', TraceId: 'f'.repeat(32) },
    SpanId: String(++spansSoFar).padStart(16, '0'),
  }));
  const insert = (table: string, values: readonly object[]) =>
    client.insert({ table, values, format: 'JSONEachRow' });
  await insert(
    'otel_traces',
    places.map((place) => ({ ...place, SpanName })),
  );
  const ProfileType = 'cpu:nanoseconds:wall:nanoseconds';
  await insert(
    'otel_profiles',
    places.map((place) => ({ ...place, ProfileType, Unit: 'nanoseconds', Value: Count, Count })),
  );
  return places.map(({ SpanId }) => SpanId);
}

test('what is missing is said: samples, enough of them, or an endpoint to compare with', async () => {
  await expect(busiestSpan(client, 0)).rejects.toThrow('No span has samples.');

  await insertSpans('POST /sign-in', 2, 40);
  await insertSpans('POST /sign-in', 5, 39);
  await expect(busiestSpan(client, 0)).rejects.toThrow(
    "spans 'POST /sign-in'. It takes 3 of them with 40 samples or more; found: 2. Waited for 0 s.",
  );

  const signIns = await insertSpans('POST /sign-in', 1, 40);
  const found = await busiestSpan(client, 0);
  expect(found).toMatchObject({ endpoint: 'POST /sign-in', hotFunction: 'hashBlock' });
  expect(signIns).toContain(found.spanId);

  await insertSpans('write order', 3, 4000);
  await expect(busiestSpan(client, 0)).rejects.toThrow(
    "Most samples are in spans 'write order', and of those the shop names no hot function.",
  );
});
