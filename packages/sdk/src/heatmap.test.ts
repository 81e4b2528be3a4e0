import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { between } from './testing/between.ts';
import { makeSamples, START_MS } from './testing/corpus.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';

describe('a heatmap', () => {
  let db: TestDatabase;
  let profiles: Profiles;
  beforeAll(async () => {
    db = await startDatabase('sdk_heatmap');
    await db.land(makeSamples(600));
    profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
  });
  afterAll(() => db.stop());

  it('has each event in its cell, also of windows that began before', async () => {
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

  it('may be of an hour that begins within a second', async () => {
    const timeRange = between(START_MS + 250, START_MS + 3_600_250);
    const profileType = 'samples:count:cpu:nanoseconds';
    const answer = await profiles.heatmap({ profileType, timeRange });
    const [truth] = await db.rows<{ events: string }>(
      `SELECT countIf(t >= ${START_MS + 250} AND t < ${START_MS + 3_600_250}) AS events
       FROM raw ARRAY JOIN arrayMap(x -> toInt64(round(x / 1000000)), TimestampsUnixNano) AS t
       WHERE SampleType = 'samples'`,
    );
    expect(answer).toMatchObject({ columns: 3_601, from: new Date(START_MS) });
    expect(answer.count.reduce((sum, one) => sum + one)).toBe(Number(truth.events));
  });
});
