import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/random.ts';
import { holdings, PLAIN_CATALOG, type Catalog } from './catalog.ts';
import { divide } from './intervals.ts';
import { planFacets, planFunctions, planStacks, type Plan } from './plan.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const range = (from: string, to: string) => ({
  timeRange: { from: new Date(utc(from)), to: new Date(utc(to)) },
});
const HELD = {
  ...{ profiles: -Infinity, rollup1m: -Infinity, rollup1h: -Infinity, rollup1d: -Infinity },
  ...{ functions1h: -Infinity, functions1d: -Infinity, kvRollup15m: -Infinity },
  sampled25: -Infinity,
};
const CATALOG: Catalog = {
  holdsFrom: HELD,
  oldest: -Infinity,
  functionStacks: true,
  traceTimes: true,
  smallDictionaries: true,
};

/** `table from…to` of each piece, without the date where it is the first of September. */
function readable({ pieces, expired }: Plan): string[] {
  const time = (ms: number) =>
    Number.isFinite(ms) ? new Date(ms).toISOString().slice(8, 23).replace('T', ' ') : '';
  return [
    ...pieces.map(({ table, from, to }) => `${table} ${time(from)}…${time(to)}`),
    ...expired.map(({ from, to }) => `expired ${time(from)}…${time(to)}`),
  ];
}

describe('a plan', () => {
  it('reads days in the middle, and finer tables towards the edges', () => {
    const scope = range('2026-09-01T22:58:30.250', '2026-09-04T01:02:00.001');
    expect(readable(planStacks(scope, CATALOG))).toEqual([
      'profiles 01 22:58:30.250…01 22:59:00.000',
      'rollup1m 01 22:59:00.000…01 23:00:00.000',
      'rollup1h 01 23:00:00.000…02 00:00:00.000',
      'rollup1d 02 00:00:00.000…04 00:00:00.000',
      'rollup1h 04 00:00:00.000…04 01:00:00.000',
      'rollup1m 04 01:00:00.000…04 01:02:00.000',
      'profiles 04 01:02:00.000…04 01:02:00.001',
    ]);
    expect(readable(planFunctions(scope, CATALOG))).toEqual([
      'profiles 01 22:58:30.250…01 22:59:00.000',
      'rollup1m 01 22:59:00.000…01 23:00:00.000',
      'functions1h 01 23:00:00.000…02 00:00:00.000',
      'functions1d 02 00:00:00.000…04 00:00:00.000',
      'functions1h 04 00:00:00.000…04 01:00:00.000',
      'rollup1m 04 01:00:00.000…04 01:02:00.000',
      'profiles 04 01:02:00.000…04 01:02:00.001',
    ]);
    expect(readable(planFacets(scope, CATALOG))).toEqual([
      'profiles 01 22:58:30.250…01 23:00:00.000',
      'kvRollup15m 01 23:00:00.000…04 01:00:00.000',
      'profiles 04 01:00:00.000…04 01:02:00.001',
    ]);
  });

  it('reads one table where that will do', () => {
    expect(readable(planStacks({}, CATALOG))).toEqual(['rollup1d …']);
    const day = range('2026-09-01T00:00:00', '2026-09-02T00:00:00');
    expect(readable(planStacks(day, CATALOG))).toEqual([
      'rollup1d 01 00:00:00.000…02 00:00:00.000',
    ]);
    const moment = range('2026-09-01T00:00:59.999', '2026-09-01T00:01:59.999');
    expect(readable(planStacks(moment, CATALOG))).toEqual([
      'profiles 01 00:00:59.999…01 00:01:59.999',
    ]);
  });

  it('reads rows for what rollups do not know', () => {
    const tables = (plan: Plan) => plan.pieces.map(({ table }) => table);
    for (const scope of [
      { traceId: 'a' },
      { spanId: 'a' },
      { resource: { 'k8s.pod.name': 'a' } },
      { resource: { 'k8s.namespace.name': 'a', 'service.name': 'a' } },
      { attributes: [{ on: 'sample', key: 'k8s.namespace.name', value: 'a' }] },
    ] as const) {
      expect(tables(planStacks(scope, CATALOG))).toEqual(['profiles']);
      expect(tables(planFunctions(scope, CATALOG))).toEqual(['profiles']);
    }
    expect(tables(planStacks({}, CATALOG, { lines: true }))).toEqual(['profiles']);
    expect(tables(planStacks({ service: 'a' }, PLAIN_CATALOG))).toEqual(['profiles']);
  });

  it('reads rollups by stack for what those by function do not know', () => {
    for (const scope of [
      { workload: 'a' },
      { resource: { 'k8s.namespace.name': 'a' } },
      { attributes: [{ on: 'resource', key: 'k8s.namespace.name', value: 'a', exclude: true }] },
      { containing: { name: 'main' } },
      { under: [{ name: 'main' }] },
    ] as const) {
      expect(readable(planFunctions(scope, CATALOG))).toEqual(['rollup1d …']);
    }
    expect(readable(planFunctions({ service: 'a', profileType: 'b' }, CATALOG))).toEqual([
      'functions1d …',
    ]);
  });

  it('has no buckets longer than those of the answer', () => {
    const day = range('2026-09-01T00:00:00', '2026-09-02T00:00:00');
    const tables = (bucketMs: number) =>
      planStacks(day, CATALOG, { bucketMs }).pieces.map(({ table }) => table);
    expect(tables(172_800_000)).toEqual(['rollup1d']);
    expect(tables(7_200_000)).toEqual(['rollup1h']);
    expect(tables(90 * 60_000)).toEqual(['rollup1m']);
    expect(tables(90_000)).toEqual(['profiles']);
  });

  it('uses a rollup only for buckets that begin when it is complete', () => {
    const catalog: Catalog = {
      ...CATALOG,
      holdsFrom: {
        ...{ profiles: -Infinity, rollup1d: utc('2026-09-01T12:00:00.001') },
        ...{ rollup1h: utc('2026-09-01T12:00:00'), rollup1m: utc('2026-09-01T11:58:00.001') },
      },
    };
    expect(
      readable(planStacks(range('2026-09-01T00:00:00', '2026-09-03T00:00:00'), catalog)),
    ).toEqual([
      'profiles 01 00:00:00.000…01 11:59:00.000',
      'rollup1m 01 11:59:00.000…01 12:00:00.000',
      'rollup1h 01 12:00:00.000…02 00:00:00.000',
      'rollup1d 02 00:00:00.000…03 00:00:00.000',
    ]);
  });

  it('says of which times nothing fine enough is kept', () => {
    const catalog: Catalog = {
      ...CATALOG,
      oldest: utc('2026-08-01T00:00:00'),
      holdsFrom: { rollup1d: -Infinity, profiles: utc('2026-09-02T00:00:00') },
    };
    const scope = range('2026-09-01T06:00:00', '2026-09-03T00:00:00.001');
    expect(readable(planStacks(scope, catalog))).toEqual([
      'rollup1d 02 00:00:00.000…03 00:00:00.000',
      'profiles 03 00:00:00.000…03 00:00:00.001',
      'expired 01 06:00:00.000…02 00:00:00.000',
    ]);
    // Before there was anything, nothing is missing.
    const before = range('2026-07-01T06:00:00', '2026-07-01T07:00:00');
    expect(readable(planStacks(before, catalog))).toEqual([]);
    expect(readable(planStacks({ service: 'a' }, catalog, { lines: true }))).toEqual([
      'profiles 02 00:00:00.000…',
      'expired 01 00:00:00.000…02 00:00:00.000',
    ]);
  });

  it('takes a sample of the rows where it may, for more than an hour', () => {
    const pod = { resource: { 'k8s.pod.name': 'a' } };
    const day = { ...pod, ...range('2026-09-01T00:00:00', '2026-09-02T00:00:00') };
    const hour = { ...pod, ...range('2026-09-01T00:00:00', '2026-09-01T01:00:00') };
    const tables = (scope: object, sampling: 'never' | 'expired' | 'long', of = CATALOG) =>
      planStacks(scope, of, { sampling }).pieces.map(({ table }) => table);
    expect(tables(day, 'long')).toEqual(['sampled25']);
    expect(tables(hour, 'long')).toEqual(['profiles']);
    expect(tables(day, 'expired')).toEqual(['profiles']);
    expect(tables(day, 'never')).toEqual(['profiles']);
    expect(tables({ traceId: 'a' }, 'long')).toEqual(['profiles']);
    const noon = utc('2026-09-01T12:00:00');
    const expired = { ...CATALOG, holdsFrom: { ...HELD, profiles: noon } };
    expect(tables(day, 'expired', expired)).toEqual(['sampled25', 'profiles']);
    expect(tables(day, 'never', expired)).toEqual(['profiles']);
  });
});

describe('pieces', () => {
  it('cover each range once, in whole buckets of tables that hold them', () => {
    const random = randomNumbers(7);
    const time = () => random.whole(4_000) - 1_000;
    for (let round = 0; round < 500; round++) {
      const from = time();
      const to = from + 1 + random.whole(2_000);
      const tiers = [240, 60, 10, 1]
        .filter(() => random.chance(0.7))
        .map((grain) => ({
          table: grain,
          grain,
          holdsFrom: random.chance(0.3) ? -Infinity : time(),
        }));
      const { pieces, rest } = divide([{ from, to }], tiers);
      const all = [...pieces, ...rest].sort((a, b) => a.from - b.from);
      expect(all[0].from).toBe(from);
      expect(all.at(-1)?.to).toBe(to);
      all.slice(1).forEach((one, i) => expect(one.from).toBe(all[i].to));
      for (const { table, from: start, to: end } of pieces) {
        expect(Math.abs(start % table) + Math.abs(end % table)).toBe(0);
        expect(start).toBeGreaterThanOrEqual(
          tiers.find(({ grain }) => grain === table)?.holdsFrom ?? NaN,
        );
      }
    }
  });
});

describe('holdings', () => {
  const day = (n: number, ms = 0) => Date.UTC(2026, 8, n) + ms;
  it('begin when a table was filled, or with the oldest row that it still has', () => {
    expect(
      holdings([
        { table: 'rollup1d', since: 0, oldest: day(1) },
        { table: 'rollup1h', since: day(1, 5), oldest: day(1) },
        { table: 'profiles', since: 0, oldest: day(20, 7) },
        { table: 'sampled25', since: day(25), oldest: Infinity },
      ]),
    ).toEqual({
      oldest: day(1),
      holdsFrom: {
        ...{ rollup1d: -Infinity, rollup1h: day(1, 5), profiles: day(20, 7) },
        sampled25: Infinity,
      },
    });
  });

  it('are everything where the oldest row of all is of the same day, or none is known', () => {
    expect(
      holdings([
        { table: 'rollup1d', since: 0, oldest: day(1) },
        { table: 'profiles', since: 0, oldest: day(1, 7) },
        { table: 'rollup1h', since: -5, oldest: undefined },
      ]).holdsFrom,
    ).toEqual({ rollup1d: -Infinity, profiles: -Infinity, rollup1h: -Infinity });
    expect(holdings([{ table: 'profiles', since: 0, oldest: Infinity }])).toEqual({
      oldest: Infinity,
      holdsFrom: { profiles: -Infinity },
    });
  });
});
