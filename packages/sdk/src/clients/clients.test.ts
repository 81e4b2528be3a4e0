import { createClient } from '@clickhouse/client-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProfiles, type Profiles, type ProfilesOptions } from '../profiles.ts';
import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { processWindow } from '../questions/scope.ts';
import {
  HOSTILE_SERVICE,
  makeSamples,
  makeSpans,
  spanIdOf,
  START_MS,
  traceIdOf,
} from '../testing/corpus.ts';
import { hyperDXClient, startHyperDXProxy } from '../testing/hyperdx.ts';
import { startDatabase, type TestDatabase } from '../testing/server.ts';
import { fromClickHouseWeb } from './clickhouse-web.ts';
import { fromHyperDX } from './hyperdx.ts';
import type { ProfileClient, QuerySettings } from './profile-client.ts';

let db: TestDatabase;
let proxy: Awaited<ReturnType<typeof startHyperDXProxy>>;

beforeAll(async () => {
  db = await startDatabase('sdk_clients');
  await db.land(makeSamples(1_000), makeSpans());
  // A question to these profiles takes minutes.
  await db.command(`
    CREATE VIEW slow_profiles AS SELECT * FROM otel_profiles
    WHERE 0 = (SELECT sum(sleepEachRow(0.1)) FROM numbers(3000) SETTINGS max_block_size = 1)`);
  proxy = await startHyperDXProxy({
    browser: { url: db.url, user: 'viewer', password: 'viewer' },
    owner: { url: db.url, user: 'default', password: '' },
    stranger: { url: db.url, user: 'viewer', password: 'wrong' },
  });
});
afterAll(async () => {
  await proxy.stop();
  await db.stop();
});

/** The ways to ask: from a page or a server, as a reader or as someone who may write. */
const CLIENTS: [string, () => ProfileClient][] = [
  ['@clickhouse/client-web, all rights', () => fromClickHouseWeb(db.client)],
  [
    '@clickhouse/client-web, as a viewer',
    () => fromClickHouseWeb(createClient({ url: db.url, username: 'viewer', password: 'viewer' })),
  ],
  [
    'HyperDX, as a viewer',
    () => fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'browser' }),
  ],
  ['HyperDX, all rights', () => fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'owner' })],
];

const timeRange = { from: new Date(START_MS + 1), to: new Date(START_MS + 3_000_000) };

/** Of a test whose query must end: after 30 s the client gives up on it, and it ends as well. */
const LIMIT = { timeout: 25_000 };

describe.each(CLIENTS)('%s', (_, makeClient) => {
  const ask = (options: Partial<ProfilesOptions> = {}): Profiles =>
    createProfiles({ client: makeClient(), database: db.name, ...options });
  /** Its questions run longer than a test may. */
  const askSlow = () =>
    ask({ tables: { profiles: 'slow_profiles' }, limits: { maxExecutionSeconds: 60 } });

  it('gives the answers that plain SQL gives', async () => {
    const profiles = ask();
    const where = `TraceId = '${traceIdOf(1)}' AND ProfileType = 'off_cpu:nanoseconds::'`;
    const [truth] = await db.rows<{ total: string; samples: string; stacks: string }>(
      `SELECT sum(Value) AS total, sum(Count) AS samples, uniqExact(StackId) AS stacks FROM otel_profiles WHERE ${where}`,
    );
    const scope = { traceId: traceIdOf(1), profileType: 'off_cpu:nanoseconds::' };
    const flamegraph = await profiles.flamegraph({ ...scope, granularity: 'line' });
    expect(flamegraph.total).toBe(Number(truth.total));
    expect(flamegraph.samples).toBe(Number(truth.samples));
    expect(flamegraph.stacks.weight).toHaveLength(Number(truth.stacks));
    expect(flamegraph.stats.rowsRead).toBeGreaterThan(0);
    expect((await profiles.topFunctions(scope)).total).toBe(Number(truth.total));

    const services = await profiles.services({ service: HOSTILE_SERVICE });
    expect(services.items.map(({ service }) => service)).toEqual([HOSTILE_SERVICE]);
    expect((await profiles.profileTypes(scope)).items).toHaveLength(1);
    expect((await profiles.spanSampleCounts(scope)).items.length).toBeGreaterThan(0);
  });

  it('ends the query on the server when the question is withdrawn', LIMIT, async () => {
    const controller = new AbortController();
    const queryId = crypto.randomUUID();
    const answer = askSlow().flamegraph({}, { signal: controller.signal, queryId });
    const failure = expect(answer).rejects.toMatchObject({ kind: 'aborted' });
    await until(async () => (await running(queryId)) === 1);
    controller.abort();
    await failure;
    await until(async () => (await running(queryId)) === 0);
  });

  it('ends each of two queries on one signal', LIMIT, async () => {
    const controller = new AbortController();
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    const profiles = askSlow();
    const failures = ids.map((queryId) =>
      expect(
        profiles.profileTypes({}, { signal: controller.signal, queryId }),
      ).rejects.toMatchObject({ kind: 'aborted' }),
    );
    await until(async () => (await running(...ids)) === 2);
    controller.abort();
    await Promise.all(failures);
    await until(async () => (await running(...ids)) === 0);
  });

  it('ends a query that was withdrawn before the client listened', LIMIT, async () => {
    const controller = new AbortController();
    const queryId = crypto.randomUUID();
    const answer = askSlow().flamegraph({}, { signal: controller.signal, queryId });
    // HyperDX's client is still looking up settings now, and listens to no signal yet.
    controller.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'aborted' });
    // By the time another question is answered, the withdrawn one has begun, if it was sent.
    await ask().profileTypes({});
    await until(async () => (await running(queryId)) === 0);
  });

  it('does not ask when it was withdrawn before', async () => {
    await expect(ask().flamegraph({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'ProfileQueryError',
      kind: 'aborted',
    });
  });

  it('names the limit that stopped a query', async () => {
    await expect(ask({ limits: { maxRowsToRead: 10 } }).flamegraph({})).rejects.toMatchObject({
      kind: 'limit',
      field: 'maxRowsToRead',
      code: 158,
    });
    await expect(
      ask({
        limits: { maxExecutionSeconds: 1 },
        tables: { profiles: 'slow_profiles' },
      }).flamegraph({}),
    ).rejects.toMatchObject({ kind: 'limit', field: 'maxExecutionSeconds' });
    await expect(ask().flamegraph({}, { limits: { maxMemoryBytes: 1_000 } })).rejects.toMatchObject(
      { kind: 'limit', field: 'maxMemoryBytes' },
    );
  });

  it('points to the doctor when the schema is another', async () => {
    for (const options of [
      { tables: { profiles: 'no_such_table' } },
      { tables: { stacks: 'otel_logs' } },
      { database: 'no_such_database' },
    ]) {
      await expect(ask(options).flamegraph({})).rejects.toMatchObject({
        kind: 'schema',
        hint: expect.stringContaining('hyperflame doctor'),
      });
    }
  });

  it('gives the reason without the query in it', async () => {
    const error = await failureOf(ask({ tables: { profiles: 'no_such_table' } }).flamegraph({}));
    expect(error.message).toContain('no_such_table');
    expect(error.message).not.toContain('SELECT');
  });
});

describe('a server that refuses', () => {
  it('is quoted', async () => {
    for (const client of [
      fromClickHouseWeb(createClient({ url: db.url, username: 'viewer', password: 'wrong' })),
      fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'stranger' }),
    ]) {
      await expect(createProfiles({ client }).services({})).rejects.toMatchObject({
        kind: 'server',
        code: 516,
        message: expect.stringContaining('Authentication failed'),
        hint: expect.stringContaining('password'),
      });
    }
  });

  /** What answers, while the question which tables there are is refused, and after. */
  async function tablesAfter(refusal: string) {
    const client = fromClickHouseWeb(db.client);
    let refuses = true;
    const profiles = createProfiles({
      client: {
        ...client,
        send: (request) =>
          refuses && request.query.query.includes('system.tables')
            ? Promise.reject(new Error(refusal))
            : client.send(request),
      },
      database: db.name,
    });
    const tables = async () => (await profiles.services({})).stats.tables.map(({ table }) => table);
    const before: unknown = await tables().catch((error: unknown) => error);
    refuses = false;
    return { before, after: await tables() };
  }

  it('for a moment, gives no answer rather than one that lacks what has expired', async () => {
    const { before, after } = await tablesAfter(
      'Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)',
    );
    expect(before).toMatchObject({ kind: 'server', code: 202 });
    expect(after).toEqual(['otel_profiles_rollup_1d']);
  });

  it('to say which tables there are, is asked the rows', async () => {
    const { before, after } = await tablesAfter(
      'Code: 497. DB::Exception: viewer: Not enough privileges. (ACCESS_DENIED)',
    );
    expect(before).toEqual(['otel_profiles']);
    expect(after).toEqual(before);
  });

  it('a setting, can be sent none', async () => {
    const client = fromClickHouseWeb(
      createClient({ url: db.url, username: 'viewer', password: 'viewer' }),
    );
    const options = { client, database: db.name };
    await expect(
      createProfiles({ ...options, limits: { maxExecutionSeconds: 3_600 } }).services({}),
    ).rejects.toMatchObject({
      kind: 'server',
      code: 452,
      hint: expect.stringContaining('settings'),
    });
    const { items } = await createProfiles({ ...options, settings: 'none' }).services({});
    expect(items.length).toBeGreaterThan(0);
  });
});

describe('a server that does not answer', () => {
  it('is a network error', async () => {
    const client = fromClickHouseWeb(createClient({ url: 'http://127.0.0.1:1' }));
    await expect(createProfiles({ client }).services({})).rejects.toMatchObject({
      kind: 'network',
      hint: expect.stringContaining('reached'),
    });
  });

  it('is one as well when something else answers', async () => {
    const client = fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'no such connection' });
    await expect(createProfiles({ client }).services({})).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringContaining('Connection not found'),
    });
  });

  it('in time, as the client has it, has hit a limit', async () => {
    const client = fromClickHouseWeb(createClient({ url: db.url, request_timeout: 500 }));
    const profiles = createProfiles({
      ...{ client, database: db.name, tables: { profiles: 'slow_profiles' } },
    });
    await expect(profiles.flamegraph({})).rejects.toMatchObject({
      kind: 'limit',
      field: 'maxExecutionSeconds',
    });
  });

  it.each<[string, (profiles: Profiles) => Promise<unknown>]>([
    ['{}', (profiles) => profiles.flamegraph({ traceId: traceIdOf(1) })],
    ['[0, [], "1", 1, null]', (profiles) => profiles.topFunctions({})],
    ['{"on": 1}', (profiles) => profiles.timeline({ timeRange })],
  ])('but sends %s, is not said to be silent', async (answer, question) => {
    const real = fromClickHouseWeb(db.client);
    const client: ProfileClient = {
      ...real,
      send: (request) =>
        /system\.tables|_coverage/.test(request.query.query)
          ? real.send(request)
          : Promise.resolve({ text: `${answer}\n`, rowsRead: undefined, bytesRead: undefined }),
    };
    await expect(question(createProfiles({ client, database: db.name }))).rejects.toMatchObject({
      name: 'ProfileQueryError',
      kind: 'network',
      message: expect.stringContaining("The answer can't be read"),
    });
  });
});

const span = { traceId: traceIdOf(1), spanId: spanIdOf(1, 1) };

/** Of each kind one, and of some those that are asked in another way. */
const questions: readonly ((profiles: Profiles) => Promise<{ stats: unknown }>)[] = [
  (profiles) => profiles.flamegraph({ timeRange }),
  (profiles) => profiles.flamegraph({ timeRange, groupBy: 'thread.name' }),
  (profiles) => profiles.flamegraph({ service: 'nobody' }),
  (profiles) => profiles.flamegraph({ traceId: traceIdOf(1) }),
  (profiles) => profiles.flamegraph({ ...span, includeChildren: true }),
  (profiles) => profiles.topFunctions(processWindow(span)),
  (profiles) => profiles.topFunctions({ timeRange }),
  (profiles) => profiles.timeline({ timeRange }),
  (profiles) => profiles.facets({ timeRange, service: 'checkout' }),
  (profiles) => profiles.profileTypes({ timeRange }),
  (profiles) => profiles.services({ timeRange }),
  (profiles) => profiles.findFunctions({ timeRange, text: 'a' }),
  (profiles) => profiles.heatmap({ timeRange }),
  (profiles) => profiles.spanSampleCounts({ traceId: traceIdOf(1) }),
];

it('does not take an answer that ends between two lines for a whole one', async () => {
  // What a proxy on the way may do, and not say so.
  let kept: (lines: number) => number = (lines) => lines;
  const client = createClient({
    url: db.url,
    fetch: async (...request: Parameters<typeof fetch>) => {
      const answer = await fetch(...request);
      const lines = (await answer.text()).split(/(?<=\n)/);
      return new Response(lines.slice(0, kept(lines.length)).join(''), answer);
    },
  });
  const profiles = createProfiles({
    client: fromClickHouseWeb(client),
    database: db.name,
    settings: { enable_http_compression: 0 },
  });
  for (const ask of questions) {
    kept = (lines) => lines;
    await ask(profiles);
    for (const cut of [
      () => 0,
      (lines: number) => Math.floor(lines / 2),
      (lines: number) => lines - 1,
    ]) {
      kept = cut;
      await expect(ask(profiles), String(ask)).rejects.toMatchObject({
        name: 'ProfileQueryError',
        kind: 'network',
        message: expect.stringContaining("The answer can't be read"),
      });
    }
  }
});

describe('settings', () => {
  it('that leave 64-bit numbers unquoted give the same answer', async () => {
    const question = { spanId: spanIdOf(1, 2) };
    const quoted = await createProfiles({
      client: fromClickHouseWeb(db.client),
      database: db.name,
    }).flamegraph(question);
    const bare = await createProfiles({
      client: fromClickHouseWeb(db.client),
      database: db.name,
      settings: { output_format_json_quote_64bit_integers: 0 },
    }).flamegraph(question);
    expect(quoted.samples).toBeGreaterThan(0);
    expect(bare.stacks).toEqual(quoted.stacks);
  });

  /** What an account's profile sets is what no query says; as are a client's own settings here. */
  const answersWith = async (clickhouse_settings: Record<string, string | number>) => {
    const client = fromClickHouseWeb(createClient({ url: db.url, clickhouse_settings }));
    const profiles = createProfiles({ client, database: db.name });
    return Promise.all(
      questions.map((ask) =>
        ask(profiles).then(
          ({ stats: _, ...answer }) => answer,
          (error: unknown) => error,
        ),
      ),
    );
  };

  it('of the account do not change what an answer says', async () => {
    const otherwise = {
      ...{ enable_analyzer: 0, prefer_column_name_to_alias: 1 },
      ...{ join_use_nulls: 1, aggregate_functions_null_for_empty: 1 },
      ...{ empty_result_for_aggregation_by_empty_set: 1, use_query_cache: 1, limit: 5, offset: 1 },
      ...{ enable_named_columns_in_function_tuple: 1, output_format_json_array_of_rows: 1 },
      output_format_json_quote_64bit_floats: 1,
    };
    expect(await answersWith(otherwise)).toEqual(await answersWith({}));
  });

  it('of the account do not cut an answer short in silence', async () => {
    const whole = await answersWith({});
    const cutting: Record<string, string | number>[] = [
      { max_rows_to_read: 100, read_overflow_mode: 'break' },
      { max_rows_to_group_by: 5, group_by_overflow_mode: 'any' },
      { max_result_rows: 3, result_overflow_mode: 'break' },
      { max_rows_to_sort: 5, sort_overflow_mode: 'break' },
      { max_rows_in_set: 2, set_overflow_mode: 'break' },
    ];
    for (const settings of cutting) {
      const answers = await answersWith(settings);
      const stopped = answers.filter((answer) => answer instanceof ProfileQueryError);
      expect(new Set(stopped.map(({ kind }) => kind))).toEqual(new Set(['limit']));
      answers.forEach((answer, i) => {
        if (!(answer instanceof ProfileQueryError)) expect(answer).toEqual(whole[i]);
      });
    }
  });

  it('let no shard be left out, and no time run out, in silence', async () => {
    const sent: QuerySettings[] = [];
    const client = fromClickHouseWeb(db.client);
    const send: ProfileClient['send'] = (request) => {
      sent.push(request.settings);
      return client.send(request);
    };
    await createProfiles({ client: { ...client, send }, database: db.name }).services({});
    expect(sent.length).toBeGreaterThan(1);
    for (const settings of sent) {
      expect(settings).toMatchObject({
        skip_unavailable_shards: 0,
        timeout_overflow_mode: 'throw',
      });
    }
  });

  it('that are none leave large figures exact', async () => {
    // As in a kernel: of the three, no two differ in their first 53 bits.
    const addresses = [0n, 1n, 2n].map((n) => 0xffff_ffff_8123_4000n + n);
    const [sample] = makeSamples(1);
    await db.land(
      addresses.map((address, n) => ({
        ...{ ...sample, TraceId: 'f'.repeat(32), SpanId: 'f'.repeat(16) },
        ...{ SampleType: 'cpu', SampleUnit: 'nanoseconds', TimestampsUnixNano: [] },
        ...{ FunctionNames: [''], FileNames: [''], LineNumbers: [0] },
        ...{ MappingFileNames: ['vmlinux'], Addresses: [String(address)] },
        Values: [['-9007199254740993', '9007199254740993', '7'][n] as string],
      })),
    );
    const { stacks, total } = await createProfiles({
      ...{ client: fromClickHouseWeb(db.client), database: db.name, settings: 'none' as const },
    }).flamegraph({ traceId: 'f'.repeat(32) });
    expect(total).toBe(7);
    expect(new Set(stacks.frames.address)).toEqual(new Set(addresses));
  });

  it('that are none leave no limit to rely on', async () => {
    const profiles = createProfiles({
      ...{ client: fromClickHouseWeb(db.client), database: db.name, settings: 'none' as const },
      limits: { maxDays: 1 },
    });
    await expect(profiles.services({}, { limits: { maxRowsToRead: 10 } })).rejects.toMatchObject({
      kind: 'invalid-question',
      field: 'limits.maxRowsToRead',
    });
    expect((await profiles.services({})).items.length).toBeGreaterThan(0);
  });
});

describe('keys', () => {
  const keyOf = (client: ProfileClient, options: Partial<ProfilesOptions> = {}) =>
    createProfiles({ client, ...options }).key;

  it('are the same for the same data, whatever objects it is reached through', () => {
    const hyperDX = () => fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'browser' });
    expect(keyOf(hyperDX())).toBe(keyOf(hyperDX()));
    expect(keyOf(fromClickHouseWeb(db.client))).toBe(keyOf(fromClickHouseWeb(db.client)));
    const named = () => fromClickHouseWeb(createClient({ url: db.url }), { key: 'a' });
    expect(keyOf(named())).toBe(keyOf(named()));
  });

  it('are others for other connections, databases and tables', () => {
    const keys = [
      keyOf(fromClickHouseWeb(db.client)),
      keyOf(fromClickHouseWeb(db.client), { database: 'other' }),
      keyOf(fromClickHouseWeb(db.client), { tables: { frames: 'other' } }),
      keyOf(fromClickHouseWeb(createClient({ url: db.url }))),
      keyOf(fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'browser' })),
      keyOf(fromHyperDX(hyperDXClient(proxy.url), { connectionId: 'owner' })),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

async function running(...queryIds: string[]): Promise<number> {
  const [{ n }] = await db.rows<{ n: string }>(
    'SELECT count() AS n FROM system.processes WHERE query_id IN {ids:Array(String)}',
    { ids: queryIds },
  );
  return Number(n);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: Error) => error,
  );
}
