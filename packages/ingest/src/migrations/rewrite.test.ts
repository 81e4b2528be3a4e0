import { describe, expect, it } from 'vitest';

import { tableStatement, tableText } from './clauses.ts';
import { distributedTables } from './distributed.ts';
import { migrations } from './files.ts';
import { checkParameters, interval, TIER_DEFAULTS, type Tier } from './parameters.ts';
import { makesTable, onCluster, rewrite } from './rewrite.ts';
import { statements } from './statements.ts';
import type { MigrationParameters } from './parameters.ts';

/** Every statement that an installation with these parameters runs. */
const all = (parameters: MigrationParameters) =>
  migrations().flatMap(({ sql }) => rewrite(sql, parameters));
const tables = (parameters: MigrationParameters) => all(parameters).filter(makesTable);
const clausesOf = (keyword: string, parameters: MigrationParameters) =>
  tables(parameters).flatMap((statement) =>
    tableStatement(statement)
      .clauses.filter((clause) => clause.keyword === keyword)
      .map(({ text }) => text),
  );

describe('a table, taken apart', () => {
  it('has its clauses where they are, not where their words are text', () => {
    const statement = `CREATE TABLE \`a TTL\`.t (\`ENGINE\` String TTL d, d Date DEFAULT 'ORDER BY (') ENGINE = MergeTree(v) PARTITION BY toDate(\`TTL\`) ORDER BY (a, f(b)) TTL d + toIntervalDay(3) DELETE WHERE x != 'SETTINGS', d SETTINGS ttl_only_drop_parts = 1`;
    const { head, clauses } = tableStatement(statement);
    expect(head).toBe(
      "CREATE TABLE `a TTL`.t (`ENGINE` String TTL d, d Date DEFAULT 'ORDER BY (')",
    );
    expect(clauses.map(({ text }) => text)).toEqual([
      'ENGINE = MergeTree(v)',
      'PARTITION BY toDate(`TTL`)',
      'ORDER BY (a, f(b))',
      "TTL d + toIntervalDay(3) DELETE WHERE x != 'SETTINGS', d",
      'SETTINGS ttl_only_drop_parts = 1',
    ]);
  });

  it.each(migrations())('$name is the same put together again', ({ sql }) => {
    for (const statement of statements(sql).filter(makesTable)) {
      const words = (text: string) => text.split(/\s+/).join(' ');
      expect(words(tableText(tableStatement(statement)))).toBe(words(statement));
      expect(tableStatement(statement).clauses[0].keyword).toBe('ENGINE');
    }
  });
});

describe('parameters', () => {
  it.each([
    ['30d', 'toIntervalDay(30)'],
    ['720h', 'toIntervalHour(720)'],
    ['1440m', 'toIntervalMinute(1440)'],
    ['86400s', 'toIntervalSecond(86400)'],
  ])('a TTL of %s', (ttl, expected) => {
    checkParameters({ ttl, rollupTtl: { '1h': ttl } });
    expect(interval(ttl)).toBe(expected);
    expect(all({ ttl }).join('\n')).toContain(`+ ${expected}`);
  });

  it.each([
    '',
    '0d',
    '-1d',
    '30',
    'd',
    '1.5d',
    '30 d',
    '1y',
    '30d; DROP',
    '99999999d',
    'constructord',
    '23h',
    '90m',
    '86399s',
  ])('no TTL: %j', (ttl) => {
    expect(() => checkParameters({ ttl })).toThrow(/such as 30d/);
    expect(() => checkParameters({ rollupTtl: { '1h': ttl } })).toThrow(/such as 30d/);
  });

  it('wrong ones are refused by their name', () => {
    expect(() => checkParameters({ rollupTtl: { '5m': '3d' } as never })).toThrow(
      /"5m".*1h and 1d/,
    );
    expect(() => checkParameters({ rollupTtl: { '1h': '401d' } })).toThrow(/not 400d and 401d/);
    expect(() => checkParameters({ partitionBy: 'toString' as never })).toThrow(/"toString"/);
    for (const codec of ['ZSTD(1)) --', 'ZSTD(0)', 'ZSTD(23)', 'LZ4HC(13)', 'ZSTD', 'NONE(1)']) {
      expect(() => checkParameters({ codec }), codec).toThrow(/codec must be/);
    }
    for (const codec of ['ZSTD(22)', 'LZ4HC(12)', 'LZ4', 'NONE']) checkParameters({ codec });
  });

  it('a database is a quoted name', () => {
    expect(rewrite('SELECT ${DATABASE}.t', { database: 'a`b\\c' })).toEqual([
      'SELECT `a\\`b\\\\c`.t',
    ]);
    expect(() => all({ database: '' })).toThrow(/empty/);
  });

  it('each tier of rollups has its own time', () => {
    const written = clausesOf('TTL', {}).join('\n');
    const chosen = clausesOf('TTL', { rollupTtl: { '1h': '77d', '1d': '9999h' } }).join('\n');
    for (const [tier, own] of [
      ['1h', 'toIntervalDay(77)'],
      ['1d', 'toIntervalHour(9999)'],
    ]) {
      const literal = `toIntervalDay(${TIER_DEFAULTS[tier as Tier]})`;
      expect(written.split(literal).length, tier).toBeGreaterThan(2);
      expect(chosen).not.toContain(literal);
      expect(chosen.split(own).length, tier).toBe(written.split(literal).length);
    }
  });

  it.each([
    [{ ttl: '180d', rollupTtl: { '1h': '90d' } }, [180, 90, 400]],
    [{ ttl: '400d', rollupTtl: { '1d': '800d' } }, [400, 180, 800]],
    [{ rollupTtl: { '1h': '400d', '1d': '800d' } }, [30, 400, 800]],
  ])('no time is taken for another one that is written like it: %j', (parameters, days) => {
    const [ttl, hours, later] = days.map((n) => `toIntervalDay(${n})`);
    const at = 'toDate(Timestamp)';
    const texts = new Set(clausesOf('TTL', parameters).map((text) => text.replace(/^TTL /, '')));
    expect([...texts].filter((text) => !text.startsWith('LastSeen'))).toEqual([
      `${at} + ${ttl}`,
      `toDate(TimeUnix) + ${ttl}`,
      `toDate(Start) + ${ttl}`,
      `greatest(${at} + ${ttl}, ${at} + ${hours})`,
      `greatest(${at} + ${ttl}, ${at} + ${later})`,
    ]);
    for (const text of texts) {
      if (text.startsWith('LastSeen')) {
        expect(text).toContain(`LastSeen + ${ttl} + toIntervalDay(2) DELETE WHERE`);
        expect(text).toContain(`+ ${ttl} + toIntervalDay(2), LastSeen + ${later})`);
      }
    }
  });

  it('partitions are as long as they should be', () => {
    const days = clausesOf('PARTITION BY', {}).filter((text) => text.includes('toDate'));
    expect(days.length).toBeGreaterThan(3);
    expect(new Set(days.map((text) => /\((\w+)\)/.exec(text)?.[1]))).toEqual(
      new Set(['Timestamp', 'Start', 'TimeUnix']),
    );
    const weeks = clausesOf('PARTITION BY', { partitionBy: 'week' });
    expect(weeks.filter((text) => text.includes('toMonday'))).toEqual(
      days.map((text) => text.replace('toDate', 'toMonday')),
    );
    expect(weeks.join('\n')).not.toContain('toDate');
  });

  it('one codec is that of all columns, after what prepares them for it', () => {
    const text = all({ codec: 'LZ4' }).join('\n');
    expect(text).not.toContain('ZSTD');
    expect(text).toContain('CODEC(Delta(8), LZ4)');
    expect(all({ codec: 'NONE' }).join('\n')).not.toMatch(/ZSTD|Delta/);
  });

  it('a storage policy is that of all tables that store something', () => {
    for (const statement of tables({ storagePolicy: "co'ld" })) {
      const stored = /ENGINE = \w*MergeTree/.test(statement);
      expect(statement.includes("storage_policy = 'co\\'ld'"), statement).toBe(stored);
    }
  });
});

describe('on a cluster', () => {
  it('each statement that makes or changes something names it, once', () => {
    const statements = all({ cluster: 'all`hosts', database: 'a`b' });
    for (const statement of statements.filter((text) => !text.startsWith('INSERT '))) {
      expect(statement).toMatch(/^[A-Z ]+ `a\\`b`(\.\w+)? ON CLUSTER `all\\`hosts`(\s|$)/);
      expect(statement.match(/ON CLUSTER/g)).toHaveLength(1);
    }
    expect(onCluster('INSERT INTO t SELECT 1', 'c')).toBe('INSERT INTO t SELECT 1');
  });

  it('replicated engines keep their arguments', () => {
    expect(new Set(clausesOf('ENGINE', { replicated: true, cluster: 'c' }))).toEqual(
      new Set([
        'ENGINE = Null',
        'ENGINE = ReplicatedMergeTree',
        'ENGINE = ReplicatedReplacingMergeTree(LastSeen)',
        'ENGINE = ReplicatedSummingMergeTree((Value, Count))',
        'ENGINE = ReplicatedSummingMergeTree((Self, Total, SelfCount, TotalCount))',
        'ENGINE = ReplicatedSummingMergeTree(count)',
      ]),
    );
  });

  it('replicas that are made one by one find each other by their path', () => {
    expect(new Set(clausesOf('ENGINE', { replicated: true }))).toContain(
      "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', LastSeen)",
    );
  });

  it('every table has one over all shards, and only those that are inserted into a key', () => {
    const made = tables({ database: 'obs', distributed: "c'1" });
    const over = distributedTables(made, { database: 'obs', distributed: "c'1" });
    expect(over).toHaveLength(made.length);
    const ingest = over.find(({ name }) => name === 'otel_profiles_ingest');
    expect(ingest?.create).toBe(
      'CREATE TABLE IF NOT EXISTS `obs`.otel_profiles_ingest AS `obs_local`.otel_profiles_ingest ' +
        "ENGINE = Distributed('c\\'1', 'obs_local', 'otel_profiles_ingest', cityHash64(ResourceAttributes))",
    );
    expect(
      over.filter(({ create }) => create.includes('cityHash64')).map(({ name }) => name),
    ).toEqual([
      'otel_logs',
      'otel_metrics_gauge',
      'otel_metrics_sum',
      'otel_metrics_summary',
      'otel_metrics_histogram',
      'otel_metrics_exponential_histogram',
      'otel_traces',
      'otel_profiles_ingest',
      'otel_profiles_samples',
    ]);
  });
});
