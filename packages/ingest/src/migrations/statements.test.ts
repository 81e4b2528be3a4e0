import { describe, expect, it } from 'vitest';

import { migrations } from './files.ts';
import { fillIn } from './parameters.ts';
import { statements } from './statements.ts';

describe('statements', () => {
  it.each([
    ['SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    ['SELECT 1', ['SELECT 1']],
    ['-- only; a comment\n', []],
    ['/* a; b */ SELECT 1; ;', ['SELECT 1']],
    [
      `SELECT 'a;b', 'it''s; --', 'back\\'s; \\\\'; SELECT 2`,
      [`SELECT 'a;b', 'it''s; --', 'back\\'s; \\\\'`, 'SELECT 2'],
    ],
    ['SELECT `a;b`, "c--d" - 1 / 2', ['SELECT `a;b`, "c--d" - 1 / 2']],
  ])('of %j', (script, expected) => {
    expect(statements(script)).toEqual(expected);
  });
});

describe('the files', () => {
  it('are numbered apart, so that their order is one', () => {
    const numbers = migrations().map(({ name }) => name.split('_', 1)[0]);
    expect(numbers.length).toBeGreaterThan(0);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(migrations())('$name runs under goose and in HyperDX: no other macros', ({ sql }) => {
    expect(sql.startsWith('-- +goose Up\n')).toBe(true);
    for (const macro of sql.match(/\$\{\w*\}?/g) ?? []) {
      expect(['${DATABASE}', '${TABLES_TTL}']).toContain(macro);
    }
  });

  it.each(migrations())('$name does nothing where it has been done', ({ sql }) => {
    for (const statement of statements(sql)) {
      expect(statement).toMatch(
        /\bIF (NOT )?EXISTS\b|^ALTER TABLE \S+ MODIFY QUERY\b|^INSERT INTO [\s\S]+ NOT IN \(SELECT/,
      );
    }
  });

  it.each(migrations())('$name has no semicolon that goose would take for an end', ({ sql }) => {
    // Goose ends a statement at each line that ends with one.
    for (const line of sql.split('\n').filter((line) => /;\s*(--.*)?$/.test(line))) {
      expect(line).not.toMatch(/^\s*--/);
    }
    expect(sql.match(/;\s*$/gm)).toHaveLength(statements(sql).length);
  });
});

describe('parameters', () => {
  it.each([
    ['30d', 'toIntervalDay(30)'],
    ['720h', 'toIntervalHour(720)'],
    ['90m', 'toIntervalMinute(90)'],
    ['3600s', 'toIntervalSecond(3600)'],
  ])('a TTL of %s', (ttl, expected) => {
    expect(fillIn('${TABLES_TTL}', { ttl })).toBe(expected);
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
  ])('no TTL: %j', (ttl) => {
    expect(() => fillIn('${TABLES_TTL}', { ttl })).toThrow(/such as 30d/);
  });

  it('a database is a quoted name', () => {
    expect(fillIn('${DATABASE}.t', { database: 'a`b\\c' })).toBe('`a\\`b\\\\c`.t');
    expect(() => fillIn('${DATABASE}', { database: '' })).toThrow(/empty/);
  });

  it('a cluster is named in each statement that makes something', () => {
    for (const { name, sql } of migrations()) {
      for (const statement of statements(fillIn(sql, { cluster: 'all`hosts', database: 'a`b' }))) {
        // What is inserted is on each host already, or is replicated there.
        if (statement.startsWith('INSERT')) continue;
        expect(statement, name).toMatch(/^[A-Z ]+ `a\\`b`(\.\w+)? ON CLUSTER `all\\`hosts`\s|$/);
        expect(statement.match(/ON CLUSTER/g), name).toHaveLength(1);
      }
    }
  });

  it('replicated engines keep their arguments', () => {
    const engines = migrations()
      .map(({ sql }) => fillIn(sql, { replicated: true }))
      .join('\n')
      .match(/ENGINE = .*/g);
    expect(new Set(engines)).toEqual(
      new Set([
        'ENGINE = ReplicatedMergeTree',
        'ENGINE = ReplicatedReplacingMergeTree(LastSeen)',
        'ENGINE = ReplicatedSummingMergeTree((Value, Count))',
        'ENGINE = ReplicatedSummingMergeTree((Self, Total, SelfCount, TotalCount))',
        'ENGINE = ReplicatedSummingMergeTree(count)',
        'ENGINE = Null;',
      ]),
    );
  });
});
