import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCollector } from '../packages/ingest/scripts/build-collector.mjs';
import { openDataset, type Dataset } from './lib/dataset.ts';
import { questionReport } from './query/report.ts';
import { askAll } from './query/run.ts';
import { sideReport } from './storage/report.ts';
import { tableSizes } from './storage/sizes.ts';

const ROWS = 20_000;

let folder: string;
let data: Dataset;

const open = (): Promise<Dataset> => openDataset({ rows: ROWS, folder, collector: buildCollector });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperflame-bench-test-'));
  data = await open();
}, 900_000);

afterAll(async () => {
  await data.close();
  await rm(folder, { recursive: true, force: true });
});

async function count(table: string): Promise<number> {
  const answer = await data.client.query({
    query: `SELECT toUInt32(count()) AS n FROM ${table}`,
    format: 'JSONEachRow',
  });
  return (await answer.json<{ n: number }>())[0]?.n ?? 0;
}

describe('the benchmarks, over a small day', () => {
  it('hold every row in our tables and in the one that the exporter made', async () => {
    expect(await count(`${data.ours.database}.otel_profiles`)).toBe(ROWS);
    expect(await count(`${data.wide.database}.otel_profiles`)).toBe(ROWS);
  });

  it('count every byte on disk, each once', async () => {
    for (const { database } of [data.ours, data.wide]) {
      const tables = await tableSizes(data.client, database);
      const { bytes, bytesPerSample } = sideReport(ROWS, 0, tables);
      const answer = await data.client.query({
        query:
          'SELECT toUInt32(sum(bytes_on_disk)) AS n FROM system.parts WHERE active AND database = {database:String}',
        query_params: { database },
        format: 'JSONEachRow',
      });
      expect((await answer.json<{ n: number }>())[0]?.n).toBe(bytes);
      expect(bytesPerSample).toBe(bytes / ROWS);
      for (const size of tables) {
        const told = [...Object.values(size.columns), ...Object.values(size.indexes), size.other];
        expect(told.reduce((sum, part) => sum + part, 0)).toBe(size.bytes);
        expect(size.other).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('ask every question of both and get the same figures', { timeout: 900_000 }, async () => {
    const all = await askAll(data, { warmRuns: 1, coldRuns: 1 });
    expect(all.map(({ name }) => name)).toEqual([
      'one span',
      'one trace',
      'one service, 15 min',
      'one service, 5 min picked',
      'heatmap, one service, 15 min',
      'one service, 24 h',
      'all services, 24 h',
      'one pod, 24 h',
      'one service by pod, 24 h',
      'top functions, 24 h',
      'diff of two halves of a day',
      'facet values, 24 h',
      'time series by minute, 24 h',
      'function search, 24 h',
    ]);
    for (const compared of all) {
      const report = questionReport(ROWS, compared);
      expect(report.figuresCompared).toBeGreaterThan(0);
      for (const figure of ['rowsRead', 'bytesRead', 'peakMemoryBytes', 'wireBytes'] as const) {
        expect(report.ours[figure]).toBeGreaterThan(0);
        expect(report.wide[figure]).toBeGreaterThan(0);
      }
    }
  });

  it('open again without loading again', { timeout: 900_000 }, async () => {
    const { ours, wide } = data;
    await data.close();
    data = await open();
    expect(data.ours).toEqual(ours);
    expect(data.wide).toEqual(wide);
  });
});
