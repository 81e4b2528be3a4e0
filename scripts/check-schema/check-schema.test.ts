import { createClient } from '@clickhouse/client';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { backfill, migrate } from '@hyperflame/ingest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences, REFUSED, type Answers } from './answers.ts';
import { corpus, halves } from './corpus.ts';
import { answers, command, land, rows, TTL, type Place } from './database.ts';
import { migrateWithGoose } from './goose.ts';
import { earlierVersions, makeEarlier } from './history.ts';
import { migrateNodes, startTwoNodes } from './two-nodes.ts';

const CORPUS = corpus(2_000);

/** Of an answer: no samples in all, or an empty list. */
const EMPTY = /^\{(?:[^{[]*"samples":0\b|"items":\[\])/;

let server: EmbeddedClickHouse;
/** What a database answers that was made by the newest migrations and nothing else. */
let expected: Answers;

async function migrated(database: string): Promise<{ url: string; database: string }> {
  const client = createClient({ url: server.url });
  await migrate(client, { database, ttl: TTL });
  await client.close();
  return { url: server.url, database };
}

/** What the rollups hold is then, number by number, what they hold of samples that came after them. */
async function expectBackfilled(place: Place): Promise<void> {
  const result = await backfill({ ...place, user: 'default', password: '' });
  expect(result).toEqual({ samples: CORPUS.samples.length, openDay: undefined });
  for (const [table, columns] of SUMS) {
    const sums = (database: string) =>
      rows(
        { url: server.url, database },
        `SELECT ${columns} FROM ${table} GROUP BY ALL ORDER BY ALL`,
      );
    expect(await sums(place.database), table).toEqual(await sums('plain'));
  }
}

/** Every table that is summed up, with what it says. */
const SUMS = [
  ...['1m', '1h', '1d'].map((grain) => [
    `otel_profiles_rollup_${grain}`,
    'Timestamp, ServiceName, ProfileType, Unit, Namespace, Workload, toUInt64(StackId) AS stack, sum(Value), sum(Count)',
  ]),
  ...['1h', '1d'].map((grain) => [
    `otel_profiles_functions_${grain}`,
    'Timestamp, ServiceName, ProfileType, Unit, toUInt64(FrameId) AS frame, sum(Self), sum(Total), sum(SelfCount), sum(TotalCount)',
  ]),
  ['otel_profiles_kv_rollup_15m', 'Timestamp, ColumnIdentifier, Key, Value, sum(count)'],
] as const;

beforeAll(async () => {
  server = await startClickHouse();
  const place = await migrated('plain');
  await land(place, CORPUS);
  expected = await answers(place, CORPUS);
});
afterAll(() => server?.stop());

describe('the same answers', () => {
  it('to many questions, of which most find something', () => {
    expect(expected.size).toBeGreaterThan(60);
    const refused = [...expected].filter(([, answer]) => answer.startsWith(REFUSED));
    expect(refused.map(([question, answer]) => `${question} ${answer}`)).toEqual([]);
    const empty = [...expected].filter(([, answer]) => EMPTY.test(answer));
    expect(empty.map(([name]) => name).length).toBeLessThan(expected.size / 10);
  });

  it('from raw rows as from rollups', async () => {
    const place = await migrated('raw');
    await land(place, CORPUS);
    await command(server.url, 'TRUNCATE TABLE raw.otel_profiles_coverage');
    expect(differences(expected, await answers(place, CORPUS))).toEqual([]);
  });

  it.each(earlierVersions())('from tables of version %s that were upgraded', async (version) => {
    const place = { url: server.url, database: `version_${version}` };
    await makeEarlier(server.url, place.database, version);
    const [first, second] = halves(CORPUS);
    await land(place, first);
    await migrated(place.database);
    await migrated(place.database);
    await land(place, second);
    expect(differences(expected, await answers(place, CORPUS))).toEqual([]);
    await expectBackfilled(place);
    expect(differences(expected, await answers(place, CORPUS))).toEqual([]);
  });

  it('from tables that goose made, run three times as HyperDX runs it', async () => {
    const place = { url: server.url, database: 'goose' };
    const goose = () => migrateWithGoose({ tcpUrl: server.tcpUrl, database: place.database });
    await goose();
    await goose();
    await land(place, CORPUS);
    await goose();
    expect(differences(expected, await answers(place, CORPUS))).toEqual([]);
  });

  it('from two nodes as from one, and from either of them', async () => {
    const nodes = await startTwoNodes();
    try {
      await migrateNodes(nodes, 'shop');
      await migrateNodes(nodes, 'shop');
      await land({ url: nodes.urls[0], database: 'shop' }, CORPUS);
      for (const url of nodes.urls) {
        const place = { url, database: 'shop' };
        const [own] = await rows<{ n: string }>(
          { url, database: 'shop_local' },
          'SELECT count() AS n FROM otel_profiles',
        );
        // Else it would be one node's answer.
        expect(Number(own.n)).toBeGreaterThan(100);
        expect(differences(expected, await answers(place, CORPUS))).toEqual([]);
      }
    } finally {
      await nodes.stop();
    }
  }, 240_000);
});
