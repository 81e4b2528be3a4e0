import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { makeFleet } from './fleet.ts';
import { createHelperTables } from './helperTables.ts';
import { rowsQuery } from './rows.ts';

const ROWS = 20_000;

let server: EmbeddedClickHouse;
let client: ClickHouseClient;

async function one<Row>(query: string): Promise<Row> {
  const answer = await client.query({ query, format: 'JSONEachRow' });
  return (await answer.json<Row>())[0] as Row;
}

const rows = (from: number, to: number, seed = 1): string =>
  rowsQuery({ database: 'fleet', seed, total: ROWS, from, to });

beforeAll(async () => {
  server = await startClickHouse();
  client = createClient({ url: server.url });
  await client.command({ query: 'CREATE DATABASE fleet' });
  await createHelperTables(client, 'fleet', makeFleet('1'));
  await client.command({
    query: `CREATE TABLE fleet.day ENGINE = Memory AS ${rows(0, ROWS)}`,
  });
});

afterAll(async () => {
  await client.close();
  await server.stop();
});

describe('rowsQuery', () => {
  it('makes the same rows whichever ranges they are made in, and others of another seed', async () => {
    const digest = (from: string): string =>
      `SELECT toString(sum(cityHash64(*))) AS digest FROM (${from})`;
    const whole = await one(digest('SELECT * FROM fleet.day'));
    const parts = `${rows(0, 7_001)} UNION ALL ${rows(7_001, ROWS)}`;
    expect(await one(digest(parts))).toEqual(whole);
    expect(await one(digest(rows(0, ROWS, 2)))).not.toEqual(whole);
  });

  it('links a quarter of the rows, to spans with more than one sample', async () => {
    const { rows, linked, perSpan, spansPerTrace } = await one<Record<string, number>>(
      `SELECT toUInt32(count()) AS rows, countIf(TraceId != '') / count() AS linked,
         countIf(SpanId != '') / uniqExactIf(SpanId, SpanId != '') AS perSpan,
         uniqExactIf(SpanId, SpanId != '') / uniqExactIf(TraceId, TraceId != '') AS spansPerTrace
       FROM fleet.day`,
    );
    expect(rows).toBe(ROWS);
    expect(linked).toBeGreaterThan(0.22);
    expect(linked).toBeLessThan(0.28);
    expect(perSpan).toBeGreaterThan(1.5);
    expect(spansPerTrace).toBeGreaterThan(1.5);
  });

  it('writes on-CPU and off-CPU samples as an eBPF profiler does', async () => {
    const bad = await one(
      `SELECT
         toUInt32(countIf(empty(TimestampsUnixNano))) AS untimed,
         toUInt32(countIf(SampleType = 'samples' AND (notEmpty(Values) OR Period != 50000000 OR PeriodType != 'cpu'))) AS onCpu,
         toUInt32(countIf(SampleType = 'off_cpu' AND (length(Values) != length(TimestampsUnixNano) OR arrayMin(Values) <= 0 OR Period != 0))) AS offCpu,
         toUInt32(countIf(arrayMin(TimestampsUnixNano) < toUnixTimestamp64Nano(Timestamp)
           OR arrayMax(TimestampsUnixNano) > toUnixTimestamp64Nano(Timestamp) + 10000000000)) AS outside,
         toUInt32(countIf(toDate(Timestamp) != '2026-03-10' OR toDate(fromUnixTimestamp64Nano(toInt64(arrayMax(TimestampsUnixNano)))) != '2026-03-10')) AS otherDay,
         toUInt32(countIf(match(TraceId, '^([0-9a-f]{32})?$') = 0 OR match(SpanId, '^([0-9a-f]{16})?$') = 0)) AS badIds,
         toUInt32(countIf(length(FunctionNames) != length(Addresses) OR length(FunctionNames) != length(LineNumbers) OR empty(FunctionNames))) AS badStacks
       FROM fleet.day`,
    );
    expect(bad).toEqual({
      untimed: 0,
      onCpu: 0,
      offCpu: 0,
      outside: 0,
      otherDay: 0,
      badIds: 0,
      badStacks: 0,
    });
  });

  it('is busier by day than by night, with all services and a stack list that changes at noon', async () => {
    const { night, noon, services, newStacks } = await one<Record<string, number>>(
      `SELECT toUInt32(countIf(toHour(Timestamp) < 2)) AS night, toUInt32(countIf(toHour(Timestamp) IN (11, 12))) AS noon,
         toUInt32(uniqExact(ResourceAttributes['k8s.deployment.name'])) AS services,
         toUInt32(uniqExactIf(Addresses, Timestamp > '2026-03-10 12:01:00' AND Addresses NOT IN (SELECT Addresses FROM fleet.day WHERE Timestamp < '2026-03-10 11:59:00'))) AS newStacks
       FROM fleet.day`,
    );
    expect(noon / night).toBeGreaterThan(1.6);
    expect(services).toBe(20);
    expect(newStacks).toBeGreaterThan(100);
  });
});
