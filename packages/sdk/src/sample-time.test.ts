import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { processWindow, type ProfileScope } from './questions/scope.ts';
import { between } from './testing/between.ts';
import {
  landedTime,
  makeSamples,
  makeSpans,
  spanIdOf,
  START_MS,
  traceIdOf,
} from './testing/corpus.ts';
import { readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';

const ON_CPU = 'samples:count:cpu:nanoseconds';
const OFF_CPU = 'off_cpu:nanoseconds::';
const UNDATED = 'alloc_space:bytes:space:bytes';

/** Windows begin at whole seconds and are 5 s long. */
const FROM = START_MS + 600_300;
const LENGTH = 300_000;

const sum = (list: Iterable<number>) => [...list].reduce((all, one) => all + one, 0);

let db: TestDatabase;
let profiles: Profiles;
beforeAll(async () => {
  db = await startDatabase('sdk_sample_time');
  await db.land(makeSamples(6_000), makeSpans());
  profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
});
afterAll(() => db.stop());

/** Events as they were sent, by their own time; `n` is an event's number in its row. */
async function trueEvents(profileType: string, from: number, to: number, where = '1') {
  const weight = profileType === ON_CPU ? 'Period' : 'Values[n]';
  const [truth] = await db.rows<{ weight: string; samples: string; stacks: string }>(`
    SELECT sum(${weight}) AS weight, count() AS samples, uniqExact(FunctionNames, FileNames, MappingFileNames, Addresses) AS stacks
    FROM raw
    ARRAY JOIN
      arrayMap(x -> toInt64(round(x / 1000000)), TimestampsUnixNano) AS t,
      arrayEnumerate(TimestampsUnixNano) AS n
    WHERE SampleType = '${profileType.split(':')[0]}' AND t >= ${from} AND t < ${to} AND (${where})`);
  return {
    total: Number(truth.weight),
    samples: Number(truth.samples),
    stacks: Number(truth.stacks),
  };
}

const ask = (from: number, to: number, scope: ProfileScope = {}) =>
  ({ timeBy: 'sample', timeRange: between(from, to), ...scope }) as const;

describe('samples by their own time', () => {
  it.each([
    ['counted by a clock', ON_CPU],
    ['each with a value of its own', OFF_CPU],
  ])('are those that happened in it, %s', async (_, profileType) => {
    for (const length of [11_700, LENGTH]) {
      const question = ask(FROM, FROM + length, { profileType });
      const { total, samples, stacks } = await trueEvents(profileType, FROM, FROM + length);
      expect(samples).toBeGreaterThan(0);
      const graph = await profiles.flamegraph(question);
      expect(graph).toMatchObject({ total, samples, complete: true });
      expect(readableStacks(graph.stacks).size).toBe(stacks);
      const functions = await profiles.topFunctions(question);
      expect(functions).toMatchObject({ total, samples });
      const { items } = await profiles.profileTypes(question);
      expect(items).toEqual([expect.objectContaining({ profileType, total, samples })]);
    }
  });

  it('are as many as the heatmap of that time shows, cell by cell', async () => {
    for (const profileType of [ON_CPU, OFF_CPU]) {
      const whole = await profiles.heatmap({
        ...{ profileType, timeRange: between(FROM, FROM + 50_000) },
      });
      expect(whole.total).toBe(sum(whole.weight));
      const parts = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          profiles.flamegraph(ask(FROM + i * 5_000, FROM + (i + 1) * 5_000, { profileType })),
        ),
      );
      expect(parts.filter(({ samples }) => samples > 0).length).toBeGreaterThan(4);
      expect(sum(parts.map(({ total }) => total))).toBe(whole.total);
      expect(sum(parts.map(({ samples }) => samples))).toBe(whole.samples);
    }
  });

  it('are in the first millisecond of it, and not in that after it', async () => {
    const [sample] = makeSamples(50).filter(({ SampleType }) => SampleType === 'samples');
    const second = Date.UTC(2026, 8, 2);
    const nanos = (ms: number) => `${BigInt(second + ms) * 1_000_000n}`;
    await db.land([
      {
        ...{ ...sample, Timestamp: landedTime(second - 2_000), TraceId: '', SpanId: '' },
        TimestampsUnixNano: [-1, 0, 999, 1_000].map(nanos),
      },
    ]);
    const question = ask(second, second + 1_000, { profileType: ON_CPU });
    expect((await profiles.flamegraph(question)).samples).toBe(2);
    expect((await profiles.heatmap({ ...question })).samples).toBe(2);
  });

  it('are the same by line, by label and of a trace', async () => {
    const where = `TraceId = '${traceIdOf(1)}'`;
    const [from, to] = [START_MS, START_MS + 1_800_000];
    const { total, samples } = await trueEvents(ON_CPU, from, to, where);
    const scope = { profileType: ON_CPU, traceId: traceIdOf(1) };
    expect(await profiles.flamegraph(ask(from, to, scope))).toMatchObject({ total, samples });
    // Few stacks at a time are asked for in another way.
    const coded = await profiles.flamegraph({ ...ask(from, to, scope), maxStacks: 1_000 });
    expect(coded).toMatchObject({ total, samples });

    const all = await trueEvents(ON_CPU, FROM, FROM + LENGTH);
    const question = ask(FROM, FROM + LENGTH, { profileType: ON_CPU });
    for (const further of [{ granularity: 'line' as const }, { groupBy: 'thread.name' }]) {
      const answer = await profiles.flamegraph({ ...question, ...further });
      expect(answer).toMatchObject({ total: all.total, samples: all.samples });
    }
  });

  it('count where their window began if their profiler gave no time', async () => {
    const timeRange = between(FROM, FROM + LENGTH);
    const scope = { profileType: UNDATED, timeRange };
    const byCollection = await profiles.flamegraph(scope);
    const bySample = await profiles.flamegraph({ ...scope, timeBy: 'sample' });
    expect(bySample.samples).toBeGreaterThan(0);
    const { total, samples } = byCollection;
    expect(bySample).toMatchObject({ total, samples });
    expect((await profiles.heatmap(scope)).undatedSamples).toBe(samples);
  });

  it('are not read from rollups, of which collections are', async () => {
    const timeRange = between(START_MS, START_MS + 3_600_000);
    const tables = async (scope: ProfileScope) =>
      (await profiles.flamegraph(scope)).stats.tables.map(({ table }) => table);
    expect(await tables({ timeRange })).toEqual(['otel_profiles_rollup_1h']);
    expect(await tables({ timeRange, timeBy: 'sample' })).toEqual(['otel_profiles']);
  });

  it('have labels, also where their window began before', async () => {
    const question = ask(FROM + 100, FROM + 9_600, { profileType: ON_CPU });
    const facets = await profiles.facets({ ...question, keys: ['thread.name'] });
    const [truth] = await db.rows<{ rows: string }>(`
      SELECT count() AS rows FROM raw
      WHERE SampleType = 'samples' AND arrayExists(x -> x >= ${FROM + 100}000000 AND x < ${FROM + 9_600}000000, TimestampsUnixNano)`);
    expect(Number(truth.rows)).toBeGreaterThan(0);
    expect(sum(facets.items.map(({ rows }) => rows))).toBe(Number(truth.rows));
  });

  it('are no matter of questions about collections, and of estimates', async () => {
    const timeRange = between(FROM, FROM + LENGTH);
    await expect(profiles.timeline({ timeRange, timeBy: 'sample' })).rejects.toThrow(/^timeBy: /);
    const span = { traceId: traceIdOf(1), spanId: spanIdOf(1, 0) };
    await expect(
      profiles.flamegraph(processWindow(span, { timeRange, timeBy: 'sample' })),
    ).rejects.toThrow(/^timeBy: /);
    await expect(profiles.flamegraph({ timeRange, timeBy: 'event' as 'sample' })).rejects.toThrow(
      'timeBy: "event" is neither "collection" nor "sample".',
    );
    // Without a time there is nothing to decide.
    const all = await profiles.flamegraph({ profileType: ON_CPU });
    expect(await profiles.flamegraph({ profileType: ON_CPU, timeBy: 'sample' })).toMatchObject({
      total: all.total,
    });
    const heatmap = await profiles.heatmap({ timeRange, timeBy: 'sample' });
    expect(heatmap.weight).toEqual((await profiles.heatmap({ timeRange })).weight);
  });
});
