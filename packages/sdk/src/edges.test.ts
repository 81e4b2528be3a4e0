import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { processWindow } from './questions/scope.ts';
import { landedTime, START_MS, type LandedSample, type LandedSpan } from './testing/corpus.ts';
import { readableStacks } from './testing/readable.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';

let db: TestDatabase;
let profiles: Profiles;

beforeAll(async () => {
  db = await startDatabase('sdk_edges');
  profiles = createProfiles({ client: fromClickHouseWeb(db.client), database: db.name });
});
afterAll(() => db.stop());

/** A pprof-like sample of 1 ns with the function `main`; each test has a service of its own. */
function sample(service: string, different: Partial<LandedSample> = {}): LandedSample {
  return {
    ...{ Timestamp: landedTime(START_MS), ProfileId: '', SampleType: 'cpu' },
    ...{ SampleUnit: 'nanoseconds', PeriodType: 'cpu', PeriodUnit: 'nanoseconds', Period: '1' },
    ...{ ServiceName: service, ResourceAttributes: {}, ScopeName: '', ScopeVersion: '' },
    ...{ ProfileAttributes: {}, SampleAttributes: {}, StackHash: '0', DurationNano: '0' },
    ...{ Values: ['1'], TimestampsUnixNano: [], TraceId: '', SpanId: '' },
    ...stack('main'),
    ...different,
  };
}

/** Names leaf first, without file, line and mapping. */
function stack(...names: string[]) {
  return {
    FunctionNames: names,
    FileNames: names.map(() => ''),
    LineNumbers: names.map(() => 0),
    MappingFileNames: names.map(() => ''),
    Addresses: names.map(() => '0'),
  };
}

describe('weights', () => {
  it('beyond 2^53 are rounded, and the answer says so', async () => {
    await db.land([sample('big', { Values: ['9007199254740993'] })]);
    const answer = await profiles.flamegraph({ service: 'big' });
    expect(answer).toMatchObject({ exact: false, total: 9_007_199_254_740_992 });
    const { functions, exact } = await profiles.topFunctions({ service: 'big' });
    expect(exact).toBe(false);
    expect(functions[0].self).toBe(9_007_199_254_740_992);
  });

  it('of 2^53 - 1 are exact', async () => {
    await db.land([sample('exact', { Values: ['9007199254740991'] })]);
    expect(await profiles.flamegraph({ service: 'exact' })).toMatchObject({
      exact: true,
      total: Number.MAX_SAFE_INTEGER,
    });
  });

  it('that add up to more than 2^63 do not turn negative', async () => {
    const most = '9223372036854775807';
    await db.land([
      sample('huge', { Values: [most] }),
      sample('huge', { Values: [most] }),
      sample('huge', { Values: [most], ...stack('leaf', 'main') }),
    ]);
    const { total, exact, stacks } = await profiles.flamegraph({ service: 'huge' });
    expect(total).toBe(3 * 2 ** 63);
    expect([...stacks.weight].sort()).toEqual([2 * 2 ** 63, 2 ** 63].sort());
    expect(exact).toBe(false);
    const { items } = await profiles.services({ service: 'huge' });
    expect(items[0].profileTypes[0].total).toBe(3 * 2 ** 63);
  });

  it('may be negative: the largest change is kept', async () => {
    await db.land([
      sample('heap', { Values: ['-70'], ...stack('freed') }),
      sample('heap', { Values: ['30'], ...stack('kept') }),
      sample('heap', { Values: ['-5'], ...stack('little') }),
    ]);
    const answer = await profiles.flamegraph({ service: 'heap', maxStacks: 2 });
    expect(Object.fromEntries(readableStacks(answer.stacks))).toEqual({
      'freed||': { weight: -70, samples: 1 },
      'kept||': { weight: 30, samples: 30 },
    });
    expect(answer).toMatchObject({ total: -45, leftOut: { stacks: 1, weight: -5, samples: 1 } });
    for (const sortBy of ['self', 'total'] as const) {
      const top = await profiles.topFunctions({ service: 'heap', sortBy, limit: 2 });
      expect(top.functions.map(({ name, self, total }) => [name, self, total])).toEqual([
        ['freed', -70, -70],
        ['kept', 30, 30],
      ]);
      expect(top).toMatchObject({ total: -45, functionCount: 3, complete: false });
    }
    const found = await profiles.findFunctions({ service: 'heap', text: 'e', limit: 1 });
    expect(found.functions.map(({ name }) => name)).toEqual(['freed']);
  });

  it('may all be zero', async () => {
    await db.land([sample('zero', { Values: ['0'] })]);
    const answer = await profiles.flamegraph({ service: 'zero' });
    expect(answer).toMatchObject({ total: 0, samples: 1, complete: true });
  });

  it('in two units are not added up', async () => {
    const counted = { SampleType: 'samples', SampleUnit: 'count', TimestampsUnixNano: [] };
    await db.land([
      sample('units', { ...counted, Values: ['9'], Period: '1000' }),
      sample('units', { ...counted, Values: ['2'], Period: '0' }),
    ]);
    const scope = { service: 'units' };
    expect(await profiles.flamegraph(scope)).toMatchObject({
      unit: 'nanoseconds',
      total: 9_000,
      samples: 9,
      otherUnits: ['count'],
      complete: false,
    });
    expect(await profiles.topFunctions(scope)).toMatchObject({
      total: 9_000,
      otherUnits: ['count'],
      complete: false,
    });
    expect((await profiles.profileTypes(scope)).items.map(({ unit }) => unit)).toEqual([
      'nanoseconds',
      'count',
    ]);
    const { profileType } = await profiles.flamegraph(scope);
    const { items } = await profiles.facets({ ...scope, profileType, keys: ['ServiceName'] });
    expect(items).toMatchObject([{ weight: undefined, values: [{ rows: 2, weight: undefined }] }]);
  });
});

describe('stacks', () => {
  it('may be 10 000 frames deep', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `f${i}`);
    await db.land([sample('deep', stack(...names)), sample('deep', stack(...names.slice(1)))]);
    const { stacks } = await profiles.flamegraph({ service: 'deep' });
    expect([...stacks.stackOffset]).toEqual([0, 9_999, 19_999]);
    const name = (i: number) => stacks.frames.strings[stacks.frames.name[stacks.frameIndex[i]]];
    expect([name(0), name(9_998), name(9_999), name(19_998)]).toEqual([
      'f9999',
      'f1',
      'f9999',
      'f0',
    ]);
  });

  it('are found below a path that is as deep', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `p${i}`);
    const walks = names.map(() => 'walk');
    await db.land([
      sample('path', stack(...names)),
      sample('path', stack(...names.slice(1))),
      sample('path', stack(...walks, 'main')),
      sample('path', stack(...walks.slice(1), 'main')),
      sample('path', stack('main')),
    ]);
    const path = names.toReversed();
    const isAround = ['main', ...walks, 'walk'];
    for (const [under, total] of [
      [path.slice(0, 400), 2],
      [path.slice(0, 9_999), 2],
      [path, 1],
      [[...path.slice(0, 9_998), 'p0'], 0],
      [[...path, 'p0'], 0],
      [isAround.slice(0, 2), 2],
      [isAround.slice(0, 10_000), 2],
      [isAround.slice(0, 10_001), 1],
      [isAround, 0],
    ] as const) {
      const question = { service: 'path', under: under.map((name) => ({ name })) };
      expect((await profiles.flamegraph(question)).total).toBe(total);
      expect((await profiles.topFunctions(question)).total).toBe(total);
    }
  });

  it('may be empty', async () => {
    await db.land([sample('empty', stack())]);
    const answer = await profiles.flamegraph({ service: 'empty' });
    expect([...answer.stacks.stackOffset]).toEqual([0, 0]);
    expect(answer).toMatchObject({ total: 1, complete: true, unknownStacks: 0 });
  });

  it('keep hostile names as they are', async () => {
    const names = [
      `<img src=x onerror="alert('1')">`,
      `'; DROP TABLE otel_profiles; --`,
      '{x:String}',
      'line\nbreak\ttab\\ \u2028 \0',
      '\u202eright to left 🔥',
      'Code: 60. DB::Exception: not really (UNKNOWN_TABLE)',
      '__exception__',
      ' '.repeat(3) + 'x'.repeat(1_000_000),
    ];
    await db.land([sample('hostile', stack(...names))]);
    const { stacks } = await profiles.flamegraph({ service: 'hostile' });
    expect(
      Array.from(stacks.frameIndex, (i) => stacks.frames.strings[stacks.frames.name[i]]),
    ).toEqual(names.toReversed());
    const { functions } = await profiles.topFunctions({ service: 'hostile' });
    expect(functions.map(({ name }) => name).sort()).toEqual(names.toSorted());
  });

  it('that were stored twice count once', async () => {
    await db.land([sample('twice')]);
    for (const table of ['otel_profiles_stacks', 'otel_profiles_frames']) {
      await db.command(
        `INSERT INTO ${table} SELECT * FROM ${table} SETTINGS insert_deduplicate = 0`,
      );
    }
    const [{ rows }] = await db.rows<{ rows: string }>(
      `SELECT max(n) AS rows FROM (SELECT count() AS n FROM otel_profiles_frames GROUP BY FrameId)`,
    );
    expect(Number(rows)).toBeGreaterThan(1);
    const answer = await profiles.flamegraph({ service: 'twice' });
    expect(answer).toMatchObject({ total: 1, samples: 1 });
    expect([...answer.stacks.weight]).toEqual([1]);
    const { functions } = await profiles.topFunctions({ service: 'twice' });
    expect(functions).toMatchObject([{ name: 'main', self: 1, total: 1 }]);
  });

  it('whose frames are gone count as left out', async () => {
    await db.land([
      sample('gone', { Values: ['40'], ...stack('forgotten') }),
      sample('gone', { Values: ['30'], ...stack('forgotten', 'too') }),
      sample('gone', { Values: ['20'], ...stack('known') }),
      sample('gone', { Values: ['10'], ...stack('leaf', 'known') }),
    ]);
    await db.command(`CREATE TABLE some_stacks AS otel_profiles_stacks`);
    await db.command(`
      INSERT INTO some_stacks SELECT * FROM otel_profiles_stacks WHERE StackId IN (
        SELECT StackId FROM otel_profiles WHERE ServiceName = 'gone' AND Value < 30)`);
    const some = createProfiles({
      client: fromClickHouseWeb(db.client),
      database: db.name,
      tables: { stacks: 'some_stacks' },
    });
    const answer = await some.flamegraph({ service: 'gone' });
    expect(answer).toMatchObject({
      total: 100,
      complete: false,
      unknownStacks: 2,
      leftOut: { stacks: 2, weight: 70, samples: 70 },
    });
    expect(answer.stacks.otherWeight).toBe(70);
    expect([...readableStacks(answer.stacks).keys()].sort()).toEqual([
      'known||',
      'known|| > leaf||',
    ]);
    // The rollup by function has counted before the stacks went; so with a filter that it has not.
    const kept = { service: 'gone', resource: { 'service.name': '' } };
    const top = await some.topFunctions(kept);
    expect(top).toMatchObject({ total: 100, unknownStacks: 2, complete: false });
    expect(top.functions.map(({ name, total }) => [name, total])).toEqual([
      ['known', 30],
      ['leaf', 10],
    ]);
  });

  it('keep frames that are described nowhere', async () => {
    await db.land([sample('undescribed', stack('a', 'b'))]);
    await db.command(`CREATE TABLE no_frames AS otel_profiles_frames`);
    const answer = await createProfiles({
      client: fromClickHouseWeb(db.client),
      database: db.name,
      tables: { frames: 'no_frames' },
    }).flamegraph({ service: 'undescribed' });
    expect(answer).toMatchObject({ total: 1, complete: true });
    expect(answer.stacks.frameIndex).toHaveLength(2);
  });
});

describe('spans', () => {
  const TRACE = 'a'.repeat(32);
  const id = (n: number) => (0xb000 + n).toString(16).padStart(16, '0');
  const span = (n: number, parent: number | undefined, traceId = TRACE): LandedSpan => ({
    ...{ Timestamp: landedTime(START_MS), TraceId: traceId, SpanId: id(n) },
    ...{ ParentSpanId: parent === undefined ? '' : id(parent), ServiceName: 'spans' },
    ...{ ResourceAttributes: {}, Duration: '1000000' },
  });

  it('are followed through any depth that the limit allows, and no further in silence', async () => {
    const traceId = 'd'.repeat(32);
    await db.land(
      Array.from({ length: 300 }, (_, n) =>
        sample('chain', { TraceId: traceId, SpanId: id(n), Values: ['1'] }),
      ),
      Array.from({ length: 300 }, (_, n) => span(n, n === 0 ? undefined : n - 1, traceId)),
    );
    const question = { traceId, spanId: id(100), includeChildren: true };
    expect(await profiles.flamegraph(question)).toMatchObject({
      total: 200,
      complete: true,
      unplacedSpans: 0,
    });
    const short = await profiles.flamegraph(question, { limits: { maxSpanDepth: 10 } });
    // 110 spans are at most 10 steps away from span 100 or from the root's end.
    expect(short.total).toBe(11);
    expect(short.unplacedSpans).toBeGreaterThan(0);
    expect(short.complete).toBe(false);

    const few = await profiles.flamegraph(question, { limits: { maxSpans: 250 } });
    expect(few.unplacedSpans).toBeGreaterThanOrEqual(50);
    expect(few.complete).toBe(false);
  });

  it('whose parents lead in a circle do no harm', async () => {
    await db.land(
      [1, 2, 3, 4].map((n) => sample('circle', { TraceId: TRACE, SpanId: id(n) })),
      [span(1, undefined), span(2, 3), span(3, 2), span(4, 1)],
    );
    expect(
      await profiles.flamegraph({ traceId: TRACE, spanId: id(1), includeChildren: true }),
    ).toMatchObject({ total: 2, unplacedSpans: 2, complete: false });
    expect(
      await profiles.flamegraph({ traceId: TRACE, spanId: id(2), includeChildren: true }),
    ).toMatchObject({ total: 2, unplacedSpans: 0, complete: true });
  });

  it('below one that is not stored may be below the one asked for, unless that is too', async () => {
    const traceId = '6'.repeat(32);
    // 1 ← 2 ← (3) ← 4 ← 5, and 6 ← (7) ← 8: without 3 and 7, it is not known where these two hang.
    await db.land(
      [1, 2, 3, 4, 5, 8].map((n) => sample('gap', { TraceId: traceId, SpanId: id(n) })),
      [
        ...[span(1, undefined, traceId), span(2, 1, traceId), span(4, 3, traceId)],
        ...[span(5, 4, traceId), span(6, undefined, traceId), span(8, 7, traceId)],
      ],
    );
    const below = (n: number) =>
      profiles.flamegraph({ traceId, spanId: id(n), includeChildren: true });
    expect(await below(1)).toMatchObject({ total: 2, unplacedSpans: 3, complete: false });
    // What hangs on 3, as 4 itself does, is not below 4 but for its own.
    expect(await below(4)).toMatchObject({ total: 2, unplacedSpans: 1, complete: false });
    expect(await below(3)).toMatchObject({ total: 3, unplacedSpans: 1, complete: false });
    const { total, unplacedSpans } = await profiles.topFunctions({
      ...{ traceId, spanId: id(8), includeChildren: true },
    });
    expect({ total, unplacedSpans }).toEqual({ total: 1, unplacedSpans: 2 });
  });

  it('that were stored twice count once', async () => {
    const traceId = 'c'.repeat(32);
    await db.land(
      [sample('again', { TraceId: traceId, SpanId: id(6) })],
      [span(5, undefined, traceId), span(6, 5, traceId), span(6, 5, traceId)],
    );
    expect(
      await profiles.flamegraph({ traceId, spanId: id(5), includeChildren: true }),
    ).toMatchObject({ total: 1, complete: true });
  });

  it('bound the time in which their samples are looked for', async () => {
    const traceId = '9'.repeat(32);
    const hours = (n: number) => landedTime(START_MS + n * 3_600_000);
    const linked = { TraceId: traceId, SpanId: id(3) };
    await db.land(
      [
        sample('bounds', { ...linked, Values: ['1'], Timestamp: hours(-0.99) }),
        sample('bounds', { ...linked, Values: ['10'], Timestamp: hours(1.99) }),
        sample('bounds', { ...linked, Values: ['100'], Timestamp: hours(-3) }),
      ],
      [span(3, undefined, traceId), { ...span(4, 3, traceId), Timestamp: hours(1) }],
    );
    expect((await profiles.flamegraph({ traceId })).total).toBe(11);
    const limits = { maxWindowSeconds: 4 * 3_600 };
    expect((await profiles.flamegraph({ traceId }, { limits })).total).toBe(111);
  });

  it('have all samples of the time that they took, however long that was', async () => {
    const traceId = '8'.repeat(32);
    const hours = (n: number) => landedTime(START_MS + n * 3_600_000);
    await db.land(
      [1, 2.9, 3.9, 4.9].map((time, n) =>
        sample('long', {
          ...{ TraceId: traceId, SpanId: id(3), Values: [String(10 ** n)] },
          Timestamp: hours(time),
        }),
      ),
      [{ ...span(3, undefined, traceId), Duration: `${3 * 3_600e9}` }, span(4, 3, traceId)],
    );
    const question = { traceId, spanId: id(3) };
    const found = { total: 111, complete: true };
    expect(await profiles.flamegraph(question)).toMatchObject(found);
    expect(await profiles.flamegraph({ traceId, maxStacks: 10 })).toMatchObject(found);
    expect(await profiles.topFunctions({ ...question, includeChildren: true })).toMatchObject(
      found,
    );
    expect((await profiles.spanSampleCounts({ traceId })).items).toMatchObject([
      { profileTypes: [{ total: 111 }] },
    ]);
  });

  it('whose duration is none still have their samples', async () => {
    const traceId = '7'.repeat(32);
    await db.land(
      [sample('broken', { TraceId: traceId, SpanId: id(3) })],
      [{ ...span(3, undefined, traceId), Duration: `${2n ** 64n - 1n}` }],
    );
    expect((await profiles.flamegraph({ traceId })).total).toBe(1);
  });

  it('that no trace table knows still have their own samples', async () => {
    const traceId = 'f'.repeat(32);
    await db.land([sample('orphan', { TraceId: traceId, SpanId: id(9) })]);
    expect(
      await profiles.flamegraph({ traceId, spanId: id(9), includeChildren: true }),
    ).toMatchObject({ total: 1, complete: true });
  });

  it('begin and end with the events at their edges', async () => {
    const traceId = 'e'.repeat(32);
    const at = (ms: number) => `${START_MS + ms}000000`;
    await db.land(
      [
        sample('edges', {
          ...{ SampleType: 'off_cpu', PeriodType: '', PeriodUnit: '', Period: '0' },
          TimestampsUnixNano: [at(99), at(100), at(200), at(201)],
          Values: ['1', '10', '100', '1000'],
        }),
      ],
      [
        {
          ...span(7, undefined, traceId),
          Timestamp: landedTime(START_MS + 100),
          ServiceName: 'edges',
          Duration: '100000000',
        },
      ],
    );
    expect(await profiles.flamegraph(processWindow({ traceId, spanId: id(7) }))).toMatchObject({
      total: 110,
      samples: 2,
      estimate: { processBy: 'service.name', spreadSamples: 0 },
    });
  });

  it('take a value that is not one for each event in equal parts', async () => {
    const traceId = '1'.repeat(32);
    const at = (ms: number) => `${START_MS + ms}000000`;
    await db.land(
      [sample('parts', { TimestampsUnixNano: [at(1), at(2), at(3)], Values: ['30'] })],
      [
        {
          ...span(8, undefined, traceId),
          Timestamp: landedTime(START_MS + 2),
          ServiceName: 'parts',
        },
      ],
    );
    expect(await profiles.flamegraph(processWindow({ traceId, spanId: id(8) }))).toMatchObject({
      total: 20,
      samples: 2,
    });
  });
});

describe('time ranges', () => {
  it('include their begin and exclude their end, to the nanosecond', async () => {
    await db.land([
      sample('range', { Timestamp: landedTime(START_MS - 1, 999_999), Values: ['1'] }),
      sample('range', { Timestamp: landedTime(START_MS), Values: ['10'] }),
      sample('range', { Timestamp: landedTime(START_MS + 999, 999_999), Values: ['100'] }),
      sample('range', { Timestamp: landedTime(START_MS + 1_000), Values: ['1000'] }),
    ]);
    const timeRange = { from: new Date(START_MS), to: new Date(START_MS + 1_000) };
    expect(await profiles.flamegraph({ service: 'range', timeRange })).toMatchObject({
      total: 110,
    });
  });
});
