import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startClickHouse } from '@hyperflame/embedded';
import { migrate } from '@hyperflame/ingest';
import { duration, say, step } from '../../scripts/lib/say.mjs';
import { benchCache, dataVersions, generatorVersion, type DataVersions } from './cache.ts';
import { createExporterTable, EXPORTER_TABLE } from './exporterTable.ts';
import { makeFleet } from './fleetDay/fleet.ts';
import { createHelperTables } from './fleetDay/helperTables.ts';
import { exporterColumns, rowsQuery } from './fleetDay/rows.ts';

/** One fleet-day on one server, twice: in our tables and in the exporter's own. */
export interface Dataset {
  readonly rows: number;
  readonly url: string;
  readonly client: ClickHouseClient;
  readonly ours: Side;
  readonly wide: Side;
  readonly versions: DataVersions;
  close(): Promise<void>;
}

export interface Side {
  readonly database: string;
  /** How long it took to make the rows, insert them and merge everything. */
  readonly loadSeconds: number;
}

export interface DatasetOptions {
  readonly rows: number;
  /** Finds the Collector; only asked when the exporter's table is not there yet. */
  readonly collector: () => Promise<string>;
  /** Where to keep the data. Default: the cache. */
  readonly folder?: string;
}

const SEED = 1;
const FLEET = 'fleet';

/** Rows an insert brings. A busy gateway's batch; the result is merged to the end anyway. */
const BATCH = 200_000;

/** The day must not expire while it is measured, in whatever year that is. */
const TTL = '18000d';

/** Opens the fleet-day of that many rows; whatever part of it is not loaded yet is loaded first. */
export async function openDataset(options: DatasetOptions): Promise<Dataset> {
  const { rows } = options;
  const folder = options.folder ?? join(benchCache(), `${rows}-${generatorVersion()}`);
  await mkdir(folder, { recursive: true });
  const server = await step('Starting ClickHouse', () => startClickHouse({ dataDir: folder }));
  const client = createClient({
    url: server.url,
    // Loading and merging go on for minutes without a byte of answer.
    request_timeout: 3_600_000,
    clickhouse_settings: {
      send_progress_in_http_headers: 1,
      http_headers_progress_interval_ms: '30000',
    },
  });
  try {
    await client.command({ query: 'CREATE DATABASE IF NOT EXISTS bench' });
    await client.command({
      query:
        'CREATE TABLE IF NOT EXISTS bench.loaded (database String, seconds Float64) ENGINE = MergeTree ORDER BY database',
    });
    const versions = dataVersions(await tablesMade(client));
    const load = new Loader(client, rows);
    const wide = await load.side(`wide_${versions.exporter}`, async (database) => {
      const collector = await options.collector();
      await createExporterTable({ client, collector, tcpUrl: server.tcpUrl, database });
      return EXPORTER_TABLE;
    });
    const ours = await load.side(`ours_${versions.schema}`, async (database) => {
      await migrate(client, { database, ttl: TTL });
      return 'otel_profiles_ingest';
    });
    return {
      rows,
      url: server.url,
      client,
      ours,
      wide,
      versions,
      async close() {
        await client.close();
        await server.stop();
      },
    };
  } catch (error) {
    await client.close();
    await server.stop();
    throw error;
  }
}

/**
 * How the server writes the tables and views that the migrations make: what only brings older ones up
 * to date changes nothing here, and is no reason to load again.
 */
async function tablesMade(client: ClickHouseClient): Promise<string[]> {
  const database = 'bench_empty';
  await client.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await migrate(client, { database, ttl: TTL });
  const answer = await client.query({
    query: `SELECT create_table_query AS made FROM system.tables WHERE database = '${database}' ORDER BY name`,
    format: 'JSONEachRow',
  });
  const made = (await answer.json<{ made: string }>()).map((table) => table.made);
  await client.command({ query: `DROP DATABASE ${database} SYNC` });
  return made;
}

class Loader {
  readonly #client: ClickHouseClient;
  readonly #rows: number;
  #fleetIsThere = false;

  constructor(client: ClickHouseClient, rows: number) {
    this.#client = client;
    this.#rows = rows;
  }

  /**
   * Makes and fills one side, unless that was done before. A side whose name differs only in its
   * version is an older state of the same, and goes.
   */
  async side(database: string, create: (database: string) => Promise<string>): Promise<Side> {
    const known = await this.#rowsOf<{ seconds: number }>(
      'SELECT seconds FROM bench.loaded WHERE database = {database:String}',
      { database },
    );
    if (known[0]) return { database, loadSeconds: known[0].seconds };

    const kind = database.slice(0, database.indexOf('_') + 1);
    const before = await this.#rowsOf<{ name: string }>(
      'SELECT name FROM system.databases WHERE startsWith(name, {kind:String})',
      { kind },
    );
    for (const { name } of before) await this.#run(`DROP DATABASE ${name} SYNC`);

    const started = Date.now();
    await this.#fleet();
    const table = await create(database);
    await this.#fill(database, table);
    await step(`Merging ${database} to the end`, () => this.#merge(database));
    const seconds = Math.round((Date.now() - started) / 1000);
    await this.#client.insert({
      table: 'bench.loaded',
      values: [{ database, seconds }],
      format: 'JSONEachRow',
    });
    return { database, loadSeconds: seconds };
  }

  async #fleet(): Promise<void> {
    if (this.#fleetIsThere) return;
    await step('Inventing a fleet', async () => {
      await this.#run(`CREATE DATABASE IF NOT EXISTS ${FLEET}`);
      await createHelperTables(this.#client, FLEET, makeFleet(String(SEED)));
    });
    this.#fleetIsThere = true;
  }

  async #fill(database: string, table: string): Promise<void> {
    const total = this.#rows;
    const started = Date.now();
    for (let from = 0; from < total; from += BATCH) {
      const to = Math.min(total, from + BATCH);
      const select = rowsQuery({ database: FLEET, seed: SEED, total, from, to });
      await this.#run(`INSERT INTO ${database}.${table} (${exporterColumns.join(', ')}) ${select}`);
      const spent = Date.now() - started;
      say(
        `  ${database}: ${to.toLocaleString('en')} of ${total.toLocaleString('en')} rows, ` +
          `${duration(spent)} so far, ${duration((spent / to) * (total - to))} to go`,
      );
    }
  }

  /** Every table to one part a partition: a fleet's merges get there within hours. */
  async #merge(database: string): Promise<void> {
    const tables = await this.#rowsOf<{ name: string }>(
      `SELECT name FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree' ORDER BY total_rows`,
      { database },
    );
    for (const { name } of tables) await this.#run(`OPTIMIZE TABLE ${database}.${name} FINAL`);
  }

  async #run(query: string): Promise<void> {
    await this.#client.command({ query });
  }

  async #rowsOf<Row>(query: string, parameters: Record<string, unknown>): Promise<Row[]> {
    const answer = await this.#client.query({
      query,
      query_params: parameters,
      format: 'JSONEachRow',
    });
    return answer.json<Row>();
  }
}
