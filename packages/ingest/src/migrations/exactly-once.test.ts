import { beforeEach, describe, expect, it } from 'vitest';

import {
  at,
  ON_CPU,
  PPROF_CPU,
  stack,
  testServer,
  type Landed,
  type TestDatabase,
  LINE_STACKS,
} from './testing/database.ts';

const server = testServer();
let db: TestDatabase;
beforeEach(async () => {
  db = await server.database();
});

const totals = () =>
  db.one<{ rows: string; value: string; count: string }>(
    'SELECT count() AS rows, sum(Value) AS value, sum(Count) AS count FROM otel_profiles',
  );

/** A batch as the Collector sends it: several services, days and stacks at once. */
const BATCH: readonly Landed[] = [
  { ...ON_CPU, ...stack('a', 'b'), ServiceName: 'one', TimestampsUnixNano: at(0, 50) },
  { ...ON_CPU, ...stack('a', 'c'), ServiceName: 'two', TimestampsUnixNano: at(10) },
  { ...PPROF_CPU, ...stack('a', 'b'), ServiceName: 'two', Values: ['70'] },
  { ...PPROF_CPU, Timestamp: '2026-09-02 00:00:00', ServiceName: 'two', Values: ['1'] },
];
const ONCE = { rows: '4', value: '150000071', count: '5' };

describe('an insert that is repeated counts once', () => {
  it('as a plain insert', async () => {
    for (let i = 0; i < 3; i++) await db.land(BATCH);
    expect(await totals()).toEqual(ONCE);
  });

  it('with a token of its own', async () => {
    for (let i = 0; i < 3; i++) await db.land(BATCH, { insert_deduplication_token: 'batch-1' });
    expect(await totals()).toEqual(ONCE);
  });

  it('as an asynchronous insert', async () => {
    const settings = {
      async_insert: 1,
      wait_for_async_insert: 1,
      async_insert_deduplicate: 1,
    } as const;
    for (let i = 0; i < 3; i++) await db.land(BATCH, settings);
    expect(await totals()).toEqual(ONCE);
  });

  it('after others came in between', async () => {
    await db.land(BATCH);
    for (let i = 0; i < 20; i++) {
      await db.land([{ ...PPROF_CPU, ...stack(`other${i}`), Values: ['1'] }]);
    }
    await db.land(BATCH);
    expect(await totals()).toEqual({ rows: '24', value: '150000091', count: '25' });
  });

  it('where the first try broke off between the views', async () => {
    // Without its table the view for stacks fails, after the samples may have been written.
    await db.client.command({ query: 'RENAME TABLE otel_profiles_stacks TO hidden' });
    await expect(db.land(BATCH)).rejects.toThrow(/otel_profiles_stacks/);
    await db.client.command({ query: 'RENAME TABLE hidden TO otel_profiles_stacks' });
    await db.land(BATCH);
    expect(await totals()).toEqual(ONCE);
    expect(await db.one(`SELECT count() AS n FROM ${LINE_STACKS}`)).toEqual({ n: '3' });
  });
});

describe('what is not a repetition counts', () => {
  it('the same samples in another insert with another token', async () => {
    await db.land(BATCH, { insert_deduplication_token: 'batch-1' });
    await db.land(BATCH, { insert_deduplication_token: 'batch-2' });
    expect(await totals()).toEqual({ rows: '8', value: '300000142', count: '10' });
  });

  it('the same rows twice in one insert', async () => {
    await db.land([...BATCH, ...BATCH]);
    expect(await totals()).toEqual({ rows: '8', value: '300000142', count: '10' });
  });

  it('two inserts that differ only in what is not kept', async () => {
    // The exporter's hash is not stored, so both give the same row.
    const sample = { ...PPROF_CPU, ...stack('a'), Values: ['70'] };
    await db.land([{ ...sample, StackHash: '1' }]);
    await db.land([{ ...sample, StackHash: '2' }]);
    expect(await totals()).toMatchObject({ rows: '2', value: '140' });
  });
});

it('stacks and frames are kept once, however often they come', async () => {
  for (let i = 0; i < 5; i++) {
    await db.land([{ ...PPROF_CPU, ...stack('a', 'b'), Values: [String(i)] }]);
  }
  for (const table of ['otel_profiles_stacks', 'otel_profiles_frames']) {
    await db.client.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
  }
  // At two levels each: with lines, and by function.
  expect(await db.one('SELECT count() AS n FROM otel_profiles_stacks')).toEqual({ n: '2' });
  expect(await db.one('SELECT count() AS n FROM otel_profiles_frames')).toEqual({ n: '4' });
});

it('spans and logs, and what is derived from them, are written once too', async () => {
  const row = { TraceId: 'ab', SpanId: '1', Timestamp: '2026-09-01 00:00:00' };
  for (const table of ['otel_traces', 'otel_logs']) {
    for (let i = 0; i < 4; i++) {
      await db.land([row], {}, table);
    }
  }
  for (const table of ['otel_traces', 'otel_traces_trace_id_ts', 'otel_logs']) {
    expect(await db.one(`SELECT count() AS n FROM ${table}`), table).toEqual({ n: '1' });
  }
});
