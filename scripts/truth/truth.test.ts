import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { startClickHouse, type EmbeddedClickHouse } from '@hyperflame/embedded';
import { migrate } from '@hyperflame/ingest';
import { create } from '@bufbuild/protobuf';
import {
  DictionaryBuilder,
  encodeProfiles,
  encodeTraces,
  ProfilesDataSchema,
  TracesDataSchema,
} from '@hyperflame/ingest/otlp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFiles } from '../../packages/ingest/src/import/import-files.ts';
import { checkTruth } from './truth.mjs';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const BUSY = 'b7ad6b7169203331';
const IDLE = 'b7ad6b7169203332';
/** Recent, or ClickHouse would drop it as too old. */
const START = BigInt(Math.floor(Date.now() / 1000)) * 1_000_000_000n;

const folder = mkdtempSync(join(tmpdir(), 'truth-'));
let server: EmbeddedClickHouse;
let client: ClickHouseClient;

beforeAll(async () => {
  server = await startClickHouse();
  client = createClient({ url: server.url });
  await migrate(client);
  writeFileSync(join(folder, '000001-traces.binpb'), traces());
  writeFileSync(join(folder, '000002-profiles.binpb'), profiles());
  const connection = { url: server.url, user: 'default', password: '', database: 'default' };
  await importFiles({ connection, paths: [folder] });
});
afterAll(async () => {
  await client.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const check = () => checkTruth({ folder, client, database: 'default' });

test('all three counts agree on every shape of sample', async () => {
  const truth = await check();
  expect(truth.differences).toEqual([]);
  expect(truth).toMatchObject({ spans: 2, spansWithSamples: 1, samples: 8, functions: 4 });
});

test('one changed row is noticed, with its span and its functions', async () => {
  await client.command({
    query: `ALTER TABLE otel_profiles UPDATE Value = Value + 1
      WHERE SpanId = {span:String} AND ProfileType LIKE 'cpu:%'`,
    query_params: { span: BUSY },
    clickhouse_settings: { mutations_sync: '2' },
  });
  const { differences } = await check();
  expect(differences).toContainEqual({
    scope: `cpu:nanoseconds:cpu:nanoseconds trace ${TRACE} span ${BUSY}`,
    figure: 'sort (sort.ts)  total',
    values: ['30000000', '30000001', '30000001'],
  });
});

test('a stack that is lost is noticed', async () => {
  await client.command({ query: 'TRUNCATE TABLE otel_profiles_stacks' });
  const { differences } = await check();
  expect(differences.some(({ figure }) => figure.startsWith('main ('))).toBe(true);
});

/** Two spans, of which one has no samples. */
function traces(): Uint8Array {
  const spans = [BUSY, IDLE].map((spanId) => ({
    traceId: Buffer.from(TRACE, 'hex'),
    spanId: Buffer.from(spanId, 'hex'),
    name: 'a span',
    startTimeUnixNano: START,
    endTimeUnixNano: START + 1_000_000_000n,
  }));
  return encodeTraces(create(TracesDataSchema, { resourceSpans: [{ scopeSpans: [{ spans }] }] }));
}

/**
 * A recursive function, a frame without a symbol, a summed value, values beside their times, and
 * ticks that have times only.
 */
function profiles(): Uint8Array {
  const dictionary = new DictionaryBuilder();
  const fn = (name: string, filename: string) =>
    dictionary.locationIndex({
      lines: [{ functionIndex: dictionary.functionIndex({ name, filename }) }],
    });
  const main = fn('main', 'main.ts');
  const sort = fn('sort', 'sort.ts');
  const elsewhere = fn('sort', 'other.ts');
  const bare = dictionary.locationIndex({
    mappingIndex: dictionary.mappingIndex({ filename: 'libc.so.6' }),
    address: 0x1a2bn,
  });
  const linkIndex = dictionary.linkIndex({ traceId: TRACE, spanId: BUSY });
  const window = { timeUnixNano: START, durationNano: 1_000_000_000n };
  const cpu = {
    ...window,
    sampleType: dictionary.valueType('cpu', 'nanoseconds'),
    periodType: dictionary.valueType('cpu', 'nanoseconds'),
    period: 10_000_000n,
    samples: [
      { stackIndex: dictionary.stackIndex([sort, sort, main]), linkIndex, values: [30_000_000n] },
      { stackIndex: dictionary.stackIndex([main]), values: [10_000_000n] },
    ],
  };
  const ticks = {
    ...window,
    sampleType: dictionary.valueType('samples', 'count'),
    periodType: dictionary.valueType('cpu', 'nanoseconds'),
    period: 50_000_000n,
    samples: [
      {
        stackIndex: dictionary.stackIndex([bare, elsewhere, main]),
        linkIndex,
        timestampsUnixNano: [START + 1n, START + 2n],
      },
    ],
  };
  const waits = {
    ...window,
    sampleType: dictionary.valueType('off_cpu', 'nanoseconds'),
    samples: [
      {
        stackIndex: dictionary.stackIndex([elsewhere, main]),
        values: [5n, 7n],
        timestampsUnixNano: [START + 1n, START + 2n],
      },
    ],
  };
  return encodeProfiles(
    create(ProfilesDataSchema, {
      resourceProfiles: [{ scopeProfiles: [{ profiles: [cpu, ticks, waits] }] }],
      dictionary: dictionary.build(),
    }),
  );
}
