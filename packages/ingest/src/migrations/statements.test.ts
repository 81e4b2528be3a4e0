import { describe, expect, it } from 'vitest';

import { migrations, upgrades } from './files.ts';
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

  it.each(migrations())('$name only makes what is missing', ({ sql }) => {
    for (const statement of statements(sql)) {
      expect(statement).toMatch(
        /^CREATE [A-Z ]+ IF NOT EXISTS |^INSERT INTO [\s\S]+ NOT IN \(SELECT /,
      );
    }
  });

  it.each(upgrades())('the upgrade $name belongs to a migration', ({ name, sql }) => {
    const number = name.split('_', 1)[0];
    expect(migrations().some((migration) => migration.name.startsWith(`${number}_`))).toBe(true);
    for (const macro of sql.match(/\$\{\w*\}?/g) ?? []) {
      expect(['${DATABASE}', '${TABLES_TTL}']).toContain(macro);
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
