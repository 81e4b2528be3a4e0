import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDatabase, type TestDatabase } from './testing/server.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await startDatabase('sdk_readme');
});
afterAll(() => db.stop());

it('writes SQL that ClickHouse understands', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/```sql\n(.*?)```/gs)].map(([, sql]) => sql);
  const statements = blocks.flatMap((sql) => sql.trim().split(/;\s*(?:\n|$)/));
  const written = statements.filter((sql) => sql !== '');
  expect(written.length).toBeGreaterThan(0);
  for (const sql of written) {
    const [row] = await db.rows<{ sql: string }>('SELECT formatQuery({sql:String}) AS sql', {
      sql,
    });
    expect(row.sql).toMatch(/^(?:CREATE USER|GRANT|SELECT|WITH)\b/);
  }
});
