import { describe, expect, it } from 'vitest';

import { MigrationError, migrate, migrations } from './index.ts';
import { ttlOf } from './kept-times.ts';
import { quoteIdentifier } from './parameters.ts';
import { ON_CPU, at, stack, testServer, type TestDatabase } from './testing/database.ts';

const server = testServer();

const SCHEMA = `
  SELECT name, engine, create_table_query AS ddl FROM system.tables
  WHERE database = currentDatabase() ORDER BY name`;

/** How long rows of the tables of profiles stay, by their names. */
async function ttls(db: TestDatabase): Promise<Record<string, string>> {
  const tables = await db.ask<{ name: string; definition: string }>(
    `SELECT name, engine_full AS definition FROM system.tables WHERE database = currentDatabase()
     AND engine LIKE '%MergeTree' AND name LIKE 'otel_profiles%' ORDER BY name`,
  );
  return Object.fromEntries(tables.map(({ name, definition }) => [name, ttlOf(definition) ?? '']));
}

describe('migrate', () => {
  it('makes every table and view', async () => {
    const db = await server.database();
    const made = await db.ask<{ name: string; engine: string }>(
      'SELECT name, engine FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    );
    expect(made).toEqual([
      { name: 'otel_logs', engine: 'MergeTree' },
      { name: 'otel_metrics_exponential_histogram', engine: 'MergeTree' },
      { name: 'otel_metrics_gauge', engine: 'MergeTree' },
      { name: 'otel_metrics_histogram', engine: 'MergeTree' },
      { name: 'otel_metrics_sum', engine: 'MergeTree' },
      { name: 'otel_metrics_summary', engine: 'MergeTree' },
      { name: 'otel_profiles', engine: 'MergeTree' },
      { name: 'otel_profiles_coverage', engine: 'MergeTree' },
      { name: 'otel_profiles_frames', engine: 'ReplacingMergeTree' },
      { name: 'otel_profiles_frames_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_functions_1d', engine: 'SummingMergeTree' },
      { name: 'otel_profiles_functions_1d_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_functions_1h', engine: 'SummingMergeTree' },
      { name: 'otel_profiles_functions_1h_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_ingest', engine: 'Null' },
      { name: 'otel_profiles_ingest_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_kv_rollup_15m', engine: 'SummingMergeTree' },
      { name: 'otel_profiles_kv_rollup_15m_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_rollup_1d', engine: 'SummingMergeTree' },
      { name: 'otel_profiles_rollup_1d_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_rollup_1h', engine: 'SummingMergeTree' },
      { name: 'otel_profiles_rollup_1h_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_rollup_1m', engine: 'SummingMergeTree' },
      { name: 'otel_profiles_rollup_1m_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_sampled_25', engine: 'MergeTree' },
      { name: 'otel_profiles_sampled_25_mv', engine: 'MaterializedView' },
      { name: 'otel_profiles_samples', engine: 'Null' },
      { name: 'otel_profiles_stacks', engine: 'ReplacingMergeTree' },
      { name: 'otel_profiles_stacks_mv', engine: 'MaterializedView' },
      { name: 'otel_traces', engine: 'MergeTree' },
      { name: 'otel_traces_trace_id_ts', engine: 'MergeTree' },
      { name: 'otel_traces_trace_id_ts_mv', engine: 'MaterializedView' },
    ]);
  });

  it('changes nothing the second time, and loses nothing', async () => {
    const db = await server.database();
    await db.land([{ ...ON_CPU, ...stack('a'), TimestampsUnixNano: at(0) }]);
    const before = await db.ask(SCHEMA);
    await migrate(db.client, { database: db.name, ttl: '3650d' });
    expect(await db.ask(SCHEMA)).toEqual(before);
    expect(await db.one('SELECT sum(Count) AS n FROM otel_profiles')).toEqual({ n: '1' });
    // Nor are there two views now, each counting what comes.
    await db.land([{ ...ON_CPU, ...stack('b'), TimestampsUnixNano: at(0) }]);
    expect(await db.one('SELECT sum(Count) AS n FROM otel_profiles')).toEqual({ n: '2' });
  });

  it('runs in several places at once', async () => {
    const database = 'test_at_once';
    await Promise.all([1, 2, 3, 4].map(() => migrate(server.client(), { database })));
    const db = server.client(database);
    const found = await db.query({ query: SCHEMA, format: 'JSONEachRow' });
    expect(await found.json()).toHaveLength(33);
    await db.command({ query: `DROP DATABASE ${database} SYNC` });
  });

  it('takes any database name for a name', async () => {
    const database = 'pro`.files"; DROP \\ $& 🔥';
    await migrate(server.client(), { database });
    await migrate(server.client(), { database });
    await migrate(server.client(), { database, ttl: '77d' });
    const kept = await server.client().query({
      query: `SELECT count() AS n FROM system.tables WHERE database = {database:String}
              AND startsWith(name, 'otel_profiles') AND position(engine_full, 'toIntervalDay(77)') > 0`,
      query_params: { database },
      format: 'JSONEachRow',
    });
    expect(await kept.json()).toEqual([{ n: 10 }]);
    const found = await server.client().query({
      query: 'SELECT count() AS n FROM system.tables WHERE database = {database:String}',
      query_params: { database },
      format: 'JSONEachRow',
    });
    expect(await found.json()).toEqual([{ n: 33 }]);
    await server.client().command({ query: `DROP DATABASE ${quoteIdentifier(database)} SYNC` });
  });

  it('keeps rows as long as it is told', async () => {
    const db = await server.database({ ttl: '48h' });
    const kept = await db.ask<{ name: string; ddl: string }>(
      `${SCHEMA.replace('ORDER BY', "AND engine LIKE '%MergeTree' ORDER BY")}`,
    );
    // All but the table that says from when on the others are complete.
    const expiring = kept.filter(({ name }) => name !== 'otel_profiles_coverage');
    expect(expiring).toHaveLength(18);
    for (const { name, ddl } of expiring) expect(ddl, name).toContain('+ toIntervalHour(48)');
  });

  it('keeps stacks and frames for as long as there may be samples of them', async () => {
    const db = await server.database({ ttl: '1d' });
    // Its day is not over, so the sample is still there, though it is older than a day.
    const old = new Date(Date.now() - 25 * 3_600_000)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', '');
    await db.land([{ ...ON_CPU, ...stack('a'), Timestamp: old, Values: ['1'] }]);
    // At both levels.
    expect(await db.one('SELECT count() AS n FROM otel_profiles_stacks FINAL')).toEqual({ n: '2' });
    expect(await db.one('SELECT count() AS n FROM otel_profiles_frames FINAL')).toEqual({ n: '2' });
  });

  it.each(['NONE', 'LZ4', 'LZ4HC(12)', 'ZSTD(22)'])(
    'the server takes the codec %s',
    async (codec) => {
      const db = await server.database({ codec });
      const [{ others }] = await db.ask<{ others: string }>(
        `SELECT countIf(compression_codec NOT LIKE '%${codec}%' AND compression_codec != '') AS others
       FROM system.columns WHERE database = currentDatabase() AND table = 'otel_profiles'`,
      );
      expect(others).toBe('0');
    },
  );

  it('changes how long rows stay when asked to, and only then', async () => {
    const db = await server.database({ ttl: '48h', rollupTtl: { '1h': '70d' } });
    const kept = async () =>
      (
        await db.ask<{ name: string; ttl: string }>(
          `SELECT name, extract(engine_full, 'TTL (.*) SETTINGS') AS ttl FROM system.tables
           WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
           AND name LIKE 'otel_profiles%' ORDER BY name`,
        )
      ).map(({ name, ttl }) => `${name} ${ttl}`);
    const before = await kept();
    expect(before).toContain('otel_profiles toDate(Timestamp) + toIntervalHour(48)');
    expect(before.join('\n')).toContain('toIntervalDay(70)');
    await migrate(db.client, { database: db.name });
    expect(await kept()).toEqual(before);
    await migrate(db.client, { database: db.name, ttl: '5d', rollupTtl: { '1d': '90d' } });
    const after = (await kept()).join('\n');
    expect(after).toContain('otel_profiles toDate(Timestamp) + toIntervalDay(5)');
    expect(after).toContain('toIntervalDay(90)');
    expect(after).not.toMatch(/toIntervalHour\(48\)|toIntervalDay\(400\)/);
  });

  it('changes the tables whose time is given, and no other', async () => {
    const db = await server.database({ ttl: '30d' });
    const own = 'toDate(Timestamp) + toIntervalMonth(3)';
    for (const table of ['rollup_1m', 'rollup_1d', 'stacks']) {
      const ttl = table === 'stacks' ? 'LastSeen + toIntervalMonth(4)' : own;
      await db.client.command({ query: `ALTER TABLE otel_profiles_${table} MODIFY TTL ${ttl}` });
    }
    const before = await ttls(db);
    await migrate(db.client, { database: db.name, rollupTtl: { '1h': '90d' } });
    const after = await ttls(db);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual([
      'otel_profiles_functions_1h',
      'otel_profiles_rollup_1h',
      'otel_profiles_sampled_25',
    ]);
    for (const name of changed) {
      expect(after[name]).toBe(
        'greatest(toDate(Timestamp) + toIntervalDay(30), toDate(Timestamp) + toIntervalDay(90))',
      );
    }
  });

  it.each([
    ['REMOVE TTL', 'has no TTL: its rows stay for ever'],
    [
      'MODIFY TTL toDate(Timestamp) + INTERVAL 3 MONTH',
      'TTL of another kind: toDate(Timestamp) + toIntervalMonth(3).',
    ],
    [
      'MODIFY TTL toDate(Timestamp) + INTERVAL 90 DAY, toDate(Timestamp) + INTERVAL 7 DAY RECOMPRESS CODEC(ZSTD(9))',
      'toIntervalDay(7) RECOMPRESS CODEC(ZSTD(9)).',
    ],
  ])('never guesses how long samples stay: after %s', async (change, said) => {
    const db = await server.database({ ttl: '30d' });
    await db.client.command({ query: `ALTER TABLE otel_profiles ${change}` });
    const before = await ttls(db);
    await migrate(db.client, { database: db.name });
    await migrate(db.client, { database: db.name, storagePolicy: 'default' });
    expect(await ttls(db)).toEqual(before);
    const rollupTtl = { '1h': '100d' };
    const guessing = migrate(db.client, { database: db.name, rollupTtl });
    await expect(guessing).rejects.toThrow(said);
    await expect(guessing).rejects.toThrow('Give --ttl too');
    expect(await ttls(db)).toEqual(before);
    await db.client.command({ query: 'DROP TABLE otel_profiles_rollup_1d' });
    await expect(migrate(db.client, { database: db.name })).rejects.toThrow(said);
    await migrate(db.client, { database: db.name, rollupTtl, ttl: '60d' });
    expect((await ttls(db)).otel_profiles).toBe('toDate(Timestamp) + toIntervalDay(60)');
  });

  it('leaves times that it would not take', async () => {
    const db = await server.database({ ttl: '30d' });
    for (const [table, time] of [
      ['otel_profiles', 'toIntervalHour(2)'],
      ['otel_profiles_rollup_1h', 'toIntervalDay(500)'],
    ]) {
      const query = `ALTER TABLE ${table} MODIFY TTL toDate(Timestamp) + ${time}`;
      await db.client.command({ query });
    }
    const before = await ttls(db);
    await migrate(db.client, { database: db.name });
    expect(await ttls(db)).toEqual(before);
  });

  it('never guesses how long rollups stay', async () => {
    const db = await server.database({ ttl: '30d' });
    await db.client.command({
      query:
        'ALTER TABLE otel_profiles_functions_1d MODIFY TTL toDate(Timestamp) + INTERVAL 2 YEAR',
    });
    const before = await ttls(db);
    const guessing = migrate(db.client, { database: db.name, ttl: '7d' });
    await expect(guessing).rejects.toThrow(
      /^otel_profiles_functions_1d .* toIntervalYear\(2\)\. .* Give --rollup-ttl 1d= too/,
    );
    expect(await ttls(db)).toEqual(before);
    await migrate(db.client, { database: db.name, ttl: '7d', rollupTtl: { '1d': '730d' } });
    expect((await ttls(db)).otel_profiles_functions_1d).toContain('toIntervalDay(730)');
  });

  it('leaves logs, traces and metrics that were there before as they are', async () => {
    const db = await server.database();
    for (const table of ['otel_logs', 'otel_traces']) {
      await db.client.command({
        query: `ALTER TABLE ${table} MODIFY TTL toDate(Timestamp) + toIntervalDay(365)`,
      });
    }
    const engines = (like: string) =>
      db.ask<{ name: string; definition: string }>(
        `SELECT name, engine_full AS definition FROM system.tables
         WHERE database = currentDatabase() AND name LIKE '${like}' AND engine = 'MergeTree'`,
      );
    const kept = async () =>
      Promise.all(['otel_logs', 'otel_traces%', 'otel_metrics%'].map(engines));
    const before = await kept();
    expect(before.map((tables) => tables.length)).toEqual([1, 2, 5]);
    for (const options of [
      { ttl: '7d' },
      { rollupTtl: { '1h': '90d' } },
      { storagePolicy: 'default' },
    ]) {
      await migrate(db.client, { database: db.name, ...options });
    }
    expect(await kept()).toEqual(before);
    const [{ definition }] = await engines('otel_profiles');
    expect(definition).toContain('toIntervalDay(7)');
    expect(definition).toContain("storage_policy = 'default'");
  });

  it('tells which migration runs', async () => {
    const told: string[] = [];
    const database = (await server.database()).name;
    await migrate(server.client(), { database, onMigration: ({ name }) => told.push(name) });
    expect(told).toEqual(migrations().map(({ name }) => name));
  });

  it('names the migration and the statement that the server refused', async () => {
    const db = await server.database();
    await db.client.command({ query: 'DROP TABLE otel_profiles_mv' });
    await db.client.command({ query: 'DROP TABLE otel_profiles' });
    // Someone else's table of that name, without our columns.
    await db.client.command({
      query: 'CREATE TABLE otel_profiles (n UInt8) ENGINE = MergeTree ORDER BY n',
    });
    const migrating = migrate(db.client, { database: db.name });
    await expect(migrating).rejects.toBeInstanceOf(MigrationError);
    await expect(migrating).rejects.toMatchObject({ migration: '00010_otel_profiles_ingest' });
    await expect(migrating).rejects.toThrow(/otel_profiles_mv/);
  });

  it.each([
    [{ ttl: 'soon' }, '"soon"'],
    [{ distributed: 'nope' }, "The server has no cluster 'nope'; in its configuration there is "],
    [{ cluster: 'nope' }, "The server has no cluster 'nope'"],
    [
      { storagePolicy: "no'pe" },
      "no storage policy 'no\\'pe'; in its configuration there is default",
    ],
  ])('does nothing at all when a parameter is wrong: %j', async (wrong, said) => {
    const database = 'test_never_made';
    await expect(migrate(server.client(), { database, ...wrong })).rejects.toThrow(said);
    const found = await server.client().query({
      query: `SELECT count() AS n FROM system.databases WHERE startsWith(name, '${database}')`,
      format: 'JSONEachRow',
    });
    expect(await found.json()).toEqual([{ n: 0 }]);
  });
});

describe('what a table needs to serve HyperDX', () => {
  it('an index answers an attribute’s key and value, on profiles, traces and logs', async () => {
    const db = await server.database();
    await db.land([{ ...ON_CPU, ...stack('a'), ResourceAttributes: { 'k8s.pod.name': 'shop-1' } }]);
    const row = {
      Timestamp: '2026-09-01 00:00:00',
      ResourceAttributes: { 'k8s.pod.name': 'shop-1' },
    };
    for (const table of ['otel_logs', 'otel_traces']) {
      await db.land([row], {}, table);
    }
    for (const table of ['otel_profiles', 'otel_traces', 'otel_logs']) {
      // As HyperDX compiles ResourceAttributes.k8s.pod.name:"shop-1".
      const query = `SELECT count() AS n FROM ${table}
        WHERE has(ResourceAttributeItems, concat('k8s.pod.name', '=', 'shop-1'))`;
      expect(await db.one(query), table).toEqual({ n: '1' });
      const plan = await db.ask<{ explain: string }>(`EXPLAIN indexes = 1 ${query}`);
      expect(plan.map((line) => line.explain).join('\n'), table).toContain('idx_res_attr_items');
    }
  });

  it('an index narrows a question about a thread, a trace or a span', async () => {
    const db = await server.database();
    const linked = { TraceId: '0af7651916cd43dd8448eb211c80319c', SpanId: 'b7ad6b7169203331' };
    await db.land([
      { ...ON_CPU, ...stack('a'), ...linked, SampleAttributes: { 'thread.name': 'main' } },
    ]);
    const filters = {
      idx_trace_id: `TraceId = '${linked.TraceId}'`,
      idx_span_id: `SpanId = '${linked.SpanId}'`,
      idx_sample_attr_items: `has(SampleAttributeItems, concat('thread.name', '=', 'main'))`,
    };
    for (const [index, filter] of Object.entries(filters)) {
      const query = `SELECT count() AS n FROM otel_profiles WHERE ${filter}`;
      expect(await db.one(query), index).toEqual({ n: '1' });
      const plan = await db.ask<{ explain: string }>(`EXPLAIN indexes = 1 ${query}`);
      expect(plan.map((line) => line.explain).join('\n')).toContain(index);
    }
  });
});
