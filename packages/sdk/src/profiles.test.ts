import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { processWindow, type ProfileScope } from './questions/scope.ts';
import {
  HOSTILE_SERVICE,
  landedTime,
  makeSamples,
  makeSpans,
  PROCESSES,
  spanIdOf,
  START_MS,
  traceIdOf,
} from './testing/corpus.ts';
import { readableFunction, readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';
import { SERVICE, trueFunctions, trueStacks, trueTypes } from './testing/truth.ts';

const ON_CPU = 'samples:count:cpu:nanoseconds';
const TYPES = [
  ON_CPU,
  'off_cpu:nanoseconds::',
  'events:count::',
  'cpu:nanoseconds:cpu:nanoseconds',
  'alloc_space:bytes:space:bytes',
];

let db: TestDatabase;
let profiles: Profiles;

beforeAll(async () => {
  db = await startDatabase('sdk_profiles');
  await db.land(makeSamples(4_000), makeSpans());
  profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
});
afterAll(() => db.stop());

/** Spans below span 1 of a trace: the children of n are 2n + 1 and 2n + 2, up to span 11. */
const BELOW_1 = [1, 3, 4, 7, 8, 9, 10];

const minutes = (n: number) => new Date(START_MS + n * 60_000);
const sqlText = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const spanList = (trace: number, spans: number[]) =>
  spans.map((span) => sqlText(spanIdOf(trace, span))).join();

/** Each scope beside the same in SQL over the rows as they were sent. */
const SCOPES: [string, ProfileScope, string][] = [
  ['everything', {}, '1'],
  ['a trace', { traceId: traceIdOf(2) }, `TraceId = '${traceIdOf(2)}'`],
  [
    'a trace id in upper case',
    { traceId: traceIdOf(5).toUpperCase() },
    `TraceId = '${traceIdOf(5)}'`,
  ],
  [
    'a span',
    { traceId: traceIdOf(2), spanId: spanIdOf(2, 1) },
    `TraceId = '${traceIdOf(2)}' AND SpanId = '${spanIdOf(2, 1)}'`,
  ],
  ['a span without its trace', { spanId: spanIdOf(0, 3) }, `SpanId = '${spanIdOf(0, 3)}'`],
  [
    'a span with its children',
    { traceId: traceIdOf(2), spanId: spanIdOf(2, 1), includeChildren: true },
    `SpanId IN (${spanList(2, BELOW_1)})`,
  ],
  [
    'a root span with its children',
    { traceId: traceIdOf(3), spanId: spanIdOf(3, 0), includeChildren: true },
    `TraceId = '${traceIdOf(3)}'`,
  ],
  ['a service', { service: 'checkout' }, `${SERVICE} = 'checkout'`],
  ['a service known by its executable', { service: 'nginx' }, `${SERVICE} = 'nginx'`],
  [
    'a service with a hostile name',
    { service: HOSTILE_SERVICE },
    `${SERVICE} = ${sqlText(HOSTILE_SERVICE)}`,
  ],
  [
    'several services',
    { service: ['nginx', HOSTILE_SERVICE] },
    `${SERVICE} IN ('nginx', ${sqlText(HOSTILE_SERVICE)})`,
  ],
  [
    'the service.name attribute',
    { resource: { 'service.name': 'checkout' } },
    `ResourceAttributes['service.name'] = 'checkout'`,
  ],
  [
    'no service.name attribute',
    { resource: { 'service.name': '' } },
    `ResourceAttributes['service.name'] = ''`,
  ],
  [
    'a pod',
    { resource: { 'k8s.pod.name': 'checkout-b', 'k8s.namespace.name': 'shop' } },
    `ResourceAttributes['k8s.pod.name'] = 'checkout-b'`,
  ],
  [
    'several values of a resource attribute',
    { resource: { 'service.instance.id': ['checkout-1', 'checkout-2'] } },
    `ResourceAttributes['service.instance.id'] IN ('checkout-1', 'checkout-2')`,
  ],
  [
    'a value with an equals sign',
    { resource: { 'service.namespace': 'a=b' } },
    `ResourceAttributes['service.namespace'] = 'a=b'`,
  ],
  ['a key that does not exist', { resource: { 'no.such=key': 'a' } }, '0'],
  [
    'a sample attribute',
    { attributes: [{ on: 'sample', key: 'thread.name', value: `it's "odd" = \\` }] },
    `SampleAttributes['thread.name'] = 'it\\'s "odd" = \\\\'`,
  ],
  [
    'a sample attribute excluded',
    { attributes: [{ on: 'sample', key: 'thread.name', value: 'main', exclude: true }] },
    `SampleAttributes['thread.name'] != 'main'`,
  ],
  [
    'two conditions on attributes',
    {
      attributes: [
        { on: 'profile', key: 'origin', value: ['samples', 'off_cpu', 'cpu'] },
        { on: 'resource', key: 'host.name', value: 'node-1' },
      ],
    },
    `ProfileAttributes['origin'] IN ('samples', 'off_cpu', 'cpu') AND ResourceAttributes['host.name'] = 'node-1'`,
  ],
  [
    'a time range',
    { timeRange: { from: minutes(10), to: minutes(25) } },
    `Timestamp >= toDateTime64('2026-09-01 00:10:00', 9, 'UTC') AND Timestamp < toDateTime64('2026-09-01 00:25:00', 9, 'UTC')`,
  ],
  [
    'everything at once',
    {
      traceId: traceIdOf(1),
      service: 'checkout',
      resource: { 'k8s.namespace.name': 'shop' },
      timeRange: { from: minutes(0), to: minutes(50) },
    },
    `TraceId = '${traceIdOf(1)}' AND ServiceName = 'checkout' AND Timestamp < toDateTime64('2026-09-01 00:50:00', 9, 'UTC')`,
  ],
];

describe.each(SCOPES)('%s', (_, scope, where) => {
  it('has the right stacks', async () => {
    // The first scope shows that all shapes are weighed right; a few types do for the others.
    for (const profileType of where === '1' ? TYPES : TYPES.slice(0, 2)) {
      const truth = await trueStacks(db, profileType, where);
      // A scope that matches nothing by mistake would agree with anything.
      if (where !== '0' && profileType === ON_CPU) expect(truth.size).toBeGreaterThan(0);
      const answer = await profiles.flamegraph({ ...scope, profileType });
      expect(readableStacks(answer.stacks)).toEqual(truth);
      const all = [...truth.values()];
      expect(answer).toMatchObject({
        profileType: truth.size > 0 ? profileType : '',
        total: all.reduce((sum, { weight }) => sum + weight, 0),
        samples: all.reduce((sum, { samples }) => sum + samples, 0),
        linkage: 'linked',
        complete: true,
        exact: true,
        unplacedSpans: 0,
        unknownStacks: 0,
        leftOut: { stacks: 0, weight: 0, samples: 0 },
      });
    }
  });

  it('has the right functions', async () => {
    for (const profileType of where === '1' ? TYPES : [ON_CPU]) {
      const truth = await trueFunctions(db, profileType, where);
      const answer = await profiles.topFunctions({ ...scope, profileType, limit: 1_000 });
      const functions = new Map(
        answer.functions.map((one) => {
          const { self, total, selfSamples, totalSamples } = one;
          return [readableFunction(one), { self, total, selfSamples, totalSamples }];
        }),
      );
      expect(functions).toEqual(truth);
      expect(answer).toMatchObject({ functionCount: truth.size, complete: true });
    }
  });

  it('has the right profile types', async () => {
    const truth = await trueTypes(db, where);
    const { items } = await profiles.profileTypes(scope);
    expect(
      new Map(
        items.map(({ profileType, samples, total }) => [
          ` ${profileType}`,
          { samples, weight: total },
        ]),
      ),
    ).toEqual(truth);
  });

  it('has the right services', async () => {
    const truth = await trueTypes(db, where, SERVICE);
    const { items } = await profiles.services(scope);
    expect(
      new Map(
        items.flatMap(({ service, profileTypes }) =>
          profileTypes.map(({ profileType, samples, total }) => [
            `${service} ${profileType}`,
            { samples, weight: total },
          ]),
        ),
      ),
    ).toEqual(truth);
  });
});

describe('a flame graph', () => {
  it('tells lines apart when asked to', async () => {
    const truth = await trueStacks(db, ON_CPU, '1', 'line');
    const { stacks } = await profiles.flamegraph({ profileType: ON_CPU, granularity: 'line' });
    expect(readableStacks(stacks)).toEqual(truth);
    expect(truth.size).toBeGreaterThan((await trueStacks(db, ON_CPU, '1')).size);
  });

  it('is of CPU time when no type is asked for', async () => {
    const answer = await profiles.flamegraph({ service: 'checkout' });
    const { items } = await profiles.profileTypes({ service: 'checkout' });
    expect(answer.profileType).toBe(items[0].profileType);
    expect(answer.profileType).toContain('cpu');
    expect(answer.unit).toBe('nanoseconds');
  });

  it('is of the type with the most samples when there is no CPU time', async () => {
    const scope: ProfileScope = {
      attributes: [{ on: 'profile', key: 'origin', value: ['off_cpu', 'alloc_space'] }],
    };
    const { items } = await profiles.profileTypes(scope);
    const most = Math.max(...items.map(({ samples }) => samples));
    const answer = await profiles.flamegraph(scope);
    expect(answer.samples).toBe(most);
  });

  it('keeps the heaviest stacks and the exact rest', async () => {
    const truth = await trueStacks(db, ON_CPU, '1', 'line');
    const weights = [...truth.values()].map(({ weight }) => weight).sort((a, b) => b - a);
    const sum = (of: number[]) => of.reduce((so, weight) => so + weight, 0);
    const answer = await profiles.flamegraph({
      profileType: ON_CPU,
      granularity: 'line',
      maxStacks: 7,
    });
    expect([...answer.stacks.weight].sort((a, b) => b - a)).toEqual(weights.slice(0, 7));
    expect(answer).toMatchObject({
      complete: false,
      total: sum(weights),
      leftOut: { stacks: weights.length - 7, weight: sum(weights.slice(7)) },
    });
    expect(answer.stacks.otherWeight).toBe(sum(weights.slice(7)));
    expect(answer.stacks.otherCount).toBe(answer.leftOut.samples);
  });

  it('says what answered and what it cost', async () => {
    const { stats } = await profiles.flamegraph({ profileType: ON_CPU });
    expect(stats.tables).toEqual([
      { table: 'otel_profiles_rollup_1d', from: undefined, to: undefined },
    ]);
    expect(stats.rowsRead).toBeGreaterThan(0);
    expect(stats.bytesRead).toBeGreaterThan(0);
    expect(stats.wireLength).toBeGreaterThan(0);
  });

  it('of nothing is empty', async () => {
    const answer = await profiles.flamegraph({ traceId: 'f'.repeat(32) });
    expect(answer).toMatchObject({
      profileType: '',
      total: 0,
      samples: 0,
      complete: true,
      exact: true,
      estimate: undefined,
    });
    expect(answer.stacks.weight).toHaveLength(0);
    expect(answer.stacks.frames.length).toBe(0);
  });
});

describe('top functions', () => {
  it('are sorted by self or total, and cut where asked', async () => {
    const truth = await trueFunctions(db, ON_CPU, '1');
    for (const sortBy of ['self', 'total'] as const) {
      const sorted = [...truth.values()].map((one) => one[sortBy]).sort((a, b) => b - a);
      const answer = await profiles.topFunctions({ profileType: ON_CPU, sortBy, limit: 3 });
      expect(answer.functions.map((one) => one[sortBy])).toEqual(sorted.slice(0, 3));
      expect(answer).toMatchObject({ complete: false, functionCount: truth.size });
    }
  });
});

describe('services', () => {
  it('come with the most samples first, and say when there are more', async () => {
    const all = await profiles.services({});
    expect(all.complete).toBe(true);
    expect(all.items.map(({ service }) => service).sort()).toEqual(
      ['checkout', HOSTILE_SERVICE, 'nginx', 'worker'].sort(),
    );
    const samples = all.items.map((one) => one.samples);
    expect(samples).toEqual([...samples].sort((a, b) => b - a));
    const some = await profiles.services({ limit: 2 });
    expect(some).toMatchObject({ complete: false, items: all.items.slice(0, 2) });
  });

  it('know between which times they were seen', async () => {
    const [truth] = await db.rows<{ first: string; last: string }>(
      `SELECT toUnixTimestamp64Milli(min(Timestamp)) AS first, toUnixTimestamp64Milli(max(Timestamp)) AS last
       FROM raw WHERE ${SERVICE} = 'nginx'`,
    );
    // By rows to the millisecond, by the rollup to the day.
    const byRows = {
      attributes: [{ on: 'profile', key: 'origin', value: '', exclude: true }],
    } as const;
    const [seen] = (await profiles.services({ service: 'nginx', ...byRows })).items;
    expect(seen.firstSeen.getTime()).toBe(Number(truth.first));
    expect(seen.lastSeen.getTime()).toBe(Number(truth.last));
    const [day] = (await profiles.services({ service: 'nginx' })).items;
    expect(day.firstSeen).toEqual(new Date(START_MS));
    expect(day.lastSeen).toEqual(new Date(START_MS + 86_400_000 - 1));
  });
});

describe('span sample counts', () => {
  it('are those of each span of the trace', async () => {
    const truth = await trueTypes(db, `TraceId = '${traceIdOf(4)}'`, 'SpanId');
    const { items } = await profiles.spanSampleCounts({ traceId: traceIdOf(4) });
    expect(
      new Map(
        items.flatMap(({ spanId, profileTypes }) =>
          profileTypes.map(({ profileType, samples, total }) => [
            `${spanId} ${profileType}`,
            { samples, weight: total },
          ]),
        ),
      ),
    ).toEqual(truth);
    for (const { samples, profileTypes } of items) {
      expect(samples).toBe(profileTypes.reduce((sum, type) => sum + type.samples, 0));
    }
  });

  it('are none for a trace without samples', async () => {
    expect((await profiles.spanSampleCounts({ traceId: 'f'.repeat(32) })).items).toEqual([]);
  });
});

describe('an estimate', () => {
  /** A trace of its own: spans of ten minutes, one in each process and two that no profiler saw. */
  const TRACE = 'e'.repeat(32);
  const FROM_MS = START_MS + 15 * 60_000;
  const TO_MS = FROM_MS + 10 * 60_000;
  const span = (id: number): ProfileScope =>
    processWindow({ traceId: TRACE, spanId: `e${id}`.padStart(16, '0') });
  const RESOURCES = [
    ...PROCESSES,
    { 'service.name': 'checkout' },
    { 'service.name': 'checkout', 'service.instance.id': 'checkout-9' },
  ];

  beforeAll(async () => {
    await db.land(
      [],
      RESOURCES.map((resource, id) => ({
        Timestamp: landedTime(FROM_MS),
        TraceId: TRACE,
        SpanId: `e${id}`.padStart(16, '0'),
        ParentSpanId: '',
        ServiceName: (resource as Record<string, string>)['service.name'] ?? '',
        ResourceAttributes: resource,
        Duration: String((TO_MS - FROM_MS) * 1_000_000),
      })),
    );
  });

  const IN_SPAN = `t >= ${FROM_MS}000000 AND t <= ${TO_MS}000000`;

  /** Which rows are the process's, and what it is recognised by. */
  it.each([
    [0, 'service.instance.id', `ResourceAttributes['service.instance.id'] = 'checkout-1'`],
    [1, 'service.instance.id', `ResourceAttributes['service.instance.id'] = 'checkout-2'`],
    [2, 'process.pid', `ResourceAttributes['process.pid'] = '13'`],
    [3, 'process.pid', `ResourceAttributes['process.pid'] = '14'`],
    [4, 'container.id', `ResourceAttributes['container.id'] = 'abc'`],
    [5, 'service.name', `ServiceName = 'checkout'`],
  ])('for span %i, found by %s, counts the events inside the span', async (id, by, where) => {
    for (const [profileType, weight] of [
      [ON_CPU, `arrayCount(t -> ${IN_SPAN}, TimestampsUnixNano) * Period`],
      [
        'off_cpu:nanoseconds::',
        `arraySum((t, v) -> if(${IN_SPAN}, v, 0), TimestampsUnixNano, Values)`,
      ],
      ['events:count::', `arrayCount(t -> ${IN_SPAN}, TimestampsUnixNano)`],
    ]) {
      const [truth] = await db.rows<{ weight: string; samples: string }>(
        `SELECT sum(${weight}) AS weight, sum(arrayCount(t -> ${IN_SPAN}, TimestampsUnixNano)) AS samples
         FROM raw WHERE (${where}) AND SampleType = '${profileType.split(':')[0]}'`,
      );
      const answer = await profiles.flamegraph({ ...span(id), profileType });
      expect(Number(truth.samples)).toBeGreaterThan(5);
      expect(answer).toMatchObject({
        linkage: 'estimated',
        profileType,
        total: Number(truth.weight),
        samples: Number(truth.samples),
        estimate: {
          spanFound: true,
          from: new Date(FROM_MS),
          to: new Date(TO_MS),
          processBy: by,
          spreadSamples: 0,
        },
      });
      expect(answer.stacks.weight.reduce((sum, one) => sum + one, 0)).toBe(answer.total);
    }
  });

  it('spreads samples without a time over their window, and says so', async () => {
    const profileType = 'cpu:nanoseconds:cpu:nanoseconds';
    const overlap = `greatest(0, least(toUnixTimestamp64Milli(Timestamp) + 5000, ${TO_MS}) - greatest(toUnixTimestamp64Milli(Timestamp), ${FROM_MS})) / 5000`;
    const [truth] = await db.rows<{ weight: number; samples: number; stacks: string }>(
      `SELECT
         sum(Values[1] * ${overlap}) AS weight,
         sum(greatest(intDiv(Values[1] + 5000000, 10000000), 1) * ${overlap}) AS samples,
         uniqExact(FunctionNames, LineNumbers, Addresses) AS stacks
       FROM raw WHERE ResourceAttributes['process.pid'] = '14' AND SampleType = 'cpu' AND ${overlap} > 0`,
    );
    const answer = await profiles.flamegraph({ ...span(3), profileType });
    expect(Number(truth.samples)).toBeGreaterThan(5);
    // Each stack's weight is rounded to a whole nanosecond.
    expect(Math.abs(answer.total - truth.weight)).toBeLessThanOrEqual(Number(truth.stacks));
    expect(answer.samples).toBeCloseTo(truth.samples);
    expect(answer.estimate?.spreadSamples).toBeCloseTo(truth.samples);
  });

  it('leaves out processes that are known to be others', async () => {
    const answer = await profiles.flamegraph(span(6));
    expect(answer).toMatchObject({
      samples: 0,
      estimate: { spanFound: true, service: 'checkout', processBy: undefined },
    });
  });

  it('can be about one thread', async () => {
    const where = `ResourceAttributes['process.pid'] = '14' AND SampleAttributes['thread.name'] = 'main'`;
    const [truth] = await db.rows<{ samples: string }>(
      `SELECT sum(arrayCount(t -> ${IN_SPAN}, TimestampsUnixNano)) AS samples
       FROM raw WHERE ${where} AND SampleType = 'samples'`,
    );
    const answer = await profiles.flamegraph({
      ...span(3),
      profileType: ON_CPU,
      attributes: [{ on: 'sample', key: 'thread.name', value: 'main' }],
    });
    expect(answer.samples).toBe(Number(truth.samples));
  });

  it('is given for profile types and functions too', async () => {
    const flamegraph = await profiles.flamegraph(span(3));
    const types = await profiles.profileTypes(span(3));
    expect(types.items[0]).toEqual({
      profileType: flamegraph.profileType,
      unit: flamegraph.unit,
      samples: flamegraph.samples,
      total: flamegraph.total,
    });
    const { total, samples, linkage, functions } = await profiles.topFunctions(span(3));
    expect({ total, samples, linkage }).toEqual({
      total: flamegraph.total,
      samples: flamegraph.samples,
      linkage: 'estimated',
    });
    expect(functions.length).toBeGreaterThan(0);
  });

  it('is of CPU time if there is any, though another profiler knows the process better', async () => {
    const traceId = 'd'.repeat(32);
    const container = { 'container.id': 'two-profilers' };
    const process = { ...container, 'service.name': 'two', 'service.instance.id': 'two-1' };
    const [sample] = makeSamples(1);
    const taken = {
      ...{ ...sample, TraceId: '', SpanId: '', Timestamp: landedTime(FROM_MS) },
      ...{ TimestampsUnixNano: [], Values: ['7'], DurationNano: '0' },
      ...{ SampleType: 'alloc_space', SampleUnit: 'bytes', PeriodType: '', PeriodUnit: '' },
    };
    const cpu = { SampleType: 'cpu', SampleUnit: 'nanoseconds' };
    await db.land(
      [
        { ...taken, ServiceName: 'two', ResourceAttributes: process },
        { ...taken, ServiceName: '', ResourceAttributes: container, ...cpu },
        { ...taken, ServiceName: 'two', ResourceAttributes: { 'service.name': 'two' }, ...cpu },
      ],
      [
        {
          ...{ TraceId: traceId, SpanId: 'e'.repeat(16), ParentSpanId: '', ServiceName: 'two' },
          ...{ Timestamp: landedTime(FROM_MS), ResourceAttributes: process, Duration: '1000000' },
        },
      ],
    );
    const question = processWindow({ traceId, spanId: 'e'.repeat(16) });
    // Of CPU time, only what is known to be of the container, not all that is of the service.
    const found = {
      ...{ profileType: 'cpu:nanoseconds::', total: 7 },
      estimate: { processBy: 'container.id' },
    };
    expect(await profiles.flamegraph(question)).toMatchObject(found);
    expect(await profiles.flamegraph({ ...question, maxStacks: 10 })).toMatchObject(found);
    expect(await profiles.topFunctions(question)).toMatchObject(found);
    const types = await profiles.profileTypes(question);
    expect(types.items.map(({ profileType, total }) => [profileType, total])).toEqual([
      ['cpu:nanoseconds::', 7],
      ['alloc_space:bytes::', 7],
    ]);
  });

  it('knows nothing of a span that is not stored', async () => {
    const answer = await profiles.flamegraph(
      processWindow({ traceId: TRACE, spanId: 'f'.repeat(16) }),
    );
    expect(answer).toMatchObject({
      linkage: 'estimated',
      samples: 0,
      estimate: { spanFound: false, from: undefined, to: undefined, processBy: undefined },
    });
  });
});
