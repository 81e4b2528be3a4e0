import type { ClickHouseClient } from '@clickhouse/client';

import { asking, connect, type ConnectionOptions } from '../connection.ts';
import { quoteIdentifier } from '../migrations/parameters.ts';
import { checkDeduplication, checkLanding, checkTables, checkVersion } from './checks.ts';
import { readFacts, type ServerFacts } from './facts.ts';
import type { Diagnosis, Finding, ProfilesSummary } from './finding.ts';
import { checkViews } from './views.ts';

/**
 * Looks at a database the way the Collector and the viewer will use it. Changes nothing.
 * @throws ServerError when ClickHouse refuses or is not there
 */
export async function diagnose(connection: ConnectionOptions): Promise<Diagnosis> {
  const { database } = connection;
  // Not connected to the database itself: that it is missing is one of the findings.
  const client = connect({ ...connection, database: 'default' });
  try {
    return await asking(connection, async () => {
      const facts = await readFacts(client, database);
      const findings = [
        ...checkVersion(facts),
        ...checkTables(facts, database),
        ...checkLanding(facts, database),
        ...(await checkViews(client, facts)),
        ...checkDeduplication(facts, database),
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
  } finally {
    await client.close();
  }
}

async function summarize(
  client: ClickHouseClient,
  { tables, sizes }: ServerFacts,
  database: string,
): Promise<ProfilesSummary | undefined> {
  if (!tables.has('otel_profiles')) return undefined;
  const rows = (name: string) => sizes.find((table) => table.name === name)?.rows ?? 0;
  const samples = rows('otel_profiles');
  const bytes = sizes
    .filter(({ name }) => name.startsWith('otel_profiles'))
    .reduce((sum, table) => sum + table.bytes, 0);
  const answer = await client.query({
    query: `SELECT formatDateTime(max(Timestamp), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS newest
            FROM ${quoteIdentifier(database)}.otel_profiles`,
    format: 'JSONEachRow',
  });
  const [{ newest }] = await answer.json<{ newest: string }>();
  return {
    samples,
    stacks: rows('otel_profiles_stacks'),
    frames: rows('otel_profiles_frames'),
    bytesPerSample: samples === 0 ? undefined : bytes / samples,
    newest: samples === 0 ? undefined : newest,
  };
}

/** What is stored must be whole: a sample without its stack is a hole in every flame graph. */
async function checkData(
  client: ClickHouseClient,
  { samples }: ProfilesSummary,
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
    missing === 0
      ? { level: 'ok', message: 'Every stack of the newest hour is known.' }
      : {
          level: 'problem',
          message: `${missing} stacks of the newest hour are not in otel_profiles_stacks: flame graphs lack them.`,
        },
  ];
}
