import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { create } from '@bufbuild/protobuf';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { testServer, START_NANO, type TestDatabase } from '../migrations/testing/database.ts';
import { encodeProfiles } from '../otlp/codec.ts';
import { DictionaryBuilder } from '../otlp/dictionary.ts';
import { ProfilesDataSchema } from '../otlp/index.ts';
import { importFiles, type ImportSummary } from './import-files.ts';
import type { ImportProblem } from './import-file.ts';

const MOST = 2n ** 63n - 1n;
const LEAST = -(2n ** 63n);

const server = testServer();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperflame-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Imported {
  readonly db: TestDatabase;
  readonly summary: ImportSummary;
  readonly problems: readonly ImportProblem[];
}

async function importing(name: string, content: Uint8Array | string): Promise<Imported> {
  const db = await server.database();
  const problems: ImportProblem[] = [];
  await writeFile(join(folder, name), content);
  const summary = await importFiles({
    connection: { url: server.url, user: 'default', password: '', database: db.name },
    paths: [join(folder, name)],
    onProblem: (problem) => problems.push(problem),
  });
  return { db, summary, problems };
}

/** A profile of allocated bytes, one stack, with samples of these values and times. */
function profileOf(samples: readonly { values: bigint[]; times?: number }[]): Uint8Array {
  const tables = new DictionaryBuilder();
  const functionIndex = tables.functionIndex({ name: 'work' });
  const stackIndex = tables.stackIndex([
    tables.locationIndex({ lines: [{ functionIndex, line: 1n }] }),
  ]);
  const data = create(ProfilesDataSchema, {
    resourceProfiles: [
      {
        scopeProfiles: [
          {
            profiles: [
              {
                timeUnixNano: START_NANO,
                sampleType: tables.valueType('alloc_space', 'bytes'),
                samples: samples.map(({ values, times = 0 }) => ({
                  stackIndex,
                  values,
                  timestampsUnixNano: Array.from(
                    { length: times },
                    (_, i) => START_NANO + BigInt(i) * 1_000_000n,
                  ),
                })),
              },
            ],
          },
        ],
      },
    ],
  });
  data.dictionary = tables.build();
  return encodeProfiles(data);
}

const SUMS = [
  'otel_profiles',
  ...['1m', '1h', '1d'].map((grain) => `otel_profiles_rollup_${grain}`),
];

it('zero, negative and the largest values are kept, and every table sums them up rightly', async () => {
  const values = [0n, -5n, MOST, MOST, LEAST, 7n];
  const { db, summary, problems } = await importing(
    'extremes.otlp',
    profileOf(values.map((value) => ({ values: [value] }))),
  );
  expect(problems).toEqual([]);
  expect(summary.samples).toBe(values.length);
  expect(await db.ask('SELECT Value FROM otel_profiles ORDER BY Value')).toEqual(
    values.toSorted((a, b) => (a < b ? -1 : 1)).map((value) => ({ Value: String(value) })),
  );
  // Beyond 64 bits: 2 × (2⁶³ − 1) − 2⁶³ + 2.
  const total = String(values.reduce((sum, value) => sum + value));
  for (const table of SUMS) {
    expect(await db.one(`SELECT sum(toInt128(Value)) AS v FROM ${table}`), table).toEqual({
      v: total,
    });
  }
  for (const table of ['otel_profiles_functions_1h', 'otel_profiles_functions_1d']) {
    expect(await db.one(`SELECT sum(Self) AS s, sum(Total) AS t FROM ${table}`), table).toEqual({
      s: total,
      t: total,
    });
  }
});

it('a sample with more times than values weighs its values, and has happened as often as it says', async () => {
  const { db, problems } = await importing(
    'times.otlp',
    profileOf([
      { values: [5n], times: 3 },
      { values: [1n, 2n, 3n], times: 2 },
    ]),
  );
  expect(problems).toEqual([]);
  expect(
    await db.ask(
      'SELECT Value, Count, EventOffsets, EventValues FROM otel_profiles ORDER BY Value',
    ),
  ).toEqual([
    { Value: '5', Count: 3, EventOffsets: [0, 1, 2], EventValues: [] },
    { Value: '6', Count: 2, EventOffsets: [0, 1], EventValues: [] },
  ]);
});

it('a value of 2⁶³ is refused by its place, and nothing of its message is stored', async () => {
  const text = JSON.stringify({
    resourceProfiles: [
      {
        scopeProfiles: [
          {
            profiles: [
              {
                timeUnixNano: String(START_NANO),
                samples: [{ values: ['1'] }, { values: [String(MOST + 1n)] }],
              },
            ],
          },
        ],
      },
    ],
    dictionary: {},
  });
  const { db, summary, problems } = await importing('too-large.json', text);
  expect(summary).toMatchObject({ samples: 0, problems: 1 });
  expect(problems[0]?.reason).toContain('9223372036854775808');
  for (const table of [...SUMS, 'otel_profiles_stacks', 'otel_profiles_frames']) {
    expect(await db.one(`SELECT count() AS n FROM ${table}`), table).toEqual({ n: '0' });
  }
});
