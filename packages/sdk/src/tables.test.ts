import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '@clickhouse/client-web';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import type { ProfileClient } from './clients/profile-client.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import type { FacetsQuestion } from './questions/questions.ts';
import {
  processWindow,
  type FunctionKey,
  type ProfileScope,
  type TimeRange,
} from './questions/scope.ts';
import { between } from './testing/between.ts';
import { HOSTILE_SERVICE, landedTime, START_MS } from './testing/corpus.ts';
import { END_MS, makeDays, someTime } from './testing/days.ts';
import { randomNumbers } from './testing/random.ts';
import { readableFunction, readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';
import { SAMPLES, SERVICE, trueFunctions, trueStacks, trueTypes, WEIGHT } from './testing/truth.ts';

const ON_CPU = 'samples:count:cpu:nanoseconds';
const OFF_CPU = 'off_cpu:nanoseconds::';
const HOUR = 3_600_000;
const ROWS = 1_500;

const time = (ms: number) => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;
const inRange = ({ from, to }: TimeRange) =>
  `Timestamp >= ${time(from.getTime())} AND Timestamp < ${time(to.getTime())}`;

/** Scopes that rollups answer, and some that they don't, beside the same in plain SQL. */
const SCOPES: readonly (readonly [ProfileScope, string])[] = [
  [{}, '1'],
  [{ service: 'checkout' }, `${SERVICE} = 'checkout'`],
  [{ service: ['nginx', HOSTILE_SERVICE] }, `${SERVICE} NOT IN ('checkout', 'worker')`],
  [{ resource: { 'k8s.namespace.name': 'shop' } }, `${SERVICE} = 'checkout'`],
  [
    {
      attributes: [{ on: 'resource', key: 'k8s.namespace.name', value: 'shop', exclude: true }],
    },
    `${SERVICE} != 'checkout'`,
  ],
  [{ workload: 'worker' }, `${SERVICE} = 'worker'`],
  [{ workload: ['', 'none'] }, `${SERVICE} != 'worker'`],
  [
    { service: 'checkout', resource: { 'k8s.pod.name': 'checkout-a' } },
    `ResourceAttributes['k8s.pod.name'] = 'checkout-a'`,
  ],
  [
    { workload: 'worker', attributes: [{ on: 'sample', key: 'thread.name', value: 'main' }] },
    `${SERVICE} = 'worker' AND SampleAttributes['thread.name'] = 'main'`,
  ],
];

/** Every table's answer is held against plain SQL over the rows as they were sent. */
async function compare(db: TestDatabase, profiles: Profiles, rounds: number, seed: number) {
  const random = randomNumbers(seed);
  const used = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const [scope, of] = SCOPES[round % SCOPES.length];
    const [from, to] =
      round === 0
        ? [START_MS - 1, END_MS]
        : [someTime(random), someTime(random)].sort((a, b) => a - b);
    if (from === to) continue;
    const timeRange = between(from, to);
    const where = `(${of}) AND ${inRange(timeRange)}`;
    const profileType = random.pick([ON_CPU, OFF_CPU]);
    const question = { ...scope, timeRange, profileType };
    const name = `${JSON.stringify(question)}`;

    for (const granularity of ['function', 'line'] as const) {
      const answer = await profiles.flamegraph({ ...question, granularity });
      const truth = await trueStacks(db, profileType, where, granularity);
      expect(readableStacks(answer.stacks), name).toEqual(truth);
      expect(answer, name).toMatchObject({ complete: true, sampling: undefined, expired: [] });
      answer.stats.tables.forEach(({ table }) => used.add(table));
    }
    const top = await profiles.topFunctions({ ...question, limit: 1_000 });
    const functions = top.functions.map(
      ({ self, total, selfSamples, totalSamples, ...one }) =>
        [
          readableFunction({ ...one, self, total, selfSamples, totalSamples }),
          { self, total, selfSamples, totalSamples },
        ] as const,
    );
    expect(new Map(functions), name).toEqual(await trueFunctions(db, profileType, where));
    top.stats.tables.forEach(({ table }) => used.add(table));

    const types = await trueTypes(db, where);
    const { items } = await profiles.profileTypes({ ...scope, timeRange });
    expect(new Map(items.map((one) => [` ${one.profileType}`, one.total])), name).toEqual(
      new Map([...types].map(([type, { weight }]) => [type, weight])),
    );
    expect(top.total).toBe(types.get(` ${profileType}`)?.weight ?? 0);
  }
  return used;
}

describe('a database from the start', () => {
  let db: TestDatabase;
  let profiles: Profiles;

  beforeAll(async () => {
    db = await startDatabase('sdk_tables');
    await db.land(makeDays(ROWS, 11));
    profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
  });
  afterAll(() => db.stop());

  it('gives the same answers from all tables', async () => {
    const used = await compare(db, profiles, 18, 3);
    expect([...used].sort()).toEqual([
      'otel_profiles',
      'otel_profiles_functions_1d',
      'otel_profiles_functions_1h',
      'otel_profiles_rollup_1d',
      'otel_profiles_rollup_1h',
      'otel_profiles_rollup_1m',
    ]);
  });

  it('has a timeline that adds up, of buckets of any length', async () => {
    const random = randomNumbers(5);
    for (const bucketSeconds of [7, 60, 90, 3_600, 86_400, undefined]) {
      const from = bucketSeconds === 7 ? END_MS - HOUR : someTime(random);
      const timeRange = between(from, END_MS - random.whole(1_000));
      const { service } = random.pick([{ service: 'checkout' }, { service: 'nginx' }]);
      const answer = await profiles.timeline({
        ...{ service, timeRange, bucketSeconds, profileType: ON_CPU },
      });
      const { bucketMs } = answer;
      const rows = await db.rows<{ bucket: string; weight: string; samples: string }>(
        `SELECT intDiv(toUnixTimestamp64Milli(Timestamp) - ${answer.from.getTime()}, ${bucketMs}) AS bucket,
           sum(${WEIGHT}) AS weight, sum(${SAMPLES}) AS samples
         FROM raw WHERE ${SERVICE} = '${service}' AND SampleType = 'samples' AND ${inRange(timeRange)} GROUP BY bucket`,
      );
      const weight = new Float64Array(answer.weight.length);
      const count = new Float64Array(answer.weight.length);
      for (const row of rows) {
        weight[Number(row.bucket)] = Number(row.weight);
        count[Number(row.bucket)] = Number(row.samples);
      }
      expect(answer.weight).toEqual(weight);
      expect(answer.count).toEqual(count);
      // Whoever draws either tells by its fields which of both it is.
      for (const field of ['rows', 'columns', 'undatedSamples']) {
        expect(answer).not.toHaveProperty(field);
      }
      expect(answer.from.getTime() % bucketMs).toBe(0);
      expect(answer.total).toBe(weight.reduce((sum, one) => sum + one, 0));
      expect(answer.weight.length).toBe(
        Math.ceil(timeRange.to.getTime() / bucketMs) - answer.from.getTime() / bucketMs,
      );
      if (bucketSeconds === undefined) expect(weight.length).toBeLessThanOrEqual(122);
    }
  });

  it('finds functions by a part of their name', async () => {
    const timeRange = between(START_MS + 5, END_MS);
    const truth = await trueFunctions(db, ON_CPU, inRange(timeRange));
    const found = [...truth].filter(([name]) => /^[^|@]*TION1/i.test(name));
    expect(found.length).toBeGreaterThan(2);
    const answer = await profiles.findFunctions({
      ...{ text: 'TiOn1', timeRange, profileType: ON_CPU },
    });
    expect(new Map(answer.functions.map((one) => [readableFunction(one), one.total]))).toEqual(
      new Map(found.map(([name, { total }]) => [name, total])),
    );
    expect(answer).toMatchObject({ functionCount: found.length, complete: true });
    const totals = answer.functions.map(({ total }) => total);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    const none = await profiles.findFunctions({ text: `'%_\\`, timeRange });
    expect(none).toMatchObject({ functions: [], functionCount: 0 });
    expect(none.total).toBeGreaterThan(0);
  });

  it('gives the next stacks until all have been given', async () => {
    const question = { profileType: ON_CPU, maxStacks: 40 };
    const whole = await profiles.flamegraph({ profileType: ON_CPU });
    const seen = new Map<string, unknown>();
    let last = await profiles.flamegraph(question);
    let lightest = Infinity;
    for (;;) {
      expect(last.total).toBe(whole.total);
      const { skipped, leftOut, stacks } = last;
      const shown = stacks.weight.reduce((sum, one) => sum + one, 0);
      expect(skipped.weight + shown + leftOut.weight).toBe(whole.total);
      const heaviest = Math.max(...stacks.weight);
      expect(heaviest).toBeLessThanOrEqual(lightest);
      lightest = Math.min(...stacks.weight);
      readableStacks(stacks).forEach((of, stack) => seen.set(stack, of));
      if (leftOut.stacks === 0) break;
      const skipStacks = skipped.stacks + question.maxStacks;
      last = await profiles.flamegraph({ ...question, skipStacks });
    }
    expect(seen).toEqual(readableStacks(whole.stacks));
    const beyond = await profiles.flamegraph({ ...question, skipStacks: 1_000_000 });
    expect(beyond.skipped).toMatchObject({ stacks: seen.size, weight: whole.total });
    expect(beyond.stacks.weight).toHaveLength(0);
  });

  it('gives the stacks below a path, and those that contain a function', async () => {
    const timeRange = between(START_MS + 1, END_MS - HOUR / 2);
    const truth = await trueStacks(db, ON_CPU, inRange(timeRange));
    const path = (stack: string): string[] => (stack === '' ? [] : stack.split(' > '));
    const [deep = ''] = [...truth.keys()].filter((stack) => path(stack).length > 3);
    const under = path(deep).slice(0, 2);
    const leaf = path(deep)[2];
    const keyOf = (text: string): FunctionKey => {
      if (text.startsWith('@')) {
        const [mapping, address] = text.slice(1).split('+');
        return { name: '', mapping, address: BigInt(address) };
      }
      const [name, file, mapping] = text.split('|');
      return { name, file, mapping };
    };
    const having = (keep: (frames: string[]) => boolean) =>
      new Map([...truth].filter(([stack]) => keep(path(stack))));
    for (const [scope, expected] of [
      [
        { under: under.map(keyOf) },
        having((frames) => under.every((frame, i) => frames[i] === frame)),
      ],
      [{ containing: keyOf(leaf) }, having((frames) => frames.includes(leaf))],
      [
        { containing: keyOf(leaf), under: [keyOf(under[0])] },
        having((frames) => frames.includes(leaf) && frames[0] === under[0]),
      ],
      [{ under: [] }, truth],
      [{ containing: { name: 'no such function' } }, new Map()],
    ] as const) {
      const question = { ...scope, timeRange, profileType: ON_CPU };
      const answer = await profiles.flamegraph(question);
      expect(readableStacks(answer.stacks)).toEqual(expected);
      const sum = [...expected.values()].reduce((so, { weight }) => so + weight, 0);
      expect(answer.total).toBe(sum);
      expect((await profiles.topFunctions(question)).total).toBe(sum);
      const lines = await profiles.flamegraph({ ...question, granularity: 'line' });
      expect(lines.total).toBe(sum);
    }
  });

  it('answers from one row in 25 above the row budget, and says how far off that may be', async () => {
    const question = {
      attributes: [{ on: 'resource', key: 'no.such.key', value: 'x', exclude: true }],
      profileType: ON_CPU,
      timeRange: between(START_MS + 24 * HOUR, END_MS),
    } as const;
    const limits = { maxExactRows: 1 };
    const exact = await profiles.flamegraph({ ...question, exact: true }, { limits });
    expect(exact.sampling).toBeUndefined();
    const truth = await trueTypes(db, inRange(question.timeRange));
    expect(exact.total).toBe(truth.get(` ${ON_CPU}`)?.weight);

    // All rows of the range, and those that share a granule with them.
    const [{ rows }] = await db.rows<{ rows: string }>(
      `SELECT count() AS rows FROM otel_profiles WHERE ProfileType = '${ON_CPU}' AND ${inRange(question.timeRange)}`,
    );
    const within = { maxExactRows: ROWS };
    expect((await profiles.flamegraph(question, { limits: within })).sampling).toBeUndefined();
    const above = { maxExactRows: Number(rows) - 1 };
    expect((await profiles.flamegraph(question, { limits: above })).sampling).toBeDefined();

    const answer = await profiles.flamegraph(question, { limits });
    const [sample] = await db.rows<{ total: string; squares: string; stacks: string }>(
      `SELECT sum(Value) AS total, sum(toInt128(Value) * Value) AS squares, uniqExact(StackId) AS stacks
       FROM otel_profiles_sampled_25 WHERE ProfileType = '${ON_CPU}' AND ${inRange(question.timeRange)}`,
    );
    expect(answer.stats.tables.map(({ table }) => table)).toEqual(['otel_profiles_sampled_25']);
    expect(answer.total).toBe(25 * Number(sample.total));
    expect(answer.stacks.weight).toHaveLength(Number(sample.stacks));
    const error = Math.sqrt(600 * Number(sample.squares)) / (25 * Number(sample.total));
    expect(answer.sampling?.rate).toBe(1 / 25);
    expect(answer.sampling?.expectedError).toBeCloseTo(error);
    // The rows are always the same, so this is no matter of luck.
    expect(Math.abs(answer.total - exact.total) / exact.total).toBeLessThan(4 * error);

    const top = await profiles.topFunctions(question, { limits });
    expect(top).toMatchObject({ total: answer.total, sampling: answer.sampling });
    expect(await profiles.timeline(question, { limits })).toMatchObject({
      total: answer.total,
      sampling: answer.sampling,
    });
    const { profileType, unit, samples, total, sampling } = answer;
    const summary = { profileType, unit, samples, total, sampling };
    const types = await profiles.profileTypes(question, { limits });
    expect(types).toMatchObject({ items: [summary], sampled: true, complete: true });
    const services = await profiles.services(question, { limits });
    expect(services.sampled).toBe(true);
    expect(services.items.reduce((sum, service) => sum + service.samples, 0)).toBe(samples);
    for (const { profileTypes } of services.items) {
      expect(profileTypes[0]?.sampling?.rate).toBe(1 / 25);
      expect(profileTypes[0]?.sampling?.expectedError).toBeGreaterThan(error);
    }
    expect(await profiles.services({ ...question, exact: true }, { limits })).toMatchObject({
      sampled: false,
    });
  });

  it('merges functions itself where stacks do not know their function level', async () => {
    await db.command('CREATE TABLE unlevelled AS otel_profiles_stacks');
    await db.command(
      `INSERT INTO unlevelled SELECT StackId, FrameIds, if(StackId % 2 = 0, 0, FunctionStackId), LastSeen FROM otel_profiles_stacks`,
    );
    const partly = createProfiles({
      client: fromClickHouseWeb(db.client),
      database: db.name,
      tables: { stacks: 'unlevelled' },
    });
    const timeRange = between(START_MS + 12 * HOUR - 1, END_MS - HOUR / 2);
    const question = { timeRange, profileType: ON_CPU };
    const { stacks } = await partly.flamegraph(question);
    expect(readableStacks(stacks)).toEqual(await trueStacks(db, ON_CPU, inRange(timeRange)));
    const top = await partly.topFunctions({ ...question, limit: 1_000 });
    expect(new Set(top.stats.tables.map(({ table }) => table))).toContain(
      'otel_profiles_functions_1d',
    );
    const truth = await trueFunctions(db, ON_CPU, inRange(timeRange));
    expect(new Map(top.functions.map((one) => [readableFunction(one), one.total]))).toEqual(
      new Map([...truth].map(([name, { total }]) => [name, total])),
    );
  });

  it('lists attributes and their values', async () => {
    const random = randomNumbers(9);
    for (const [scope, of] of SCOPES) {
      const [from, to] = [someTime(random), someTime(random)].sort((a, b) => a - b);
      const timeRange = between(from, to + 1);
      const { items, complete } = await profiles.facets({
        ...{ ...scope, timeRange, valuesPerKey: 100 },
      });
      const truth = await db.rows<{ on: string; key: string; value: string; rows: string }>(`
        SELECT item.1 AS on, item.2 AS key, item.3 AS value, count() AS rows
        FROM raw ARRAY JOIN arrayConcat(
          [('column', 'ServiceName', ${SERVICE})],
          arrayMap(a -> ('resource', toString(a.1), a.2), ResourceAttributes::Array(Tuple(String, String))),
          arrayMap(a -> ('sample', toString(a.1), a.2), SampleAttributes::Array(Tuple(String, String))),
          arrayMap(a -> ('profile', toString(a.1), a.2), ProfileAttributes::Array(Tuple(String, String)))
        ) AS item
        WHERE (${of}) AND ${inRange(timeRange)} GROUP BY on, key, value`);
      const known = new Map(
        truth.map((row) => [`${row.on} ${row.key}=${row.value}`, Number(row.rows)]),
      );
      const listed = items
        .filter(({ on, key }) => on !== 'column' || key === 'ServiceName')
        .flatMap(({ on, key, values }) =>
          values.map(({ value, rows }) => [`${on} ${key}=${value}`, rows] as const),
        );
      expect(new Map(listed)).toEqual(known);
      expect(complete).toBe(true);
      for (const { rows, values, valueCount } of items) {
        expect(values.reduce((sum, one) => sum + one.rows, 0)).toBe(rows);
        expect(valueCount).toBe(values.length);
      }
    }
    const one = await profiles.facets({
      keys: ['k8s.pod.name'],
      text: 'CHECKOUT-',
      valuesPerKey: 1,
    });
    expect(one).toMatchObject({
      complete: false,
      items: [{ on: 'resource', key: 'k8s.pod.name', valueCount: 2 }],
    });
    expect(one.items[0].values).toHaveLength(1);
    const pods = (await profiles.facets({ keys: ['k8s.pod.name'] })).items[0].values;
    const [found] = (await profiles.facets({ keys: ['k8s.pod.name'], text: 'Checkout-A' })).items;
    expect(found).toMatchObject({ valueCount: 1, values: [{ value: 'checkout-a' }] });
    expect(found.rows).toBe(pods.find(({ value }) => value === 'checkout-a')?.rows);
    expect((await profiles.facets({ maxKeys: 2 })).items).toHaveLength(2);
  });

  it('says what samples with a label weigh, where weights are of one kind', async () => {
    const key = 'thread.name';
    const threads = async (question: FacetsQuestion) => {
      const { items } = await profiles.facets({ ...question, keys: [key] });
      return items[0];
    };
    const truth = await db.rows<{ value: string; weight: string; rows: string }>(`
      SELECT SampleAttributes['${key}'] AS value, sum(${WEIGHT}) AS weight, count() AS rows
      FROM raw WHERE SampleType = 'off_cpu' GROUP BY value ORDER BY weight DESC`);
    const values = truth.map(({ value, weight, rows }) => ({
      ...{ value, weight: Number(weight), rows: Number(rows) },
    }));
    expect(values.length).toBeGreaterThan(2);
    const heaviest = await threads({ profileType: 'off_cpu:nanoseconds::' });
    expect(heaviest.values).toEqual(values);
    expect(heaviest.weight).toBe(values.reduce((sum, { weight }) => sum + weight, 0));

    const containing = { name: 'function0', file: 'file0.ts' };
    const byThread = await profiles.flamegraph({
      ...{ profileType: ON_CPU, containing, groupBy: key },
    });
    expect((await threads({ profileType: ON_CPU, containing })).weight).toBe(byThread.total);

    const ofAll = await threads({});
    expect([ofAll, ...ofAll.values].map(({ weight }) => weight)).toEqual(
      Array(ofAll.values.length + 1).fill(undefined),
    );
  });

  it('may be told to keep answers about times that are over', async () => {
    const viewer = createClient({ url: db.url, username: 'viewer', password: 'viewer' });
    const caching = createProfiles({
      client: fromClickHouseWeb(viewer),
      database: db.name,
      queryCache: { ttlSeconds: 60 },
    });
    const question = { service: 'nginx', timeRange: between(START_MS, START_MS + 12 * HOUR) };
    const first = await caching.flamegraph(question);
    const second = await caching.flamegraph(question);
    expect(readableStacks(second.stacks)).toEqual(readableStacks(first.stacks));
    const [cache] = await db.rows<{ size: string }>(
      `SELECT value AS size FROM system.server_settings WHERE name = 'query_cache.max_size_in_bytes'`,
    );
    expect(first.stats.rowsRead).toBeGreaterThan(0);
    // The embedded server has no room for answers; another one may.
    if (Number(cache.size) > 0) expect(second.stats.rowsRead).toBe(0);
    await viewer.close();
  });
});

describe('tables under other names', () => {
  let db: TestDatabase;
  let ours: { name: string; other: string }[];
  const tables = {
    profiles: 'my_profiles',
    stacks: 'my_profiles_stacks',
    frames: 'my_profiles_frames',
  };
  const ask = () =>
    createProfiles({ client: fromClickHouseWeb(db.client), database: db.name, tables });

  beforeAll(async () => {
    db = await startDatabase('sdk_names');
    await db.land(makeDays(500, 14));
    const found = await db.rows<{ name: string }>(
      `SELECT name FROM system.tables WHERE database = '${db.name}' AND name LIKE 'otel_profiles%' AND engine LIKE '%MergeTree'`,
    );
    ours = found.map(({ name }) => ({ name, other: name.replace('otel_', 'my_') }));
  });
  afterAll(() => db.stop());

  it('answer as well, where they are views', async () => {
    const items = '*, ResourceAttributeItems, SampleAttributeItems, ProfileAttributeItems';
    for (const { name, other } of ours) {
      const isOfRows = name === 'otel_profiles' || name === 'otel_profiles_sampled_25';
      await db.command(`CREATE VIEW ${other} AS SELECT ${isOfRows ? items : '*'} FROM ${name}`);
    }
    const used = await compare(db, ask(), 9, 15);
    expect(used).toContain('my_profiles_rollup_1d');
    expect(used).toContain('my_profiles_functions_1d');
    for (const { other } of ours) await db.command(`DROP VIEW ${other} SYNC`);
  });

  it('answer and say what has expired, where they have been renamed', async () => {
    for (const { name, other } of ours) await db.command(`RENAME TABLE ${name} TO ${other}`);
    const used = await compare(db, ask(), 9, 16);
    expect(used).toContain('my_profiles_rollup_1h');
    const rowsFrom = START_MS + 48 * HOUR;
    const days = await db.rows<{ id: string }>(
      `SELECT DISTINCT partition_id AS id FROM system.parts
       WHERE active AND database = '${db.name}' AND table = 'my_profiles'
         AND partition < '${new Date(rowsFrom).toISOString().slice(0, 10)}'`,
    );
    for (const { id } of days)
      await db.command(`ALTER TABLE my_profiles DROP PARTITION ID '${id}'`);
    const question = { timeRange: between(START_MS, END_MS), profileType: ON_CPU };
    expect(await ask().flamegraph({ ...question, granularity: 'line' })).toMatchObject({
      complete: false,
      expired: [between(START_MS, rowsFrom)],
    });
    const timeRange = between(START_MS + HOUR, START_MS + 25 * HOUR);
    const answer = await ask().flamegraph({ ...question, timeRange });
    expect(readableStacks(answer.stacks)).toEqual(await trueStacks(db, ON_CPU, inRange(timeRange)));
    expect(answer).toMatchObject({ complete: true, expired: [] });
  });
});

describe('a database that had samples before it had rollups', () => {
  let db: TestDatabase;
  let profiles: Profiles;
  /** In the middle of a minute, an hour and a day. */
  const SINCE = START_MS + 30 * HOUR + 17 * 60_000 + 12_345;
  const DERIVED = ['rollup_1m', 'rollup_1h', 'rollup_1d', 'functions_1h', 'functions_1d'];
  const TIERS = [...DERIVED, 'kv_rollup_15m', 'sampled_25'];

  beforeAll(async () => {
    db = await startDatabase('sdk_coverage');
    const samples = makeDays(1_500, 12);
    const since = new Date(SINCE).toISOString().replace('T', ' ');
    await db.land(samples.filter(({ Timestamp }) => Timestamp < since));
    for (const table of TIERS) await db.command(`TRUNCATE TABLE otel_profiles_${table}`);
    await db.land(samples.filter(({ Timestamp }) => Timestamp >= since));
    await db.command('TRUNCATE TABLE otel_profiles_coverage');
    await db.command(
      `INSERT INTO otel_profiles_coverage SELECT arrayJoin([${TIERS.map((table) => `'otel_profiles_${table}'`).join()}]), ${time(SINCE)}`,
    );
    profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
  });
  afterAll(() => db.stop());

  it('gives the same answers from before, across and after', async () => {
    const used = await compare(db, profiles, 9, 4);
    for (const table of DERIVED) expect(used).toContain(`otel_profiles_${table}`);
  });

  it('says which times are known by coarser tables only, once rows have expired', async () => {
    const day = new Date(START_MS + 48 * HOUR).toISOString().slice(0, 10);
    const days = await db.rows<{ id: string }>(
      `SELECT DISTINCT partition_id AS id FROM system.parts
       WHERE active AND database = '${db.name}' AND table = 'otel_profiles' AND partition < '${day}'`,
    );
    for (const { id } of days) {
      await db.command(`ALTER TABLE otel_profiles DROP PARTITION ID '${id}'`);
    }
    await db.command(
      `INSERT INTO otel_profiles_coverage SELECT 'otel_profiles_rollup_1h', ${time(START_MS + 31 * HOUR)}`,
    );
    const fresh = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const timeRange = between(START_MS + 31 * HOUR - 1, END_MS);
    const question = { timeRange, profileType: ON_CPU };
    const answer = await fresh.flamegraph({ ...question, exact: true });
    const kept = between(START_MS + 31 * HOUR, END_MS);
    expect(readableStacks(answer.stacks)).toEqual(await trueStacks(db, ON_CPU, inRange(kept)));
    expect(answer).toMatchObject({
      complete: false,
      expired: [{ from: timeRange.from, to: kept.from }],
    });
    // One row in 25 is kept longer than the rest.
    const estimated = await fresh.flamegraph(question);
    expect(estimated).toMatchObject({ complete: true, expired: [], total: answer.total });
    // Of the millisecond that it answers for, it has nothing.
    expect(estimated.sampling).toEqual({ rate: 1, expectedError: Infinity });
    const lines = await fresh.flamegraph({ timeRange, granularity: 'line', profileType: ON_CPU });
    expect(lines.expired).toEqual([{ from: timeRange.from, to: new Date(`${day}T00:00:00Z`) }]);
  });

  it('asks no further where it cannot be found out what of a trace has expired', async () => {
    const client = fromClickHouseWeb(db.client);
    let rows: AbortSignal | undefined;
    const send: ProfileClient['send'] = (request) => {
      const { query } = request.query;
      if (!query.includes('{traceId:')) return client.send(request);
      if (!query.includes('otel_profiles')) return Promise.reject(new Error('gone'));
      rows = request.signal;
      return new Promise(() => undefined);
    };
    const asking = createProfiles({ client: { ...client, send }, database: db.name });
    const timeRange = between(START_MS, END_MS);
    const answer = asking.flamegraph({ traceId: 'ab'.repeat(16), timeRange });
    await expect(answer).rejects.toThrow('gone');
    expect(rows?.aborted).toBe(true);
  });

  it('has nothing of times of which nothing is kept', async () => {
    const fresh = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const before = { timeRange: between(START_MS - 48 * HOUR, START_MS - 24 * HOUR) };
    for (const answer of [
      await fresh.flamegraph({ ...before, granularity: 'line' }),
      await fresh.topFunctions({ ...before, resource: { 'k8s.pod.name': 'checkout-a' } }),
      await fresh.timeline({ ...before, bucketSeconds: 7 }),
    ]) {
      expect(answer).toMatchObject({ total: 0, complete: true, expired: [] });
    }
  });

  // As it has been left by the test before.
  const rowsFrom = START_MS + 48 * HOUR;

  it('reads no more single rows than it may where part of the range has expired', async () => {
    const fresh = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const ask = (maxExactRows: number) =>
      fresh.flamegraph(
        {
          attributes: [{ on: 'resource', key: 'no.such.key', value: 'x', exclude: true }],
          timeRange: between(START_MS + 31 * HOUR, END_MS),
        },
        { limits: { maxExactRows } },
      );
    const sampled = { table: 'otel_profiles_sampled_25', from: new Date(START_MS + 31 * HOUR) };
    expect((await ask(ROWS)).stats.tables).toEqual([
      { ...sampled, to: new Date(rowsFrom) },
      { table: 'otel_profiles', ...between(rowsFrom, END_MS) },
    ]);
    expect((await ask(1)).stats.tables).toEqual([{ ...sampled, to: new Date(END_MS) }]);
  });

  it('says which part of all samples was seen', async () => {
    const fresh = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const question = {
      attributes: [{ on: 'resource', key: 'no.such.key', value: 'x', exclude: true }],
      timeRange: between(START_MS + 31 * HOUR, END_MS),
      profileType: OFF_CPU,
    } as const;
    const samplesOf = async (table: string, range: TimeRange) => {
      const [{ samples }] = await db.rows<{ samples: string }>(
        `SELECT sum(Count) AS samples FROM ${table} WHERE ProfileType = '${OFF_CPU}' AND ${inRange(range)}`,
      );
      return Number(samples);
    };
    const drawn = await samplesOf(
      'otel_profiles_sampled_25',
      between(START_MS + 31 * HOUR, rowsFrom),
    );
    const counted = await samplesOf('otel_profiles', between(rowsFrom, END_MS));
    expect(drawn).toBeGreaterThan(0);
    expect(counted).toBeGreaterThan(0);
    for (const { samples, sampling } of [
      await fresh.flamegraph(question),
      await fresh.flamegraph({ ...question, groupBy: 'service.name' }),
      await fresh.topFunctions(question),
      await fresh.timeline(question),
    ]) {
      expect(samples).toBe(counted + 25 * drawn);
      expect(sampling?.rate).toBe((counted + drawn) / samples);
      expect(sampling?.expectedError).toBeGreaterThan(0);
      expect(sampling?.expectedError).toBeLessThan(Infinity);
    }
    const nobody = { ...question, service: 'nobody' };
    for (const { total, sampling } of [
      await fresh.flamegraph(nobody),
      await fresh.flamegraph({ ...nobody, groupBy: 'service.name' }),
      await fresh.topFunctions(nobody),
      await fresh.timeline(nobody),
    ]) {
      expect({ total, sampling }).toEqual({
        total: 0,
        sampling: { rate: 1 / 25, expectedError: Infinity },
      });
    }
  });

  it('says of heatmaps which rows have expired', async () => {
    const fresh = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const ask = (from: number) => fresh.heatmap({ timeRange: between(from, from + HOUR) });
    // Events may be in windows that began up to ten minutes before them.
    const gone = START_MS + 40 * HOUR;
    expect(await ask(gone)).toMatchObject({
      ...{ total: 0, complete: false, undatedSamples: 0 },
      expired: [between(gone - HOUR / 6, gone + HOUR)],
    });
    expect(await ask(rowsFrom + HOUR)).toMatchObject({ complete: true, expired: [] });
  });

  it('says of a trace what has expired of its own time', async () => {
    const fresh = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
    const traceAt = async (time: number) => {
      const span = { traceId: time.toString(16).padStart(32, 'a'), spanId: 'b'.repeat(16) };
      const common = { ParentSpanId: '', ServiceName: 'checkout', ResourceAttributes: {} };
      await db.land(
        [],
        [
          {
            ...common,
            ...{ TraceId: span.traceId, SpanId: span.spanId, Duration: '2000000000' },
            Timestamp: landedTime(time),
          },
        ],
      );
      return span;
    };
    const gone = await traceAt(START_MS + 40 * HOUR);
    const kept = await traceAt(rowsFrom + 2 * HOUR);
    const asked = (span: Awaited<ReturnType<typeof traceAt>>) => [
      fresh.flamegraph(span),
      fresh.flamegraph({ traceId: span.traceId.toUpperCase(), maxStacks: 10 }),
      fresh.flamegraph(processWindow(span)),
      fresh.topFunctions(processWindow(span)),
      fresh.profileTypes(processWindow(span)),
      fresh.spanSampleCounts(span),
    ];
    for (const answer of await Promise.all(asked(gone))) {
      expect(answer.complete).toBe(false);
      expect(answer.expired).toEqual([
        { ...between(START_MS + 39 * HOUR, START_MS + 41 * HOUR + 1) },
      ]);
    }
    for (const answer of await Promise.all(asked(kept))) {
      expect(answer).toMatchObject({ complete: true, expired: [] });
    }
    // Of a trace that is not known, it can't be told.
    expect(await fresh.flamegraph({ traceId: 'c'.repeat(32) })).toMatchObject({
      complete: false,
      expired: [between(START_MS + 24 * HOUR, rowsFrom)],
    });
    // Where it is said when the span was, nothing else has to be.
    const timeRange = between(START_MS + 40 * HOUR, START_MS + 41 * HOUR);
    expect((await fresh.flamegraph(processWindow(gone, { timeRange }))).expired).toEqual([
      between(timeRange.from.getTime() - HOUR / 6, timeRange.to.getTime()),
    ]);
  });

  it('is answered from rows alone where the rest is missing', async () => {
    const timeRange = between(START_MS + 50 * HOUR, END_MS);
    const question = { timeRange, profileType: ON_CPU };
    const truth = await trueStacks(db, ON_CPU, inRange(timeRange));
    const functions = await trueFunctions(db, ON_CPU, inRange(timeRange));
    // As in the first version of the schema.
    await db.command(
      'CREATE TABLE old_stacks ENGINE = MergeTree ORDER BY StackId AS SELECT StackId, FrameIds FROM otel_profiles_stacks',
    );
    for (const [change, stacks] of [
      ['DROP TABLE otel_profiles_rollup_1d_mv'],
      ['DROP TABLE otel_profiles_rollup_1d'],
      ['DROP TABLE otel_profiles_coverage', 'old_stacks'],
    ]) {
      await db.command(change);
      const fresh = createProfiles({
        client: fromClickHouseWeb(db.client),
        database: db.name,
        tables: { stacks },
      });
      const answer = await fresh.flamegraph(question);
      expect(readableStacks(answer.stacks)).toEqual(truth);
      const top = await fresh.topFunctions({ ...question, limit: 1_000 });
      expect(new Set(top.functions.map(readableFunction))).toEqual(new Set(functions.keys()));
    }
  });
});
