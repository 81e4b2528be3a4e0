import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyTransform, type StackTable } from '@hyperflame/calltree';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { PLAIN_CATALOG, type Catalog } from './plan/catalog.ts';
import type { ProfileClient } from './clients/profile-client.ts';
import { createProfiles } from './profiles.ts';
import type { FlamegraphQuestion } from './questions/questions.ts';
import { processWindow } from './questions/scope.ts';
import { flamegraphQuery } from './sql/flamegraph.ts';
import { listed } from './sql/where.ts';
import { MOST_TRACE_STACKS, traceFlamegraphQuery } from './sql/trace-flamegraph.ts';
import type { SendableQuery } from './sql/built-query.ts';
import {
  makeSamples,
  makeSpans,
  spanIdOf,
  SPANS_PER_TRACE,
  traceIdOf,
  TRACES,
} from './testing/corpus.ts';
import { readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';
import { trueStacks } from './testing/truth.ts';
import { parseFlamegraph } from './wire/flamegraph.ts';
import { traceRows } from './wire/trace-rows.ts';

const ON_CPU = 'samples:count:cpu:nanoseconds';
const MANY = traceIdOf(TRACES + 1);

let db: TestDatabase;

beforeAll(async () => {
  db = await startDatabase('sdk_traces');
  const samples = makeSamples(1_500, 5);
  // Without a name, each address is a function of its own.
  const [sample] = samples;
  const many = Array.from({ length: MOST_TRACE_STACKS + 1 }, (_, i) => ({
    ...sample,
    ...{ TraceId: MANY, SpanId: i === 0 ? spanIdOf(TRACES + 1, 1) : spanIdOf(TRACES + 1, 0) },
    ...{ SampleType: 'samples', SampleUnit: 'count', Values: [], TimestampsUnixNano: ['1'] },
    ...{ PeriodType: 'cpu', PeriodUnit: 'nanoseconds', Period: String(1_000 + i) },
    ...{ Addresses: [String(i + 1)], FunctionNames: [''], FileNames: [''] },
    ...{ LineNumbers: [0], MappingFileNames: ['libc.so'] },
  }));
  await db.land([...samples, ...many], makeSpans());
});
afterAll(() => db.stop());

async function answerTo({ query, query_params, format }: SendableQuery): Promise<string> {
  const answer = await db.client.query({
    query,
    query_params: { ...query_params },
    format,
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  });
  return answer.text();
}

/** The stacks, each behind the values of its labels. */
function inGroups(stacks: StackTable, { groupBy = [] }: FlamegraphQuestion) {
  return readableStacks(
    listed(groupBy).reduce(
      (table, label) => applyTransform(table, { type: 'group-by-label', label }),
      stacks,
    ),
  );
}

it('a trace’s own query gives what the query for all scopes gives', async () => {
  const questions = Array.from({ length: TRACES }, (_, trace): FlamegraphQuestion[] => {
    const span = { traceId: traceIdOf(trace), spanId: spanIdOf(trace, trace % SPANS_PER_TRACE) };
    return [
      { traceId: span.traceId },
      { traceId: span.traceId, granularity: 'line' },
      { traceId: span.traceId, profileType: 'off_cpu:nanoseconds::' },
      { traceId: span.traceId, maxStacks: 1 + 3 * trace },
      { spanId: span.spanId },
      { ...span, includeChildren: true },
      processWindow(span),
      { traceId: span.traceId, groupBy: ['service.name', 'thread.name'] },
      { traceId: span.traceId, groupBy: 'k8s.pod.name', maxGroups: 1, granularity: 'line' },
      { ...processWindow(span), groupBy: 'thread.name' },
      { ...processWindow(span), attributes: [{ on: 'sample', key: 'thread.name', value: 'main' }] },
    ];
  }).flat();
  const of = { database: db.name, catalog: { ...PLAIN_CATALOG, traceTimes: true } };
  const seen = new Set<string>();
  for (const question of questions) {
    const name = JSON.stringify(question);
    const rows = traceRows(await answerTo(traceFlamegraphQuery(question, of)), question);
    const own = parseFlamegraph(rows ?? '');
    const general = parseFlamegraph(await answerTo(flamegraphQuery(question, of)));
    const { stacks, leftOut, ...figures } = own;
    expect(figures, name).toEqual({
      ...Object.fromEntries(Object.keys(figures).map((key) => [key, general[key as 'total']])),
      // Where both have all stacks; one that was cut between equals may have kept another.
    });
    expect(leftOut.samples + stacks.count.reduce((sum, count) => sum + count, 0), name).toBe(
      general.samples,
    );
    if (question.maxStacks === undefined) {
      expect(inGroups(stacks, question), name).toEqual(inGroups(general.stacks, question));
      expect(leftOut, name).toEqual(general.leftOut);
    }
    seen.add(`${own.linkage} ${own.profileType}`);
  }
  expect(seen.size).toBeGreaterThan(2);
});

it('a trace with very many stacks is answered too', async () => {
  const query = traceFlamegraphQuery({ traceId: MANY }, { database: db.name });
  expect(traceRows(await answerTo(query), { traceId: MANY })).toBeUndefined();
  const client = fromClickHouseWeb(db.client);
  const ids: (string | undefined)[] = [];
  const send: ProfileClient['send'] = (request) => {
    ids.push(request.queryId);
    return client.send(request);
  };
  const profiles = createProfiles({ client: { ...client, send }, database: db.name });
  for (const spanId of [undefined, spanIdOf(TRACES + 1, 0)]) {
    const answer = await profiles.flamegraph(
      { traceId: MANY, spanId },
      { queryId: `of-${spanId}` },
    );
    const where = `TraceId = '${MANY}' AND ${spanId ? `SpanId = '${spanId}'` : '1'}`;
    expect(readableStacks(answer.stacks)).toEqual(await trueStacks(db, ON_CPU, where));
    expect(answer.complete).toBe(true);
  }
  const named = ids.filter((id) => id !== undefined);
  expect(named.length).toBeGreaterThan(2);
  expect(new Set(named).size).toBe(named.length);
});

it('stacks and frames are the same, looked up or read whole', async () => {
  const questions: FlamegraphQuestion[] = [
    {},
    { service: 'checkout' },
    { service: 'checkout', granularity: 'line', maxStacks: 7 },
    { profileType: ON_CPU, maxStacks: 5, skipStacks: 3 },
    { service: 'nobody' },
    { groupBy: ['k8s.pod.name', 'thread.name'], maxGroups: 2 },
    { groupBy: 'service.name', maxStacks: 5, skipStacks: 3 },
    { service: 'nobody', groupBy: 'thread.name' },
  ];
  for (const functionStacks of [false, true]) {
    for (const question of questions) {
      const [lookedUp, readWhole] = await Promise.all(
        [false, true].map((smallDictionaries) => {
          const catalog: Catalog = { ...PLAIN_CATALOG, functionStacks, smallDictionaries };
          return answerTo(flamegraphQuery(question, { database: db.name, catalog }));
        }),
      );
      expect(lookedUp, JSON.stringify(question)).toBe(readWhole);
    }
  }
});

it('of the maps of attributes, those are read that have a label', async () => {
  const mapsReadFor = async (key: string): Promise<string[]> => {
    const catalog: Catalog = { ...PLAIN_CATALOG, smallDictionaries: true };
    const asked = flamegraphQuery({ groupBy: key }, { database: db.name, catalog });
    const plan = await answerTo({ ...asked, query: `EXPLAIN actions = 1 ${asked.query}` });
    return ['Sample', 'Profile', 'Resource'].filter((of) => plan.includes(`${of}Attributes`));
  };
  expect(await mapsReadFor('thread.name')).toEqual(['Sample']);
  expect(await mapsReadFor('k8s.pod.name')).toEqual(['Resource']);
  expect(await mapsReadFor('nowhere')).toEqual([]);
});

it('an answer is the same with many rows to a line', async () => {
  for (const question of [{}, { granularity: 'line' }, { groupBy: 'thread.name' }] as const) {
    const of = { database: db.name };
    const rows = (await answerTo(flamegraphQuery(question, of))).trimEnd().split('\n');
    const batches = (await answerTo(flamegraphQuery(question, { ...of, batched: true })))
      .trimEnd()
      .split('\n');
    expect(batches.length).toBeLessThan(rows.length / 100);
    expect(batches.flatMap((line) => (JSON.parse(line) as [unknown[]])[0])).toEqual(
      rows.map((line) => JSON.parse(line) as unknown),
    );
    expect(parseFlamegraph(batches.join('\n'))).toEqual(parseFlamegraph(rows.join('\n')));
  }
});
