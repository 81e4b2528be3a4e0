import { ClickHouseError, createClient, type ClickHouseClient } from '@clickhouse/client';
import { freePort, startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adopt } from '../adopt/adopt.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { forgetCoverage, lostTables, seedShard, shardsOf } from './coverage.ts';
import { migrations, upgrades } from './files.ts';
import { migrate } from './migrate.ts';
import { makesTable, rewrite } from './rewrite.ts';
import { ON_CPU, stack } from './testing/database.ts';
import { ownVersion, versionSaid } from './version.ts';

let nodes: EmbeddedClickHouse[];
let clients: ClickHouseClient[];

beforeAll(async () => {
  const ports = [await freePort(), await freePort()];
  nodes = await Promise.all(
    ports.map((tcpPort) => startClickHouse({ tcpPort, clusters: { pair: ports } })),
  );
  clients = nodes.map(({ url }) => createClient({ url, log: { level: 127 } }));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all(nodes.map((node) => node.stop()));
});

async function rows<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  return (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
}

async function refusal(client: ClickHouseClient, query: string): Promise<string> {
  try {
    await client.command({
      query,
      clickhouse_settings: { allow_suspicious_low_cardinality_types: 1 },
    });
    return 'accepted';
  } catch (error) {
    if (error instanceof ClickHouseError) return error.type ?? error.message;
    throw error;
  }
}

describe('without a Keeper', () => {
  it('replicated tables lack nothing but that', async () => {
    const [client] = clients;
    await migrate(client, { database: 'plain' });
    const made = migrations()
      .flatMap(({ sql }) => rewrite(sql, { database: 'replicated', replicated: true }))
      .filter((statement) => makesTable(statement) && statement.includes('Replicated'));
    expect(made.length).toBeGreaterThan(10);
    await client.command({ query: 'CREATE DATABASE replicated' });
    for (const statement of made) {
      // As the server's own configuration would fill them in.
      const query = statement.replace("'{replica}'", "'one'").replace('{shard}', '1');
      expect(await refusal(client, query), statement).toBe('NO_ZOOKEEPER');
    }
  });

  it('statements for all hosts can be read, and lack nothing but that', async () => {
    const [client] = clients;
    const all = { database: 'all', cluster: 'pair', replicated: true };
    const files = [...migrations(), ...upgrades()].flatMap(({ sql }) => rewrite(sql, all));
    const forget = forgetCoverage(['otel_profiles_rollup_1d'], files, all);
    expect(forget).toHaveLength(2);
    const made = [...files, ...forget].filter((statement) => !statement.startsWith('INSERT '));
    for (const statement of made) {
      expect(statement).toContain('ON CLUSTER `pair`');
      const tree = await client.query({
        query: `EXPLAIN AST ${statement}`,
        format: 'TabSeparated',
      });
      expect(await tree.text()).toMatch(/^(Create|Alter|Delete)Query/);
    }
    // A Keeper carries them to the hosts.
    expect(await refusal(client, made[0])).toBe('QUERY_IS_PROHIBITED');
  });
});

describe('over the shards of a cluster', () => {
  const database = 'my-shop';
  const local = `\`${database}_local\``;

  beforeAll(async () => {
    for (const client of clients) {
      await migrate(client, { database, ttl: '3650d', distributed: 'pair' });
    }
  });

  it('rows of one process are on one shard, repeated inserts count once, and all are seen', async () => {
    const values = Array.from({ length: 200 }, (_, n) => ({
      ...ON_CPU,
      ...stack(`f${n % 5}`, 'main'),
      ResourceAttributes: { pod: String(n % 20) },
      Values: ['1'],
    }));
    for (const client of [...clients, clients[0]]) {
      await client.insert({
        table: `\`${database}\`.otel_profiles_ingest`,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: {
          deduplicate_blocks_in_dependent_materialized_views: 1,
          distributed_foreground_insert: 1,
          async_insert: 0,
        },
      });
    }
    const pods = `SELECT DISTINCT ResourceAttributes['pod'] AS pod FROM ${local}.otel_profiles`;
    const own = await Promise.all(clients.map((client) => rows<{ pod: string }>(client, pods)));
    expect(own.every((shard) => shard.length > 0)).toBe(true);
    expect(new Set(own.flat().map(({ pod }) => pod)).size).toBe(own.flat().length);
    for (const client of clients) {
      const [{ n }] = await rows<{ n: string }>(
        client,
        `SELECT count() AS n FROM \`${database}\`.otel_profiles`,
      );
      expect(Number(n)).toBe(200);
    }
  });

  it('a table whose columns have changed is made again; others are left alone', async () => {
    const [client] = clients;
    const ids = () =>
      rows<{ name: string; uuid: string }>(
        client,
        `SELECT name, uuid FROM system.tables WHERE database = '${database}' AND engine = 'Distributed' ORDER BY name`,
      );
    const before = await ids();
    await client.command({
      query: `ALTER TABLE ${local}.otel_profiles_frames ADD COLUMN Extra String`,
    });
    await migrate(client, { database, distributed: 'pair' });
    const after = await ids();
    const changed = after.filter(({ uuid }, i) => uuid !== before[i].uuid);
    expect(changed.map(({ name }) => name)).toEqual(['otel_profiles_frames']);
  });

  it('stays over its shards when nothing is said of them', async () => {
    const [client] = clients;
    const schema = () =>
      rows<{ name: string; uuid: string }>(
        client,
        `SELECT name, uuid FROM system.tables WHERE database = '${database}' ORDER BY name`,
      );
    const before = await schema();
    await client.command({ query: `DROP TABLE \`${database}\`.otel_logs` });
    await migrate(client, { database });
    expect((await schema()).map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    const [{ views }] = await rows<{ views: string }>(
      client,
      `SELECT countIf(engine != 'Distributed' AND engine != 'View') AS views FROM system.tables WHERE database = '${database}'`,
    );
    expect(Number(views)).toBe(0);
  });

  it('refuses what is there of the other kind, before anything is made', async () => {
    const [client] = clients;
    await expect(migrate(client, { database, distributed: 'other' })).rejects.toThrow(
      'The tables of database my-shop are over cluster pair, not other.',
    );
    await migrate(client, { database: 'single' });
    await expect(migrate(client, { database: 'single', distributed: 'pair' })).rejects.toThrow(
      'Database single has tables of one server already: otel_logs is a MergeTree.',
    );
    const databases = "SELECT name FROM system.databases WHERE name = 'single_local'";
    expect(await rows(client, databases)).toEqual([]);

    await client.command({ query: 'CREATE DATABASE foreign' });
    await client.command({
      query:
        'CREATE TABLE foreign.otel_logs AS single.otel_logs ENGINE = Distributed(pair, single, otel_logs)',
    });
    await expect(migrate(client, { database: 'foreign' })).rejects.toThrow(
      'with rows in database single instead of foreign_local',
    );
    await client.command({
      query:
        'CREATE OR REPLACE TABLE foreign.otel_logs AS single.otel_logs ENGINE = Distributed(pair, foreign_local, otel_logs)',
    });
    await client.command({
      query:
        'CREATE TABLE foreign.otel_traces AS single.otel_traces ENGINE = MergeTree ORDER BY tuple()',
    });
    await expect(migrate(client, { database: 'foreign' })).rejects.toThrow(
      'otel_traces is a MergeTree, which no statement makes Distributed',
    );
  });

  it('each server says the version of its tables, and a newer one is refused', async () => {
    const [client] = clients;
    const samples = `${local}.otel_profiles_samples`;
    for (const one of clients) {
      expect(await versionSaid(one, `${database}_local`)).toEqual({ version: ownVersion() });
    }
    await client.command({
      query: `ALTER TABLE ${samples} MODIFY COMMENT 'Hyperflame schema 1000'`,
    });
    for (const distributed of ['pair', undefined]) {
      await expect(migrate(client, { database, distributed })).rejects.toThrow(
        `The tables of database ${database}_local are of schema 1000`,
      );
    }
    await client.command({ query: `ALTER TABLE ${samples} MODIFY COMMENT ''` });
    await migrate(client, { database });
    expect(await versionSaid(client, `${database}_local`)).toEqual({ version: ownVersion() });
  });

  it('a rollup is whole once it is so on every shard', async () => {
    const [first, second] = clients;
    const whole = () =>
      rows<{ Name: string; since: number }>(
        first,
        `SELECT Name, toUnixTimestamp(min(Since)) AS since FROM \`${database}\`.otel_profiles_coverage GROUP BY Name ORDER BY Name`,
      );
    expect((await whole()).map(({ since }) => since)).toEqual(Array(7).fill(0));
    // What ON CLUSTER leaves of it: it says so on the first shard only.
    await second.command({ query: `TRUNCATE TABLE ${local}.otel_profiles_coverage` });
    for (const { shard } of await rows<{ shard: number }>(first, shardsOf('pair'))) {
      await first.command({ query: seedShard(shard, { database }) });
    }
    const [{ n }] = await rows<{ n: string }>(
      second,
      `SELECT count() AS n FROM ${local}.otel_profiles_coverage`,
    );
    expect(Number(n)).toBe(7);
    // There are samples, so it may say so of the time from now on only.
    for (const { since } of await whole()) {
      expect(since).toBeGreaterThan(Date.now() / 1000 - 600);
    }
  });

  it('a rollup that was lost on one shard is whole from now on, and others stay so', async () => {
    const [first, second] = clients;
    const lost = { database: 'lost', distributed: 'pair', ttl: '3650d' };
    for (const client of clients) await migrate(client, lost);
    await second.insert({
      table: 'lost_local.otel_profiles_ingest',
      values: [{ ...ON_CPU, ...stack('f') }],
      format: 'JSONEachRow',
    });
    expect(await lostTables(first, { ...lost, cluster: 'pair' })).toEqual([]);
    await second.command({ query: 'DROP VIEW lost_local.otel_profiles_functions_1h_mv' });
    const names = ['otel_profiles_functions_1h', 'otel_profiles_functions_1d'];
    expect(await lostTables(first, lost)).toEqual([]);
    expect(await lostTables(first, { ...lost, cluster: 'pair' })).toEqual(names);
    await migrate(second, { database: 'lost' });
    const known = await rows<{ Name: string; isWhole: number }>(
      first,
      'SELECT Name, min(Since) = toDateTime64(0, 9) AS isWhole FROM lost.otel_profiles_coverage GROUP BY Name',
    );
    expect(known).toHaveLength(7);
    const open = known.filter(({ isWhole }) => isWhole === 0).map(({ Name }) => Name);
    expect(open.toSorted()).toEqual(names.toSorted());
  });

  it('a host that is new in its cluster has lost nothing', async () => {
    const [first] = clients;
    await migrate(first, { database: 'one_host' });
    expect(await lostTables(first, { database: 'one_host', cluster: 'pair' })).toEqual([]);
  });

  it('takes over a table of the exporter beside the tables over the shards', async () => {
    const [client] = clients;
    const connection = { url: nodes[0].url, user: 'default', password: '', database };
    const table = `\`${database}\`.wide`;
    await client.command({
      query: `CREATE TABLE ${table} AS \`${database}\`.otel_profiles_ingest ENGINE = MergeTree ORDER BY Timestamp`,
    });
    const values = [1, 2, 3].map((n) => ({ ...ON_CPU, ...stack('old'), Values: [String(n)] }));
    await client.insert({ table, values, format: 'JSONEachRow' });
    const { findings } = await diagnose(connection);
    expect(findings).toContainEqual({
      level: 'problem',
      message: expect.stringContaining('wide is a table that the exporter made by itself'),
      fix: `hyperflame adopt --database ${database} --from wide`,
    });
    expect(await adopt(connection, { from: 'wide' })).toMatchObject({
      rows: 3,
      before: 'wide_before',
    });
    await client.insert({
      table,
      values: [{ ...ON_CPU, ...stack('new'), Values: ['4'] }],
      format: 'JSONEachRow',
      clickhouse_settings: { distributed_foreground_insert: 1 },
    });
    const found = await rows(
      client,
      `SELECT Count FROM \`${database}\`.otel_profiles WHERE empty(ResourceAttributes) ORDER BY Count`,
    );
    expect(found).toEqual([1, 2, 3, 4].map((Count) => ({ Count })));
  });

  it('a shard may have a row of an earlier version that is as late as times go', async () => {
    const [first, second] = clients;
    const late = { database: 'late', distributed: 'pair' };
    for (const client of clients) await migrate(client, { ...late, ttl: '18250d' });
    await second.command({
      query:
        'INSERT INTO late_local.otel_profiles (Timestamp) SELECT fromUnixTimestamp64Nano(toInt64(9223372036854000000))',
    });
    await migrate(second, late);
    await second.command({ query: 'TRUNCATE TABLE late_local.otel_profiles_coverage' });
    for (const { shard } of await rows<{ shard: number }>(first, shardsOf('pair'))) {
      await first.command({ query: seedShard(shard, late) });
    }
    const open = await rows(
      first,
      "SELECT Name FROM late.otel_profiles_coverage GROUP BY Name HAVING min(Since) > '2262-01-01'",
    );
    expect(open).toHaveLength(7);
  });

  it('doctor finds a view that counts again', async () => {
    const [client] = clients;
    await client.command({
      query: `CREATE MATERIALIZED VIEW \`${database}\`.otel_profiles_mv TO ${local}.otel_profiles AS SELECT Timestamp FROM ${local}.otel_profiles_samples`,
    });
    const { findings } = await diagnose({
      ...{ url: nodes[0].url, user: 'default', password: '', database },
    });
    const fix = `DROP VIEW \`${database}\`.otel_profiles_mv;`;
    expect(findings).toContainEqual({
      level: 'problem',
      message:
        'The view otel_profiles_mv in my-shop counts again what the one in my-shop_local has counted.',
      fix,
    });
    await client.command({ query: fix.slice(0, -1) });
  });

  it('doctor looks at the rows of the server that it asks', async () => {
    const { findings, profiles } = await diagnose({
      ...{ url: nodes[0].url, user: 'default', password: '', database },
    });
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
    expect(findings.map(({ message }) => message).join('\n')).toContain(`in ${database}_local`);
    expect(profiles?.samples).toBeLessThan(200);
  });
});
