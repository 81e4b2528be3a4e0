import type { ClickHouseClient } from '@clickhouse/client';

import { DAY, GRACE } from '../backfill/slice.ts';
import { sumsWithin } from '../backfill/sums.ts';
import { keptFrom } from '../kept-from.ts';
import { withDerived } from '../migrations/derived.ts';
import { quoteIdentifier, quoteText } from '../migrations/parameters.ts';
import { untilInsertsEnd } from '../running-inserts.ts';
import type { ServerFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { command, migrateCommand, type Installation } from './installation.ts';

/**
 * Whether the tables that are said to be whole hold what the samples come to: of one day, the newest
 * that is over, and of another, the oldest that stays for a day more. A view that was away shows in
 * the newest, and a table that was emptied long ago in the oldest.
 */
export async function checkSums(
  client: ClickHouseClient,
  { tables, coverage = [] }: Pick<ServerFacts, 'tables' | 'coverage'>,
  installation: Installation,
): Promise<Finding[]> {
  if (!tables.has('otel_profiles')) return [];
  const { local } = installation;
  const findings: Finding[] = [];
  for (const day of await daysOf(client, local)) {
    const whole = coverage
      .filter(({ name, since }) => since <= day && tables.has(name))
      .map(({ name }) => name);
    const wrong = await differing(client, local, whole, day);
    if (wrong.length === 0) continue;
    const names = withDerived(wrong).map(quoteText).join(', ');
    findings.push({
      level: 'problem',
      message: `Not what the samples of ${new Date(day).toISOString().slice(0, 10)} come to: ${wrong.join(', ')}. Answers from there are wrong.`,
      fix: `DELETE FROM ${quoteIdentifier(local)}.otel_profiles_coverage WHERE Name IN (${names}); then ${migrateCommand(installation)}; then ${command('backfill', installation)}`,
    });
  }
  return findings;
}

/** The beginnings of the two days, in milliseconds since 1970; of one, where there are no others. */
async function daysOf(client: ClickHouseClient, database: string): Promise<Set<number>> {
  const kept = await keptFrom(client, database);
  const from = kept === undefined ? 0 : kept * 1000 + DAY;
  const to = Math.floor((Date.now() - GRACE) / DAY) * DAY;
  // The server knows these without reading a row. A partition may be a month.
  const answer = await client.query({
    query: `SELECT toUnixTimestamp64Milli(min(Timestamp)) AS first, toUnixTimestamp64Milli(max(Timestamp)) AS last
            FROM ${quoteIdentifier(database)}.otel_profiles GROUP BY _partition_id`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  const found = (await answer.json<{ first: number; last: number }>()).filter(
    ({ first, last }) => last >= from && first < to,
  );
  if (found.length === 0 || from >= to) return new Set();
  const newest = Math.min(to - 1, Math.max(...found.map(({ last }) => last)));
  const oldest = Math.max(from, Math.min(...found.map(({ first }) => first)));
  return new Set([newest, oldest].map((at) => at - (at % DAY)));
}

/**
 * The tables that differ, and still do so once the inserts on their way have arrived. Where samples of
 * the day go on arriving, nothing can be said.
 */
async function differing(
  client: ClickHouseClient,
  database: string,
  names: readonly string[],
  day: number,
): Promise<string[]> {
  const sums = sumsWithin(database, { from: day, to: day + DAY });
  const columns = names.flatMap((name) => {
    const both = sums.get(name);
    return both === undefined ? [] : [`[toString(${both.due}), toString(${both.held})] AS ${name}`];
  });
  if (columns.length === 0) return [];
  const ask = async () => {
    const answer = await client.query({
      query: `SELECT ${columns.join(', ')}`,
      format: 'JSONEachRow',
    });
    const [found] = await answer.json<Record<string, [due: string, held: string]>>();
    return new Map(
      Object.entries(found)
        .filter(([, [due, held]]) => due !== held)
        .map(([name, both]) => [name, both.join(' ')]),
    );
  };
  const before = await ask();
  if (before.size === 0) return [];
  await untilInsertsEnd(client, { mostMs: 10_000 });
  const after = await ask();
  return [...after].filter(([name, both]) => before.get(name) === both).map(([name]) => name);
}
