import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyTransform, buildCallTree, frameLabel, type StackTable } from '@hyperflame/calltree';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import type { FlamegraphQuestion } from './questions/questions.ts';
import { processWindow, type ProfileScope } from './questions/scope.ts';
import {
  makeSamples,
  makeSpans,
  spanIdOf,
  START_MS,
  traceIdOf,
  type LandedSample,
} from './testing/corpus.ts';
import { END_MS, makeDays } from './testing/days.ts';
import { readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';
import { SAMPLES, SERVICE, trueStacks, WEIGHT, type Weighed } from './testing/truth.ts';

const ON_CPU = 'samples:count:cpu:nanoseconds';
const IS_ON_CPU = `SampleType = 'samples' AND PeriodType = 'cpu'`;

let db: TestDatabase;
let profiles: Profiles;

beforeAll(async () => {
  db = await startDatabase('sdk_labels');
  // Samples of a trace are looked for at the time of its spans, which are of one hour.
  const unlinked = makeDays(2_000, 21).map((one) => ({ ...one, TraceId: '', SpanId: '' }));
  await db.land([...unlinked, ...makeSamples(1_500, 22)], makeSpans());
  profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
});
afterAll(() => db.stop());

/** Where plain SQL finds the value of a label. */
const VALUE: Readonly<Record<string, string>> = {
  'thread.name': `SampleAttributes['thread.name']`,
  origin: `ProfileAttributes['origin']`,
  'k8s.pod.name': `ResourceAttributes['k8s.pod.name']`,
  'k8s.namespace.name': `ResourceAttributes['k8s.namespace.name']`,
  'service.name': SERVICE,
  'k8s.workload.name': `ResourceAttributes['k8s.deployment.name']`,
};

const sqlText = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What plain SQL says of each value of a label, or of each pair of values of two. */
async function trueGroups(keys: readonly string[], where: string): Promise<Map<string, Weighed>> {
  const rows = await db.rows<{ group: string; weight: string; samples: string }>(`
    SELECT toJSONString([${keys.map((key) => `toString(${VALUE[key]})`).join()}]) AS group,
      sum(${WEIGHT}) AS weight, sum(${SAMPLES}) AS samples
    FROM raw WHERE (${where}) AND ${IS_ON_CPU} GROUP BY group`);
  return new Map(
    rows.map(({ group, weight, samples }) => [
      JSON.stringify(JSON.parse(group)),
      { weight: Number(weight), samples: Number(samples) },
    ]),
  );
}

/** The frames below the root of a tree, as the picture has them after grouping by each label. */
function drawnGroups(stacks: StackTable, keys: readonly string[]): Map<string, Weighed> {
  const grouped = [...keys]
    .reverse()
    .reduce((table, label) => applyTransform(table, { type: 'group-by-label', label }), stacks);
  const tree = buildCallTree(grouped);
  const valueOf = (node: number, key: string) => {
    const text = frameLabel(tree.frames, tree.frame[node]);
    return text === `(no ${key})` ? '' : text.slice(`${key}: `.length);
  };
  const groups = new Map<string, Weighed>();
  const visit = (node: number, values: readonly string[]): void => {
    if (values.length === keys.length) {
      const figures = { weight: tree.total[node], samples: tree.totalCount[node] };
      groups.set(JSON.stringify(values), figures);
      return;
    }
    // Where nothing has the label, there is nothing to group by.
    if (!stacks.labels?.some(({ key }) => key === keys[values.length])) {
      visit(node, [...values, '']);
      return;
    }
    for (let child = node + 1; child < tree.end[node]; child = tree.end[child]) {
      visit(child, [...values, valueOf(child, keys[values.length])]);
    }
  };
  visit(0, []);
  return groups;
}

/** The stacks of one value of a label. */
function stacksOf(stacks: StackTable, label: string, value: string): StackTable {
  return applyTransform(stacks, { type: 'focus-label', label, value });
}

const days = { from: new Date(START_MS - 1), to: new Date(END_MS) };
const tablesOf = async (question: FlamegraphQuestion) =>
  (await profiles.flamegraph(question)).stats.tables.map(({ table }) => table);

const SCOPES: [name: string, ProfileScope, where: string][] = [
  ['everything', {}, '1'],
  ['three days', { timeRange: days }, '1'],
  ['a service', { service: 'checkout' }, `${SERVICE} = 'checkout'`],
  ['a trace', { traceId: traceIdOf(2) }, `TraceId = '${traceIdOf(2)}'`],
  ['a span', { spanId: spanIdOf(1, 3) }, `SpanId = '${spanIdOf(1, 3)}'`],
  [
    'stacks below a function',
    { under: [{ name: 'function1', file: 'file1.ts' }] },
    `FunctionNames[-1] = 'function1' AND FileNames[-1] = 'file1.ts' AND MappingFileNames[-1] = ''`,
  ],
];

describe.each(SCOPES)('of %s', (_, scope, where) => {
  it.each([
    [['thread.name']],
    [['origin']],
    [['k8s.pod.name']],
    [['k8s.namespace.name']],
    [['service.name']],
    [['k8s.workload.name']],
    [['service.name', 'thread.name']],
    [['no.such.key', 'thread.name']],
  ])('each value of %s weighs what plain SQL says', async (keys) => {
    const known = keys.filter((key) => key in VALUE);
    for (const granularity of ['function', 'line'] as const) {
      const question = { ...scope, profileType: ON_CPU, groupBy: keys, granularity };
      const answer = await profiles.flamegraph(question);
      expect(answer).toMatchObject({ complete: true, exact: true });
      const truth = await trueGroups(known, where);
      expect(drawnGroups(answer.stacks, known)).toEqual(truth);
      expect(answer.total).toBe([...truth.values()].reduce((sum, { weight }) => sum + weight, 0));
      for (const group of truth.keys()) {
        const [value] = JSON.parse(group) as string[];
        const [key] = known;
        const isValue = `(${where}) AND ${VALUE[key]} = ${sqlText(value)}`;
        if (known.length > 1) continue;
        expect(readableStacks(stacksOf(answer.stacks, key, value))).toEqual(
          await trueStacks(db, ON_CPU, isValue, granularity),
        );
      }
    }
  });

  it('each value has its exact weight also where stacks are left out, or skipped', async () => {
    const key = 'thread.name';
    const question = { ...scope, profileType: ON_CPU, groupBy: key };
    const truth = await trueGroups([key], where);
    const first = await profiles.flamegraph({ ...question, maxStacks: 1 });
    expect(first.leftOut.stacks).toBeGreaterThan(0);
    expect(first.stacks.weight).toHaveLength(1);
    expect(drawnGroups(first.stacks, [key])).toEqual(truth);

    const next = await profiles.flamegraph({ ...question, maxStacks: 2, skipStacks: 1 });
    const rest = drawnGroups(next.stacks, [key]);
    const drawn = drawnGroups({ ...first.stacks, otherByLabels: [] }, [key]);
    for (const [group, { weight, samples }] of truth) {
      const skipped = drawn.get(group) ?? { weight: 0, samples: 0 };
      expect(rest.get(group) ?? { weight: 0, samples: 0 }).toEqual({
        weight: weight - skipped.weight,
        samples: samples - skipped.samples,
      });
    }
  });
});

it('keeps the heaviest values, and the rest as one that is exact', async () => {
  for (const scope of [{}, { traceId: traceIdOf(2) }]) {
    const where = 'traceId' in scope ? `TraceId = '${scope.traceId}'` : '1';
    const truth = [...(await trueGroups(['service.name'], where))].sort(
      ([, a], [, b]) => b.weight - a.weight,
    );
    const answer = await profiles.flamegraph({
      ...scope,
      ...{ profileType: ON_CPU, groupBy: 'service.name', maxGroups: 2 },
    });
    const rest = truth.slice(2).map(([, figures]) => figures);
    expect(rest.length).toBeGreaterThan(1);
    expect(drawnGroups(answer.stacks, ['service.name'])).toEqual(
      new Map([
        ...truth.slice(0, 2),
        [
          JSON.stringify(['(other)']),
          {
            weight: rest.reduce((sum, { weight }) => sum + weight, 0),
            samples: rest.reduce((sum, { samples }) => sum + samples, 0),
          },
        ],
      ]),
    );
    expect(answer.complete).toBe(true);
    const named = truth.slice(0, 2).map(([group]) => (JSON.parse(group) as string[])[0]);
    expect(readableStacks(stacksOf(answer.stacks, 'service.name', '(other)'))).toEqual(
      await trueStacks(
        db,
        ON_CPU,
        `(${where}) AND ${SERVICE} NOT IN (${named.map(sqlText).join()})`,
      ),
    );
  }
});

it('is answered from rollups where they have the label, else from rows', async () => {
  const ask = (groupBy: FlamegraphQuestion['groupBy']) => tablesOf({ timeRange: days, groupBy });
  const rollups = ['otel_profiles', 'otel_profiles_rollup_1d'];
  for (const key of ['service.name', 'k8s.namespace.name', 'k8s.workload.name']) {
    expect(new Set(await ask(key))).toEqual(new Set(rollups));
  }
  expect(await ask(['service.name', 'k8s.workload.name'])).toContain('otel_profiles_rollup_1d');
  expect(await ask('k8s.pod.name')).toEqual(['otel_profiles']);
  expect(await ask(['service.name', 'k8s.pod.name'])).toEqual(['otel_profiles']);
});

it('tells the samples of a span’s process apart as well', async () => {
  const span = processWindow({ traceId: traceIdOf(0), spanId: spanIdOf(0, 0) });
  const question = { ...span, profileType: ON_CPU };
  const plain = await profiles.flamegraph(question);
  const answer = await profiles.flamegraph({ ...question, groupBy: 'thread.name' });
  expect(answer).toMatchObject({ total: plain.total, samples: plain.samples });
  const groups = drawnGroups(answer.stacks, ['thread.name']);
  for (const [group, { weight }] of groups) {
    const [value] = JSON.parse(group) as [string];
    const alone = await profiles.flamegraph({
      ...question,
      attributes: [{ on: 'sample', key: 'thread.name', value }],
    });
    expect(alone.total).toBe(weight);
  }
  expect([...groups.values()].reduce((sum, { weight }) => sum + weight, 0)).toBe(plain.total);
});

it('is an estimate where a sample of the rows answers', async () => {
  const question = { timeRange: days, profileType: ON_CPU, groupBy: 'k8s.pod.name' };
  const answer = await profiles.flamegraph(question, { limits: { maxExactRows: 1 } });
  expect(answer.sampling).toBeDefined();
  expect(answer.stats.tables.map(({ table }) => table)).toEqual(['otel_profiles_sampled_25']);
  const rows = await db.rows<{ pod: string; weight: string; samples: string }>(
    `SELECT ResourceAttributes['k8s.pod.name'] AS pod, 25 * sum(Value) AS weight, 25 * sum(Count) AS samples
     FROM otel_profiles_sampled_25 WHERE ProfileType = '${ON_CPU}' GROUP BY pod`,
  );
  expect(drawnGroups(answer.stacks, ['k8s.pod.name'])).toEqual(
    new Map(
      rows.map(({ pod, weight, samples }) => [
        JSON.stringify([pod]),
        { weight: Number(weight), samples: Number(samples) },
      ]),
    ),
  );
});

it('is what stands closest to the sample', async () => {
  const [sample] = makeSamples(1);
  const zones = (resource: string, profile: string, own: string): LandedSample => ({
    ...sample,
    ...{ SampleType: 'samples', SampleUnit: 'count', PeriodType: 'cpu', PeriodUnit: 'nanoseconds' },
    ...{ Values: [], TimestampsUnixNano: ['1'], Period: '1', TraceId: '', SpanId: '' },
    ServiceName: 'zones',
    ResourceAttributes: { 'service.name': 'zones', zone: resource },
    ProfileAttributes: { zone: profile },
    SampleAttributes: own === '' ? {} : { zone: own },
  });
  await db.land([
    zones('a', '', ''),
    zones('a', 'b', ''),
    zones('a', 'b', 'c'),
    zones('', '', 'c'),
  ]);
  const { stacks } = await profiles.flamegraph({ service: 'zones', groupBy: 'zone' });
  const one = { weight: 1, samples: 1 };
  expect(drawnGroups(stacks, ['zone'])).toEqual(
    new Map([
      ['["a"]', one],
      ['["b"]', one],
      ['["c"]', { weight: 2, samples: 2 }],
    ]),
  );
});
