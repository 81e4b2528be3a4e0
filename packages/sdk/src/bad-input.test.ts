import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import type { ProfileClient } from './clients/profile-client.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { processWindow } from './questions/scope.ts';
import { between } from './testing/between.ts';
import { landedTime, START_MS, type LandedSample } from './testing/corpus.ts';
import { readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';

const HOUR = 3_600_000;
const day = between(START_MS, START_MS + 24 * HOUR);
const long = { timeRange: between(START_MS - 10 * 365.25 * 24 * HOUR, START_MS) };

const estimate = processWindow({ traceId: 'a'.repeat(32), spanId: 'a'.repeat(16) });

/** One that counts what was sent, and answers nothing. */
function silentClient(): ProfileClient & { sent: number } {
  return {
    key: 'silent',
    sent: 0,
    send() {
      this.sent++;
      return Promise.reject(new Error('nothing was to be sent'));
    },
  };
}

const manyNames = (count: number) => Array.from({ length: count }, (_, i) => `name-${i}`);
const deepPath = (depth: number) => manyNames(depth).map((name) => ({ name }));

describe('a question that cannot be meant', () => {
  it.each<[string, (profiles: Profiles) => Promise<unknown>]>([
    ['timeRange', (p) => p.flamegraph({ timeRange: between(START_MS, START_MS - 1) })],
    ['timeRange', (p) => p.topFunctions({ timeRange: between(START_MS, START_MS) })],
    ['timeRange', (p) => p.facets(long)],
    ['timeRange', (p) => p.timeline({ ...long, bucketSeconds: 86_400 })],
    ['timeRange.from', (p) => p.services({ timeRange: between(NaN, 1) })],
    ['timeRange', (p) => p.timeline({} as never)],
    ['timeRange', (p) => p.heatmap({ timeRange: between(START_MS, START_MS + HOUR + 1) })],
    ['rowsPerSecond', (p) => p.heatmap({ timeRange: between(0, 1000), rowsPerSecond: 3 })],
    ['bucketSeconds', (p) => p.timeline({ timeRange: day, bucketSeconds: 0.5 })],
    ['bucketSeconds', (p) => p.timeline({ timeRange: day, bucketSeconds: 1 })],
    ['traceId', (p) => p.flamegraph({ traceId: 'not hexadecimal' })],
    ['spanId', (p) => p.flamegraph({ spanId: `${'0'.repeat(15)}g` })],
    ['skipStacks', (p) => p.flamegraph({ skipStacks: -1 })],
    ['maxStacks', (p) => p.flamegraph({ maxStacks: 2 ** 63 })],
    ['limit', (p) => p.topFunctions({ limit: 0 })],
    ['text', (p) => p.findFunctions({ text: '' })],
    ['containing', (p) => p.flamegraph({ containing: 'main' as never })],
    [
      'under[1].file',
      (p) => p.flamegraph({ under: [{ name: 'a' }, { name: 'b', file: 1 } as never] }),
    ],
    ['under', (p) => p.flamegraph({ under: 'main' as never })],
    ['containing.address', (p) => p.flamegraph({ containing: { name: '', address: -1n } })],
    ['workload', (p) => p.flamegraph({ workload: [] })],
    ['under', (p) => p.flamegraph({ under: deepPath(100_000) })],
    ['containing', (p) => p.flamegraph({ containing: { name: '<'.repeat(50_000) } })],
    ['service', (p) => p.services({ service: manyNames(100_000) })],
    ['resource', (p) => p.flamegraph({ resource: { 'k8s.pod.name': manyNames(100_000) } })],
    [
      'attributes',
      (p) =>
        p.facets({ attributes: [{ on: 'sample', key: 'thread.name', value: manyNames(100_000) }] }),
    ],
    ['workload', (p) => p.timeline({ workload: manyNames(20_000), timeRange: day })],
    ['keys', (p) => p.facets({ keys: [] })],
    ['keys', (p) => p.facets({ keys: 'a' as never })],
    ['keys', (p) => p.facets({ keys: ['a', 7 as never] })],
    ['text', (p) => p.facets({ text: 7 as never })],
    ['valuesPerKey', (p) => p.facets({ valuesPerKey: 0 })],
    ['includeChildren', (p) => p.flamegraph({ ...estimate, includeChildren: true })],
    ['linkage', (p) => p.facets(estimate)],
    ['linkage', (p) => p.timeline({ ...estimate, timeRange: day })],
    ['linkage', (p) => p.heatmap({ ...estimate, timeRange: between(0, 1000) })],
    ['linkage', (p) => p.services(estimate)],
    // What only code without types can ask.
    ['question', (p) => p.flamegraph(undefined as never)],
    ['question', (p) => p.findFunctions(null as never)],
    ['question', (p) => p.services(undefined as never)],
    ['question', (p) => p.timeline(null as never)],
    ['question', (p) => p.heatmap([] as never)],
    ['question', (p) => p.spanSampleCounts('a' as never)],
    ['timeRange', (p) => p.flamegraph({ timeRange: null as never })],
    ['timeRange.from', (p) => p.heatmap({ timeRange: { from: '2026', to: '2027' } as never })],
    ['resource', (p) => p.flamegraph({ resource: 'a' as never })],
    ['attributes', (p) => p.flamegraph({ attributes: {} as never })],
    ['attributes[0]', (p) => p.flamegraph({ attributes: [null] as never })],
    ['profileType', (p) => p.flamegraph({ profileType: ['a', 'b'] as never })],
    ['under[0].file', (p) => p.flamegraph({ under: [{ name: 'a', file: ['x', 'y'] as never }] })],
    ['granularity', (p) => p.flamegraph({ granularity: 'lines' as never })],
    ['granularity', (p) => p.flamegraph({ spanId: 'a'.repeat(16), granularity: 'lines' as never })],
    ['sortBy', (p) => p.topFunctions({ sortBy: 'weight' as never })],
    ['traceId', (p) => p.flamegraph({ traceId: 12n as never })],
    ['service', (p) => p.flamegraph({ service: Object.create(null) as never })],
    ['profileType', (p) => p.flamegraph({ profileType: { toString: 1 } as never })],
    ['timeRange', (p) => p.flamegraph({ timeRange: [Object.create(null)] as never })],
    ['limit', (p) => p.topFunctions({ limit: [Object.create(null)] as never })],
  ])('is refused by the name of its %s, and nothing is sent', async (field, ask) => {
    const client = silentClient();
    await expect(
      Promise.resolve().then(() => ask(createProfiles({ client }))),
    ).rejects.toMatchObject({
      name: 'ProfileQueryError',
      kind: 'invalid-question',
      field,
    });
    expect(client.sent).toBe(0);
  });
});

describe('what may arrive', () => {
  let db: TestDatabase;
  let profiles: Profiles;
  beforeAll(async () => {
    db = await startDatabase('sdk_bad_input');
    profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
  });
  afterAll(() => db.stop());

  const sample = (service: string, different: Partial<LandedSample> = {}): LandedSample => ({
    ...{ Timestamp: landedTime(START_MS), ProfileId: '', SampleType: 'cpu' },
    ...{ SampleUnit: 'nanoseconds', PeriodType: 'cpu', PeriodUnit: 'nanoseconds', Period: '1' },
    ...{ ServiceName: service, ResourceAttributes: {}, ScopeName: '', ScopeVersion: '' },
    ...{ ProfileAttributes: {}, SampleAttributes: {}, StackHash: '0', DurationNano: '0' },
    ...{ Values: ['1'], TimestampsUnixNano: [], TraceId: '', SpanId: '' },
    ...{ FunctionNames: ['main'], FileNames: [''], LineNumbers: [1], MappingFileNames: [''] },
    Addresses: ['0'],
    ...different,
  });
  /** The rollups' answer, and that of the rows. */
  const both = async (service: string) =>
    Promise.all([
      profiles.flamegraph({ service, timeRange: day }),
      profiles.flamegraph({ service, timeRange: day, granularity: 'line' }),
      profiles.topFunctions({ service, timeRange: day }),
      profiles.timeline({ service, timeRange: day, bucketSeconds: 86_400 }),
    ]);

  it.each([
    `O'Hara "quoted" \\ back\tslash\nline`,
    '{x:String}',
    `'; DROP TABLE otel_profiles; --`,
    '🔥'.repeat(50),
    '',
  ])('may be called %j', async (service) => {
    await db.land([sample(service, { Values: ['7'] }), sample('another', { Values: ['100'] })]);
    for (const { total } of await both(service)) expect(total).toBe(7);
    const { items } = await profiles.services({ service, timeRange: day });
    expect(items).toMatchObject([{ service, samples: 7 }]);
    const facets = await profiles.facets({ keys: ['ServiceName'], text: service, timeRange: day });
    expect(facets.items[0].values.some(({ value }) => value === service)).toBe(service !== '');
    const key = { name: service, file: service, mapping: service };
    const none = await profiles.flamegraph({ containing: key, under: [key], timeRange: day });
    expect(none.total).toBe(0);
  });

  it('may be zero, negative, or beyond 64 bits in sum', async () => {
    const most = '9223372036854775807';
    const least = '-9223372036854775808';
    await db.land([
      sample('zero', { Values: ['0'] }),
      sample('negative', { Values: ['-5'] }),
      ...[1, 2, 3].map(() => sample('huge', { Values: [most] })),
      ...[1, 2, 3].map(() => sample('deep', { Values: [least] })),
      sample('even', { Values: [most] }),
      sample('even', { Values: [`-${most}`] }),
    ]);
    for (const [service, total] of [
      ...[['zero', 0] as const, ['negative', -5] as const, ['even', 0] as const],
      ...[['huge', 3 * 2 ** 63] as const, ['deep', -3 * 2 ** 63] as const],
    ]) {
      const answers = await both(service);
      for (const answer of answers) {
        expect(answer).toMatchObject({ total, exact: Number.isSafeInteger(total) });
      }
      const [byFunction, , top, timeline] = answers;
      expect([...readableStacks(byFunction.stacks).values()]).toMatchObject([{ weight: total }]);
      expect(top.functions[0].self).toBe(total);
      expect([...timeline.weight]).toEqual([total]);
    }
  });

  it('may have more event times than values', async () => {
    const at = (ms: number) => `${START_MS + ms}000000`;
    const times = [0, 10, 1_020, 5_000].map(at);
    await db.land([sample('uneven', { TimestampsUnixNano: times, Values: ['10', '1'] })]);
    const answers = await both('uneven');
    for (const answer of answers) expect(answer).toMatchObject({ total: 11, samples: 4 });
    const heatmap = await profiles.heatmap({
      ...{ service: 'uneven', timeRange: between(START_MS, START_MS + 2_000), rowsPerSecond: 2 },
    });
    // In equal parts that add up to the row: 2 + 3 + 3 + 3, of which the last is not in the range.
    expect([...heatmap.weight]).toEqual([5, 0, 3, 0]);
    expect([...heatmap.count]).toEqual([2, 0, 1, 0]);
    expect(heatmap).toMatchObject({ total: 8, samples: 3, columns: 2, rows: 2, rowMs: 500 });
  });

  it('may be asked for by keys and ids that nothing has', async () => {
    for (const scope of [
      { resource: { 'no.such.key': 'a' } },
      { attributes: [{ on: 'sample', key: `'"\\{x:String}`, value: '🔥' }] },
      { workload: 'none' },
      { traceId: 'F'.repeat(32), spanId: 'f'.repeat(16) },
    ] as const) {
      const question = { ...scope, timeRange: day };
      expect(await profiles.flamegraph(question)).toMatchObject({ total: 0, complete: true });
      expect(await profiles.topFunctions(question)).toMatchObject({ functions: [] });
      expect(await profiles.timeline(question)).toMatchObject({ total: 0 });
      expect((await profiles.facets(question)).items).toEqual([]);
      expect((await profiles.services(question)).items).toEqual([]);
    }
  });

  it('may be one of many thousand that are asked for', async () => {
    const pod = 'name-4999';
    await db.land([
      sample('many', { ResourceAttributes: { 'k8s.pod.name': pod, 'k8s.deployment.name': pod } }),
      sample('many', { ResourceAttributes: { 'k8s.pod.name': 'other' } }),
    ]);
    // Longer than ClickHouse takes as one value.
    const names = manyNames(5_000).map((name) => `${'é'.repeat(3)}${name}`);
    const among = [...names, pod];
    const of = { service: [...names, 'many'], timeRange: day };
    for (const scope of [
      { resource: { 'k8s.pod.name': among } },
      { workload: among.slice(-1_000) },
      { attributes: [{ on: 'resource', key: 'k8s.pod.name', value: ['', ...among] }] },
      { attributes: [{ on: 'resource', key: 'k8s.pod.name', value: ['other'], exclude: true }] },
    ] as const) {
      expect((await profiles.flamegraph({ ...of, ...scope })).total).toBe(1);
      expect((await profiles.topFunctions({ ...of, ...scope, exact: true })).total).toBe(1);
      expect((await profiles.facets({ ...of, ...scope, keys: among, text: pod })).items).toEqual(
        [],
      );
    }
  });

  it('may be of any time that a question can name', async () => {
    const limits = { maxDays: 200_000 };
    const timeRange = between(Date.UTC(1900, 0, 1), Date.UTC(2262, 3, 11));
    const wide = await profiles.flamegraph({ service: 'uneven', timeRange }, { limits });
    expect(wide.total).toBe(11);
    const rows = await profiles.flamegraph(
      { service: 'uneven', timeRange, granularity: 'line' },
      { limits },
    );
    expect(rows.total).toBe(11);
    const early = between(Date.UTC(1969, 11, 31), Date.UTC(1970, 0, 2));
    expect((await profiles.flamegraph({ timeRange: early })).total).toBe(0);
    const late = between(Date.UTC(2150, 0, 1), Date.UTC(2150, 0, 2));
    expect((await profiles.flamegraph({ timeRange: late })).total).toBe(0);
  });
});
