import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startClickHouse, type EmbeddedClickHouse } from './index.ts';

async function ask({ url }: EmbeddedClickHouse, query: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST', body: query });
  const text = (await answer.text()).trim();
  if (!answer.ok) throw new Error(text);
  return text;
}

const INSERT = 'INSERT INTO known VALUES (1), (2), (3)';

/** Inserts, ends, lets `happen` change the folder, starts again, inserts the same, and counts. */
async function insertedAgain(happen: (table: string) => void): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hyperflame-test-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await startClickHouse({ dataDir });
  await ask(
    first,
    'CREATE TABLE known (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100',
  );
  await ask(first, INSERT);
  await first.stop();
  const [log = ''] = globSync(join(dataDir, 'store/*/*/deduplication_logs/*.txt'));
  expect(readFileSync(log, 'utf8')).toMatch(/^1\tall_1_1_0\t/);
  happen(join(log, '../..'));
  const second = await startClickHouse({ dataDir });
  onTestFinished(() => second.stop());
  await ask(second, INSERT);
  return ask(second, 'SELECT count() FROM known');
}

it('an insert that is there is known again after a kill', async () => {
  expect(await insertedAgain(() => undefined)).toBe('3');
});

it('an insert that was known before it was there counts when it is repeated', async () => {
  // As a kill leaves it between the two.
  const killed = (table: string): void => rmSync(join(table, 'all_1_1_0'), { recursive: true });
  expect(await insertedAgain(killed)).toBe('3');
});

it('a log that was cut off in an entry is read up to there', async () => {
  const cut = (table: string): void =>
    appendFileSync(join(table, 'deduplication_logs/deduplication_log_1.txt'), '1\tall_2_2');
  expect(await insertedAgain(cut)).toBe('3');
});

it('a second start leaves the log of a running server alone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hyperflame-test-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await startClickHouse({ dataDir });
  onTestFinished(() => first.stop());
  await ask(
    first,
    'CREATE TABLE known (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100',
  );
  await ask(first, INSERT);
  const [log = ''] = globSync(join(dataDir, 'store/*/*/deduplication_logs/*.txt'));
  // An insert that is in the middle of it.
  appendFileSync(log, '1\tall_2_2_0\tall_123_456\n');
  const before = readFileSync(log, 'utf8');
  await expect(startClickHouse({ dataDir })).rejects.toThrow(/another server|lock/i);
  expect(readFileSync(log, 'utf8')).toBe(before);
});
