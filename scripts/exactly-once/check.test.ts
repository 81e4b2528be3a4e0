import { expect, it } from 'vitest';
import { buildCollector } from '../../packages/ingest/scripts/build-collector.mjs';
import { makeBatches, tally } from './batches.ts';
import { checkExactlyOnce, isDifference } from './check.ts';
import { inParallel, plan } from './plan.ts';
import { random } from '../../bench/lib/fleetDay/random.ts';

it('counts everything once, under a few kills', { timeout: 1_800_000 }, async () => {
  const { inserts, collector, differences } = await checkExactlyOnce({
    inserts: 40,
    messages: 30,
    kills: 3,
    seed: 'test',
    collector: await buildCollector(),
  });
  expect([...inserts.figures, ...collector.figures].filter(isDifference)).toEqual([]);
  expect(differences).toBe(0);
  expect(inserts.kills).toBe(3);
  expect(inserts.sendings).toBeGreaterThan(40);
  expect(collector.collectorKills + collector.serverKills).toBe(3);
  // All tables, each with its rows and sums.
  expect(new Set(inserts.figures.map(({ table }) => table)).size).toBeGreaterThanOrEqual(10);
});

it('sends every batch, some again, and kills as often as told', () => {
  const sendings = plan(random('x'), { batches: 200, repeated: 0.3, within: 50, kills: 20 });
  const numbers = sendings.map(({ number }) => number);
  expect(new Set(numbers).size).toBe(200);
  expect(numbers.length).toBeGreaterThan(240);
  expect(sendings.filter(({ killWithinMs }) => killWithinMs !== undefined)).toHaveLength(20);
  // A repetition never comes before what it repeats.
  const order = numbers.map((number, at) => numbers.indexOf(number) === at).filter(Boolean);
  expect(order).toHaveLength(200);
});

it('makes the same batches again, all different', () => {
  const batches = makeBatches(300, 'seed');
  expect(makeBatches(300, 'seed')).toEqual(batches);
  const told = batches.map((batch) =>
    JSON.stringify(batch, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)),
  );
  expect(new Set(told).size).toBe(300);
  const { rows, events } = tally(batches);
  expect(events).toBeGreaterThan(rows);
});

it('tells a figure that differs, and one that is missing', () => {
  const figure = { table: 't', figure: 'rows' };
  expect(isDifference({ ...figure, sent: '1', stored: '1' })).toBe(false);
  expect(isDifference({ ...figure, sent: '1', stored: '2' })).toBe(true);
  expect(isDifference({ ...figure, sent: '', stored: '' })).toBe(true);
});

it('works through a list several at a time', async () => {
  const done: number[] = [];
  let [now, most] = [0, 0];
  await inParallel([0, 1, 2, 3, 4, 5, 6], 3, async (item) => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    done.push(item);
    now--;
  });
  expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(3);
});
