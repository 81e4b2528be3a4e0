import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles } from './profiles.ts';
import type { TimeRange } from './questions/scope.ts';
import { makeSamples, START_MS } from './testing/corpus.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';

const between = (from: number, to: number): TimeRange => ({
  from: new Date(from),
  to: new Date(to),
});

describe('a heatmap', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await startDatabase('sdk_heatmap');
  });
  afterAll(() => db.stop());

  it('has each event in its cell, also of windows that began before', async () => {
    await db.land(makeSamples(600));
    const profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const timeRange = between(START_MS + 20 * 60_000 + 300, START_MS + 22 * 60_000 + 1);
    const [from, to] = [timeRange.from.getTime(), timeRange.to.getTime()];
    for (const [profileType, value] of [
      ['samples:count:cpu:nanoseconds', 'Period'],
      ['off_cpu:nanoseconds::', 'Values[n]'],
    ]) {
      const answer = await profiles.heatmap({ profileType, timeRange });
      const start = answer.from.getTime();
      expect(start).toBe(START_MS + 20 * 60_000);
      const rows = await db.rows<{ cell: string; weight: string; count: string }>(`
        SELECT intDiv(t - ${start}, 50) AS cell, sum(${value}) AS weight, count() AS count
        FROM raw ARRAY JOIN arrayMap(x -> toInt64(round(x / 1000000)), TimestampsUnixNano) AS t, arrayEnumerate(TimestampsUnixNano) AS n
        WHERE SampleType = '${profileType.split(':')[0]}' AND t >= ${from} AND t < ${to}
        GROUP BY cell`);
      const weight = new Float64Array(answer.columns * answer.rows);
      const count = new Float64Array(weight.length);
      for (const row of rows) {
        weight[Number(row.cell)] = Number(row.weight);
        count[Number(row.cell)] = Number(row.count);
      }
      expect(rows.length).toBeGreaterThan(3);
      expect(answer.count).toEqual(count);
      expect(answer.weight).toEqual(weight);
      expect(answer).toMatchObject({ rows: 20, rowMs: 50, undatedSamples: 0 });
    }
    const undated = await profiles.heatmap({
      ...{ profileType: 'alloc_space:bytes:space:bytes', timeRange },
    });
    const [truth] = await db.rows<{ samples: string }>(
      `SELECT sum(Count) AS samples FROM otel_profiles WHERE ProfileType = 'alloc_space:bytes:space:bytes'
       AND Timestamp >= fromUnixTimestamp64Milli(${from}) AND Timestamp < fromUnixTimestamp64Milli(${to})`,
    );
    expect(undated.undatedSamples).toBe(Number(truth.samples));
    expect(undated.count.every((one) => one === 0)).toBe(true);
  });
});
