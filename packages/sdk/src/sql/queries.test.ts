import { describe, expect, it } from 'vitest';
import { processWindow, type ProfileScope } from '../questions/scope.ts';
import { flamegraphQuery } from './flamegraph.ts';
import type { Catalog } from '../plan/catalog.ts';
import type { BuildOptions } from './build-context.ts';
import { facetsQuery } from './facets.ts';
import { Parameters } from './parameters.ts';
import { profileTypesQuery } from './profile-types.ts';
import { servicesQuery } from './services.ts';
import { spanSampleCountsQuery } from './span-sample-counts.ts';
import { timelineQuery } from './timeline.ts';
import { findFunctionsQuery, topFunctionsQuery } from './top-functions.ts';

const TRACE = 'feedfacefeedfacefeedfacefeedface';
const SPAN = 'cafebabecafebabe';
const HOSTILE = `'; DROP TABLE x; -- \\ {service:String} \`🔥\``;

const DAY = { from: new Date(Date.UTC(2026, 0, 1)), to: new Date(Date.UTC(2026, 0, 2)) };

const scope = (text: string): ProfileScope => ({
  traceId: TRACE,
  spanId: SPAN,
  includeChildren: true,
  service: [text, 'other'],
  resource: { 'k8s.pod.name': text, [text]: text },
  attributes: [
    { on: 'sample', key: text, value: ['', text] },
    { on: 'profile', key: 'k', value: text, exclude: true },
  ],
  profileType: text,
  timeRange: DAY,
});

const BUILDERS = {
  flamegraph: flamegraphQuery,
  'flamegraph by labels': (question: ProfileScope, options?: BuildOptions) =>
    flamegraphQuery(
      { groupBy: [question.workload?.toString() ?? 'a', 'k8s.pod.name'], ...question },
      options,
    ),
  topFunctions: topFunctionsQuery,
  findFunctions: (question: ProfileScope, options?: BuildOptions) =>
    findFunctionsQuery({ text: question.workload?.toString() ?? 'a', ...question }, options),
  timeline: (question: ProfileScope, options?: BuildOptions) =>
    timelineQuery({ timeRange: DAY, ...question }, options),
  facets: (question: ProfileScope, options?: BuildOptions) =>
    facetsQuery({ text: question.workload?.toString(), ...question }, options),
  profileTypes: profileTypesQuery,
  services: servicesQuery,
};

/** Of a database that has everything. */
const FULL: Catalog = {
  holdsFrom: {
    ...{ profiles: -Infinity, rollup1m: -Infinity, rollup1h: -Infinity, rollup1d: -Infinity },
    ...{ functions1h: -Infinity, functions1d: -Infinity, kvRollup15m: -Infinity },
    sampled25: -Infinity,
  },
  ...{ oldest: -Infinity, functionStacks: true, traceTimes: true, smallDictionaries: true },
};

/** What rollups know, with edges that only rows do. */
const summed = (text: string): ProfileScope => ({
  service: text,
  workload: text,
  resource: { 'k8s.namespace.name': text },
  profileType: text,
  under: [{ name: text, file: text, mapping: text }],
  containing: { name: '', mapping: text, address: 7n },
  timeRange: {
    from: new Date(Date.UTC(2026, 0, 1, 22, 58, 30, 250)),
    to: new Date(Date.UTC(2026, 0, 4, 1, 2, 0, 1)),
  },
});

describe.each(Object.entries(BUILDERS))('the query of %s', (name, build) => {
  it.each([
    ['rows', scope(HOSTILE), {}],
    ['rows of a trace', scope(HOSTILE), { catalog: FULL }],
    ['all tables', summed(HOSTILE), { catalog: FULL }],
    ['a sample', { ...summed(HOSTILE), ...scope(HOSTILE) }, { catalog: FULL, sampled: true }],
  ] as const)('to %s has all values beside its text', (_, question, options) => {
    const { query, query_params } = build(question, options);
    for (const value of [HOSTILE, 'DROP', TRACE, SPAN, '2026', 'k8s.pod.name']) {
      expect(query).not.toContain(value);
    }
    expect(JSON.stringify(query_params)).toContain(JSON.stringify(HOSTILE).slice(1, -1));
    // Each placeholder has a value and each value a placeholder.
    const placeholders = [...query.matchAll(/\{(\w+):[\w()]+\}/g)].map((found) => found[1]);
    expect([...new Set(placeholders)].sort()).toEqual(Object.keys(query_params).sort());
  });

  it('is the same text whatever the values are', () => {
    expect(build(scope('a')).query).toBe(build(scope('b')).query);
  });

  it('quotes the names of tables', () => {
    const { query, plan } = build(
      { traceId: TRACE },
      { database: 'my`db\\', tables: { profiles: "o'p" } },
    );
    expect(query).toContain("`my\\`db\\\\`.`o'p`");
    expect(plan.pieces.map(({ table }) => table)).toEqual(['profiles']);
  });

  it('reads the traces only where it needs them', () => {
    expect(build({ traceId: TRACE, spanId: SPAN }).query).not.toContain('otel_traces');
    expect(build({ traceId: TRACE, spanId: SPAN, includeChildren: true }).query).toContain(
      'otel_traces',
    );
    if (!['services', 'timeline', 'facets'].includes(name)) {
      expect(build(processWindow({ traceId: TRACE, spanId: SPAN })).query).toContain('otel_traces');
    }
  });
});

it('counts the samples of a trace by span', () => {
  const { query, query_params } = spanSampleCountsQuery({ traceId: TRACE });
  expect(query).toContain('GROUP BY name, profileType, unit');
  expect(query_params).toEqual({ traceId: TRACE });
});

it('counts no functions of a time of which there are no totals', () => {
  const { from, to } = DAY;
  const noon = Date.UTC(2026, 0, 1, 12);
  const functions = { functions1h: -Infinity, functions1d: -Infinity };
  const catalog = {
    ...FULL,
    oldest: Date.UTC(2025, 0, 1),
    holdsFrom: { ...functions, profiles: noon },
  };
  expect(topFunctionsQuery({ timeRange: DAY }, { catalog }).plan).toEqual({
    pieces: [{ table: 'profiles', from: noon, to: to.getTime() }],
    expired: [{ from: from.getTime(), to: noon }],
  });
  const everything = { ...catalog, holdsFrom: { ...catalog.holdsFrom, rollup1h: -Infinity } };
  expect(topFunctionsQuery({ timeRange: DAY }, { catalog: everything }).plan).toEqual({
    pieces: [{ table: 'functions1d', from: from.getTime(), to: to.getTime() }],
    expired: [],
  });
});

describe('attribute conditions', () => {
  const where = (filters: Pick<ProfileScope, 'resource' | 'attributes'>) => {
    const { query } = profileTypesQuery(filters);
    return query.slice(query.indexOf('WHERE'), query.indexOf(')\n  GROUP BY')).trim();
  };

  it('ask the indexed items, and the map where items cannot tell', () => {
    expect(where({ resource: { 'k8s.pod.name': 'a' } })).toBe(
      'WHERE hasAny(ResourceAttributeItems, {resourceItems:Array(String)})',
    );
    expect(where({ resource: { 'k8s.pod.name': 'a=b' } })).toBe(
      'WHERE hasAny(ResourceAttributeItems, {resourceItems:Array(String)}) AND ' +
        'ResourceAttributes[{resourceKey:String}] = {resourceValue:String}',
    );
    expect(where({ resource: { 'k8s.pod.name': '' } })).toBe(
      'WHERE ResourceAttributes[{resourceKey:String}] = {resourceValue:String}',
    );
  });

  it('also use the column that the table is sorted by', () => {
    expect(where({ resource: { 'service.name': 'a' } })).toContain(
      'ServiceName = {service:String}',
    );
    expect(
      where({ attributes: [{ on: 'resource', key: 'service.name', value: 'a', exclude: true }] }),
    ).not.toContain('ServiceName');
  });
});

describe('parameters', () => {
  it('get names of their own, once for each value', () => {
    const parameters = new Parameters();
    expect(parameters.bind('a', 'String', 'x')).toBe('{a:String}');
    expect(parameters.bind('a', 'String', 'y')).toBe('{a_2:String}');
    expect(parameters.bind('a', 'String', 'x')).toBe('{a:String}');
    expect(parameters.values).toEqual({ a: 'x', a_2: 'y' });
  });
});
