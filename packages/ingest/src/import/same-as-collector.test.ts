import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { connectOrStart, type ClickHouseServer } from '@hyperflame/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { collectorConfig } from '../collector/config.ts';
import { EXPORTER_COLUMNS } from '../doctor/exporter-columns.ts';
import { migrate } from '../migrations/index.ts';
import { encodeLogs, encodeProfiles, encodeTraces } from '../otlp/codec.ts';
import { post, startCollector, type TestCollector } from '../testing/collector.ts';
import { someLogs, someProfiles, someTraces } from '../testing/payloads.ts';
import { importFiles } from './import-files.ts';

const SIGNALS = [
  {
    table: 'otel_profiles_ingest',
    path: '/v1development/profiles',
    body: encodeProfiles(someProfiles()),
  },
  { table: 'otel_traces', path: '/v1/traces', body: encodeTraces(someTraces()) },
  { table: 'otel_logs', path: '/v1/logs', body: encodeLogs(someLogs()) },
] as const;

// The exporter makes its own tables here, so its own columns decide.
const BY_COLLECTOR = `by_collector_${process.pid}`;
const BY_IMPORT = `by_import_${process.pid}`;

describe('import and the Collector', () => {
  let server: ClickHouseServer;
  let client: ClickHouseClient;
  let collector: TestCollector;
  let folder: string;

  beforeAll(async () => {
    server = await connectOrStart();
    client = createClient({ url: server.url });
    collector = await startCollector(
      { CLICKHOUSE_ENDPOINT: server.tcpUrl, CLICKHOUSE_DATABASE: BY_COLLECTOR },
      collectorConfig('standalone').replaceAll('create_schema: false', 'create_schema: true'),
    );
    await client.command({ query: `CREATE DATABASE ${BY_IMPORT}` });
    for (const { table } of SIGNALS) {
      await client.command({
        query: `CREATE TABLE ${BY_IMPORT}.${table} AS ${BY_COLLECTOR}.${table}`,
      });
    }
    folder = await mkdtemp(join(tmpdir(), 'hyperflame-'));
  }, 3_600_000);

  afterAll(async () => {
    await collector?.stop();
    for (const database of [BY_COLLECTOR, BY_IMPORT]) {
      await client?.command({ query: `DROP DATABASE IF EXISTS ${database}` });
    }
    await client?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function rows(database: string, table: string): Promise<unknown[]> {
    // The exporter's own hash of a stack is nobody's business.
    const columns = table === 'otel_profiles_ingest' ? '* EXCEPT StackHash' : '*';
    const answer = await client.query({
      query: `SELECT ${columns} FROM ${database}.${table} ORDER BY ALL`,
      format: 'JSONEachRow',
    });
    return answer.json();
  }

  it('agree with doctor about the columns that the exporter writes', async () => {
    const answer = await client.query({
      query: `SELECT name, type FROM system.columns
              WHERE database = {database:String} AND table = 'otel_profiles_ingest' AND default_kind = ''
              ORDER BY position`,
      query_params: { database: BY_COLLECTOR },
      format: 'JSONEachRow',
    });
    expect(await answer.json()).toEqual(EXPORTER_COLUMNS);
  });

  it.each(SIGNALS)('write the same rows into $table', async ({ table, path, body }) => {
    expect((await post(collector, path, body)).status).toBe(200);
    const file = join(folder, `${table}.otlp`);
    await writeFile(file, body);
    await importFiles({
      connection: { url: server.url, user: 'default', password: '', database: BY_IMPORT },
      paths: [file],
    });

    let written: unknown[] = [];
    while (written.length === 0) {
      await sleep(100);
      written = await rows(BY_COLLECTOR, table);
    }
    expect(written.length).toBeGreaterThan(1);
    // As text: the order of a map's keys counts too.
    expect(JSON.stringify(await rows(BY_IMPORT, table))).toBe(JSON.stringify(written));
  });

  it('take a time that is hardly meant for the same one', async () => {
    // 1970, 2100, and the last of 2261: after that, the Collector refuses them.
    const times = [0n, 4_102_444_800n * 10n ** 9n, 9_214_646_399_999_999_999n];
    const before = (await rows(BY_COLLECTOR, 'otel_profiles_ingest')).length;
    for (const time of times) {
      const data = someProfiles(`at ${time}`);
      for (const { scopeProfiles } of data.resourceProfiles) {
        for (const profile of scopeProfiles.flatMap(({ profiles }) => profiles)) {
          profile.timeUnixNano = time;
        }
      }
      const body = encodeProfiles(data);
      expect((await post(collector, '/v1development/profiles', body)).status).toBe(200);
      const file = join(folder, `${time}.otlp`);
      await writeFile(file, body);
      await importFiles({
        connection: { url: server.url, user: 'default', password: '', database: BY_IMPORT },
        paths: [file],
      });
    }
    let written: unknown[] = [];
    while (written.length < before * (1 + times.length)) {
      await sleep(100);
      written = await rows(BY_COLLECTOR, 'otel_profiles_ingest');
    }
    const imported = await rows(BY_IMPORT, 'otel_profiles_ingest');
    expect(JSON.stringify(imported)).toBe(JSON.stringify(written));
    // What follows is about times that can be.
    for (const database of [BY_COLLECTOR, BY_IMPORT]) {
      await client.command({
        query: `DELETE FROM ${database}.otel_profiles_ingest WHERE startsWith(ServiceName, 'at ')`,
      });
    }
  });

  it('become the same samples of the same stacks; import keeps what the exporter drops', async () => {
    const migrated = `${BY_IMPORT}_migrated`;
    const replayed = `${BY_COLLECTOR}_migrated`;
    for (const database of [migrated, replayed]) await migrate(client, { database, ttl: '10000d' });
    const columns = EXPORTER_COLUMNS.map(({ name }) => name).join(', ');
    await client.command({
      query: `INSERT INTO ${replayed}.otel_profiles_ingest (${columns})
              SELECT ${columns} FROM ${BY_COLLECTOR}.otel_profiles_ingest`,
    });
    await importFiles({
      connection: { url: server.url, user: 'default', password: '', database: migrated },
      paths: [join(folder, 'otel_profiles_ingest.otlp')],
    });

    for (const table of ['otel_profiles', 'otel_profiles_stacks', 'otel_profiles_rollup_1m']) {
      const imported = await rows(migrated, table);
      expect(imported.length).toBeGreaterThan(1);
      expect(imported, table).toEqual(await rows(replayed, table));
    }
    const answer = await client.query({
      query: `SELECT FunctionName, SystemName, \`Column\`, BuildId, Kind FROM ${migrated}.otel_profiles_frames
              WHERE Line != 0 ORDER BY FunctionName`,
      format: 'JSONEachRow',
    });
    expect(await answer.json()).toEqual([
      {
        FunctionName: 'memcpy',
        SystemName: '',
        Column: 0,
        BuildId: 'c0ffee',
        Kind: 'native',
      },
      {
        FunctionName: 'printf',
        SystemName: '_IO_printf',
        Column: 5,
        BuildId: 'c0ffee',
        Kind: 'native',
      },
    ]);
    for (const database of [migrated, replayed]) {
      await client.command({ query: `DROP DATABASE ${database}` });
    }
  });
});
