import { describe, expect, it } from 'vitest';
import type { ProfileQueryError } from '../errors/profile-query-error.ts';
import { isProfileQueryError } from '../errors/is-profile-query-error.ts';
import { flamegraphQuery } from '../sql/flamegraph.ts';
import { servicesQuery } from '../sql/services.ts';
import { spanSampleCountsQuery } from '../sql/span-sample-counts.ts';
import { topFunctionsQuery } from '../sql/top-functions.ts';
import { traceFlamegraphQuery } from '../sql/trace-flamegraph.ts';
import type { FlamegraphQuestion } from './questions.ts';
import { processWindow } from './scope.ts';

const TRACE = '0123456789abcdef0123456789abcdef';
const SPAN = '0123456789abcdef';
const day = (n: number) => new Date(Date.UTC(2026, 8, n));

/** Questions that nobody can answer, and the field that says why. */
const INVALID: [string, unknown, string][] = [
  ['a trace id that is not hexadecimal', { traceId: TRACE.replace('a', 'g') }, 'traceId'],
  ['a trace id that is too short', { traceId: SPAN }, 'traceId'],
  ['a trace id with a blank', { traceId: ` ${TRACE.slice(1)}` }, 'traceId'],
  ['a trace id of zeros', { traceId: '0'.repeat(32) }, 'traceId'],
  ['an empty trace id', { traceId: '' }, 'traceId'],
  ['a trace id that is no text', { traceId: 12 }, 'traceId'],
  ['a span id that is too long', { spanId: TRACE }, 'spanId'],
  ['a span id with a quote', { spanId: `'${SPAN.slice(1)}` }, 'spanId'],
  ['children of no span', { traceId: TRACE, includeChildren: true }, 'spanId'],
  ['children in no trace', { spanId: SPAN, includeChildren: true }, 'traceId'],
  ['an estimate for no span', { traceId: TRACE, linkage: 'estimated' }, 'spanId'],
  ['an estimate in no trace', { spanId: SPAN, linkage: 'estimated' }, 'traceId'],
  ['a linkage nobody knows', { linkage: 'guessed' }, 'linkage'],
  ['a service that is no text', { service: 7 }, 'service'],
  ['no service out of none', { service: [] }, 'service'],
  [
    'a resource attribute without values',
    { resource: { 'k8s.pod.name': [] } },
    'resource.k8s.pod.name',
  ],
  ['a resource attribute that is no text', { resource: { a: { b: 1 } } }, 'resource.a'],
  [
    'an attribute of nobody',
    { attributes: [{ on: 'span', key: 'a', value: 'b' }] },
    'attributes[0].on',
  ],
  [
    'an attribute without a key',
    { attributes: [{ on: 'sample', key: '', value: 'b' }] },
    'attributes[0].key',
  ],
  [
    'an attribute without a value',
    { attributes: [{ on: 'sample', key: 'a' }] },
    'attributes[0].value',
  ],
  ['a reversed time range', { timeRange: { from: day(2), to: day(1) } }, 'timeRange'],
  ['an empty time range', { timeRange: { from: day(1), to: day(1) } }, 'timeRange'],
  ['ten years', { timeRange: { from: new Date(Date.UTC(2016, 8, 1)), to: day(1) } }, 'timeRange'],
  ['a time that is none', { timeRange: { from: new Date('soon'), to: day(1) } }, 'timeRange.from'],
  ['a time that is text', { timeRange: { from: day(1), to: '2026-09-02' } }, 'timeRange.to'],
  ['a time before clocks', { timeRange: { from: new Date(-8e15), to: day(1) } }, 'timeRange.from'],
  ['no stacks', { maxStacks: 0 }, 'maxStacks'],
  ['half a stack', { maxStacks: 0.5 }, 'maxStacks'],
  ['more stacks than fit', { maxStacks: 1e9 }, 'maxStacks'],
];

describe('a question that makes no sense', () => {
  it.each(INVALID)('is refused, naming the field: %s', (_, question, field) => {
    const error = errorOf(() => flamegraphQuery(question as FlamegraphQuestion));
    expect(error).toMatchObject({ kind: 'invalid-question', field });
    expect(error.message).toContain(field);
  });

  it('is refused by the other questions as well', () => {
    const none = { traceId: 'none' };
    for (const build of [topFunctionsQuery, servicesQuery, spanSampleCountsQuery]) {
      expect(errorOf(() => build(none))).toMatchObject({ field: 'traceId' });
    }
    for (const groupBy of ['', [''], ['a', 'a'], ['a', 'b', 'c'], 7] as string[]) {
      expect(errorOf(() => flamegraphQuery({ groupBy }))).toMatchObject({ field: 'groupBy' });
    }
    for (const maxGroups of [0, 101, 1.5]) {
      const question = { groupBy: 'a', maxGroups };
      expect(errorOf(() => flamegraphQuery(question))).toMatchObject({ field: 'maxGroups' });
      expect(errorOf(() => traceFlamegraphQuery({ ...question, traceId: TRACE }))).toMatchObject({
        field: 'maxGroups',
      });
    }
    expect(errorOf(() => topFunctionsQuery({ limit: -1 }))).toMatchObject({ field: 'limit' });
    expect(errorOf(() => servicesQuery({ limit: NaN }))).toMatchObject({ field: 'limit' });
    expect(errorOf(() => spanSampleCountsQuery({} as { traceId: string }))).toMatchObject({
      field: 'traceId',
    });
    expect(
      errorOf(() => servicesQuery(processWindow({ traceId: TRACE, spanId: SPAN }))),
    ).toMatchObject({ field: 'linkage' });
  });

  it('may be one because of its limits or table names', () => {
    expect(errorOf(() => flamegraphQuery({}, { limits: { maxRowsToRead: -1 } }))).toMatchObject({
      field: 'limits.maxRowsToRead',
    });
    expect(errorOf(() => flamegraphQuery({}, { database: '' }))).toMatchObject({
      field: 'database',
    });
    const timeRange = { from: day(1), to: day(3) };
    expect(errorOf(() => flamegraphQuery({ timeRange }, { limits: { maxDays: 1 } }))).toMatchObject(
      { field: 'timeRange', hint: expect.stringContaining('maxDays') },
    );
  });
});

it('takes ids in upper case', () => {
  const { query_params } = flamegraphQuery({ traceId: TRACE.toUpperCase(), spanId: SPAN });
  expect(query_params).toMatchObject({ traceId: TRACE, spanId: SPAN });
});

function errorOf(build: () => unknown): ProfileQueryError {
  try {
    build();
  } catch (error) {
    if (isProfileQueryError(error)) return error;
    throw error;
  }
  throw new Error('It was not refused');
}
