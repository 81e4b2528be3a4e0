import type { ClickHouseClient } from '@clickhouse/client';

import { withServer, type ConnectionOptions } from '../connection.ts';
import { shardsOfEngine } from '../migrations/layout.ts';
import { quoteIdentifier } from '../migrations/parameters.ts';
import {
  checkColumns,
  checkDeduplication,
  checkLanding,
  checkTables,
  checkVersion,
} from './checks.ts';
import { hasColumns, readFacts, readTables, type ServerFacts } from './facts.ts';
import type { Diagnosis, Finding, ProfilesSummary } from './finding.ts';
import type { Installation } from './installation.ts';
import {
  checkBypass,
  checkCoverage,
  checkMutations,
  checkParts,
  checkRetention,
  checkSettings,
} from './storage-checks.ts';
import { checkSums } from './sums.ts';
import { checkAskedViews, checkViews } from './views.ts';

/**
 * Looks at a database the way the Collector and the viewer will use it. Changes nothing.
 * @throws ServerError when ClickHouse refuses or is not there
 */
export async function diagnose(connection: ConnectionOptions): Promise<Diagnosis> {
  return await withServer(connection, async (client) => {
    const asked = await readTables(client, connection.database);
    const shards = shardsOfEngine(asked.tables.get('otel_profiles')?.engineFull ?? '');
    const database = shards?.database ?? connection.database;
    const facts = await readFacts(client, database);
    const installation: Installation = {
      database: connection.database,
      local: database,
      cluster: shards?.cluster,
      replicated: [...facts.tables.values()].some(({ engine }) => engine.startsWith('Replicated')),
    };
    const columns = checkColumns(facts, installation);
    // Tables of an earlier version have other columns to add up.
    const sums = columns.length === 0 ? await checkSums(client, facts, installation) : [];
    const findings: Finding[] = [
      ...checkVersion(facts),
      ...(database === connection.database
        ? []
        : [
            {
              level: 'ok' as const,
              message: `${connection.database} is over the shards of a cluster. What follows is about this server's rows, in ${database}.`,
            },
          ]),
      ...checkTables(facts, installation),
      ...columns,
      ...checkLanding(facts, database),
      ...(await checkViews(client, facts, installation)),
      ...checkAskedViews(asked, installation),
      ...checkDeduplication(facts, database),
      ...checkSettings(facts),
      ...checkRetention(facts, installation),
      ...checkParts(facts),
      ...checkMutations(facts, database),
      ...checkBypass(facts, database, installation),
      ...(shards === undefined ? [] : checkBypass(asked, connection.database, installation)),
      ...checkCoverage(facts, installation).filter(
        ({ level }) => level !== 'ok' || sums.length === 0,
      ),
      ...sums,
    ];
    const profiles = await summarize(client, facts, database);
    if (profiles !== undefined) findings.push(...(await checkData(client, profiles, database)));
    return {
      serverVersion: facts.version,
      database,
      findings,
      tables: facts.sizes,
      profiles,
    };
  });
}

async function summarize(
  client: ClickHouseClient,
  { columns, sizes }: ServerFacts,
  database: string,
): Promise<ProfilesSummary | undefined> {
  const needed = [
    ['otel_profiles', 'Timestamp', 'StackId'],
    ['otel_profiles_stacks', 'StackId'],
    ['otel_profiles_frames', 'FrameId'],
  ];
  if (!needed.every(([table, ...names]) => hasColumns(columns, table, names))) return undefined;
  const samples = sizes.find((table) => table.name === 'otel_profiles')?.rows ?? 0;
  const bytes = sizes
    .filter(({ name }) => name.startsWith('otel_profiles') && !name.endsWith('_before'))
    .reduce((sum, table) => sum + table.bytes, 0);
  const db = quoteIdentifier(database);
  const answer = await client.query({
    query: `
      WITH
        (SELECT max(Timestamp) FROM ${db}.otel_profiles) AS last,
        -- A part of level 0 is an insert as it came.
        (SELECT argMax((name, modification_time), modification_time) FROM system.parts
         WHERE database = {database:String} AND table = 'otel_profiles' AND active AND level = 0) AS newestPart
      SELECT
        formatDateTime(last, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS newest,
        toFloat64(now64(3)) - toFloat64(last) AS lagSeconds,
        if(newestPart.1 = '', NULL, toFloat64(newestPart.2) - toFloat64((
          SELECT max(Timestamp) FROM ${db}.otel_profiles WHERE _part = newestPart.1
        ))) AS insertLagSeconds,
        (SELECT uniqExact(StackId) FROM ${db}.otel_profiles_stacks) AS stacks,
        (SELECT uniqExact(FrameId) FROM ${db}.otel_profiles_frames) AS frames`,
    query_params: { database },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  const [found] = await answer.json<{
    newest: string;
    lagSeconds: number;
    insertLagSeconds: number | null;
    stacks: number;
    frames: number;
  }>();
  const none = samples === 0;
  return {
    samples,
    stacks: found.stacks,
    frames: found.frames,
    samplesPerStack: found.stacks === 0 ? undefined : samples / found.stacks,
    bytesPerSample: none ? undefined : bytes / samples,
    newest: none ? undefined : found.newest,
    lagSeconds: none ? undefined : found.lagSeconds,
    insertLagSeconds: none ? undefined : (found.insertLagSeconds ?? undefined),
  };
}

/** What is stored must be whole: a sample without its stack is a hole in every flame graph. */
async function checkData(
  client: ClickHouseClient,
  { samples, newest, lagSeconds = 0 }: ProfilesSummary,
  database: string,
): Promise<Finding[]> {
  if (samples === 0) {
    return [
      {
        level: 'note',
        message: 'No profiles have arrived yet.',
        fix: 'Check that the Collector runs with --feature-gates=+service.profilesSupport and profiles_table_name: otel_profiles_ingest.',
      },
    ];
  }
  const db = quoteIdentifier(database);
  const answer = await client.query({
    query: `WITH (SELECT max(Timestamp) FROM ${db}.otel_profiles) AS newest
            SELECT toUInt32(count()) AS missing FROM (
              SELECT DISTINCT StackId FROM ${db}.otel_profiles
              WHERE Timestamp > newest - INTERVAL 1 HOUR
            )
            WHERE StackId NOT IN (SELECT StackId FROM ${db}.otel_profiles_stacks)`,
    format: 'JSONEachRow',
  });
  const [{ missing }] = await answer.json<{ missing: number }>();
  return [
    ...checkLag(lagSeconds, newest),
    missing === 0
      ? { level: 'ok', message: 'Every stack of the newest hour is known.' }
      : {
          level: 'problem',
          message: `${missing} stacks of the newest hour are not in otel_profiles_stacks: flame graphs lack them.`,
        },
  ];
}

/** A profile is of the minute before it is sent. */
const LAG_TO_NOTE = 15 * 60;

function checkLag(lagSeconds: number, newest = ''): Finding[] {
  if (lagSeconds < -60) {
    return [
      {
        level: 'note',
        message: `The newest sample is of ${newest}, which is in the future: is a clock wrong?`,
      },
    ];
  }
  return lagSeconds <= LAG_TO_NOTE
    ? []
    : [
        {
          level: 'note',
          message: `No samples have arrived since ${newest}.`,
          fix: 'Look for refused inserts in the log of the Collector.',
        },
      ];
}
