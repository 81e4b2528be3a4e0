import { describe, expect, it } from 'vitest';

import { migrations } from '../migrations/files.ts';
import { tableStatement } from '../migrations/clauses.ts';
import { makesTable, rewrite } from '../migrations/rewrite.ts';
import { expectedColumns } from './checks.ts';
import type { ServerFacts } from './facts.ts';
import { checkParts, checkRetention, checkSettings, retentions } from './storage-checks.ts';

const DAY = 86_400;

/** The facts of a server that has the tables of these parameters, as it would write them. */
function factsOf(parameters: Parameters<typeof rewrite>[1]): ServerFacts {
  const tables = migrations()
    .flatMap(({ sql }) => rewrite(sql, parameters))
    .filter(makesTable)
    .map((statement) => {
      const { head, clauses } = tableStatement(statement);
      const name = /\.(\w+)/.exec(head)?.[1] ?? '';
      const engineFull = clauses.map(({ text }) => text.replace('ENGINE = ', '')).join(' ');
      return [name, { name, engine: '', engineFull, asSelect: '', createQuery: '' }] as const;
    });
  return { tables: new Map(tables) } as unknown as ServerFacts;
}

/** The same, but for the TTLs of some tables. */
function withTtls(ttls: Readonly<Record<string, string>>): ServerFacts {
  const tables = new Map(factsOf({}).tables);
  for (const [name, ttl] of Object.entries(ttls)) {
    const table = tables.get(name)!;
    const engineFull = table.engineFull.replace(/TTL .*?(?= SETTINGS)/s, ttl);
    tables.set(name, { ...table, engineFull });
  }
  return { tables } as unknown as ServerFacts;
}

describe('how long rows stay', () => {
  it.each([
    ['MergeTree ORDER BY a TTL toDate(d) + toIntervalDay(30) SETTINGS x = 1', [[30 * DAY]]],
    ['MergeTree ORDER BY a SETTINGS ttl_only_drop_parts = 1', []],
    [
      "ReplacingMergeTree ORDER BY a TTL d + toIntervalHour(48) + toIntervalDay(2) WHERE (a != 0) AND (b = ''), greatest((d + toIntervalHour(48)) + toIntervalDay(2), d + toIntervalDay(400)) SETTINGS x = 1",
      [[4 * DAY], [2 * DAY, 2 * DAY, 400 * DAY]],
    ],
  ])('%s', (engine, expected) => {
    expect(retentions(engine)).toEqual(expected);
  });

  it('is right in what migrate makes, and seen where it is not', () => {
    const shop = { database: 'my shop', local: 'x', cluster: 'pair', replicated: true };
    expect(checkRetention(factsOf({}), shop)).toEqual([]);
    expect(checkRetention(factsOf({ ttl: '900d' }), shop)).toEqual([]);
    expect(checkRetention(factsOf({ rollupTtl: { '1d': '900d' } }), shop)).toEqual([]);
    const mixed = new Map([
      ...factsOf({ ttl: '60d' }).tables,
      ['otel_profiles_stacks', factsOf({ ttl: '7d' }).tables.get('otel_profiles_stacks')!] as const,
    ]);
    expect(checkRetention({ tables: mixed } as unknown as ServerFacts, shop)).toMatchObject([
      {
        level: 'problem',
        message: expect.stringContaining('otel_profiles_stacks goes before the samples'),
        fix: "hyperflame migrate --database 'my shop' --distributed pair --replicated --ttl 60d",
      },
    ]);
  });

  it('is right where stacks stay just as long as the samples', () => {
    const shop = { database: 'shop', local: 'shop', replicated: false };
    const keeping = (hours: number) =>
      withTtls({
        otel_profiles: 'TTL toDate(Timestamp) + toIntervalDay(20)',
        otel_profiles_stacks: `TTL LastSeen + toIntervalHour(${hours}) DELETE WHERE StackId != FunctionStackId, LastSeen + toIntervalYear(9)`,
      });
    expect(checkRetention(keeping(20 * 24), shop)).toEqual([]);
    expect(checkRetention(keeping(20 * 24 - 1), shop)).toHaveLength(1);
  });

  it.each([
    [
      'TTL toDate(Timestamp) + toIntervalMonth(3)',
      '--ttl 93d',
      'otel_profiles_rollup_1m, otel_profiles_kv_rollup_15m',
    ],
    [
      'TTL toDate(Timestamp) + toIntervalHour(4400)',
      '--ttl 4400h',
      'otel_profiles_rollup_1m, otel_profiles_functions_1h, otel_profiles_kv_rollup_15m, otel_profiles_sampled_25, otel_profiles_rollup_1h',
    ],
    [
      '',
      '--ttl 18250d',
      'otel_profiles_rollup_1m, otel_profiles_functions_1h, otel_profiles_kv_rollup_15m, otel_profiles_sampled_25, otel_profiles_rollup_1h, otel_profiles_rollup_1d, otel_profiles_functions_1d',
    ],
  ])('the fix names how long samples stay that have "%s"', (ttl, fix, early) => {
    const shop = { database: 'shop', local: 'shop', replicated: false };
    const tables = withTtls({ otel_profiles: ttl });
    const found = checkRetention(tables, shop);
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('otel_profiles_stacks goes before the samples'),
      expect.stringContaining('otel_profiles_frames goes before the samples'),
      expect.stringContaining(`${early} go before the samples`),
    ]);
    expect(found[0].fix).toBe(`hyperflame migrate --database shop ${fix}`);
  });

  it.each([
    ['TTL toDate(Timestamp) + toIntervalYear(2)'],
    ['TTL toDate(Timestamp) + toIntervalDay(400)'],
  ])('the fix names how long rollups stay that have a TTL of their own: %s', (byDay) => {
    const shop = { database: 'shop', local: 'shop', replicated: false };
    const tables = withTtls({ otel_profiles_rollup_1h: '', otel_profiles_rollup_1d: byDay });
    expect(checkRetention(tables, shop)[0]).toMatchObject({
      message: expect.stringContaining('otel_profiles_stacks goes before the rollups'),
      fix: 'hyperflame migrate --database shop --ttl 30d --rollup-ttl 1h=18250d --rollup-ttl 1d=18250d',
    });
  });
});

it('the columns of the files are found', () => {
  const columns = expectedColumns();
  expect(columns.get('otel_profiles_stacks')).toEqual([
    'StackId',
    'FrameIds',
    'FunctionStackId',
    'LastSeen',
  ]);
  expect(columns.get('otel_profiles')).toContain('__hdx_materialized_k8s.pod.name');
});

it('many parts are noted, and too many are a problem', () => {
  const sized = (partsOfOnePartition: number) =>
    checkParts({
      sizes: [{ name: 't', engine: '', rows: 1, bytes: 1, parts: 1, partsOfOnePartition }],
    } as unknown as ServerFacts).map(({ level }) => level);
  expect([sized(299), sized(300), sized(1_000)]).toEqual([[], ['note'], ['problem']]);
});

it('settings that let a repeated insert count twice are noted', () => {
  const settings = new Map([
    ['user', 'shop'],
    ['insert_deduplicate', '1'],
    ['deduplicate_blocks_in_dependent_materialized_views', '0'],
  ]);
  expect(checkSettings({ settings } as unknown as ServerFacts)).toMatchObject([
    {
      fix: 'ALTER USER `shop` SETTINGS deduplicate_blocks_in_dependent_materialized_views = 1;',
    },
  ]);
});
