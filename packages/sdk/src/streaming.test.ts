import { createClient } from '@clickhouse/client-web';
import { createEngine } from '@hyperflame/calltree/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlamegraphAnswer } from './answers.ts';
import { fromClickHouseWeb } from './clients/clickhouse-web.ts';
import { fromHyperDX } from './clients/hyperdx.ts';
import type { ProfileClient } from './clients/profile-client.ts';
import { createProfiles, type Profiles, type ProfilesOptions } from './profiles.ts';
import { makeSamples } from './testing/corpus.ts';
import { hyperDXClient, startHyperDXProxy } from './testing/hyperdx.ts';
import { startDatabase, type TestDatabase } from './testing/server.ts';
import type { StackReader } from './wire/flamegraph.ts';

const STACKS = 120_000;
/** Their answer fits into no socket's buffer: a server that is not read from must wait. */
const NAME_LENGTH = 300;
const question = { service: 'large', maxStacks: 200_000 };

let db: TestDatabase;
let proxy: Awaited<ReturnType<typeof startHyperDXProxy>>;

beforeAll(async () => {
  db = await startDatabase('sdk_streaming');
  const [sample] = makeSamples(1);
  const plain = {
    ...sample,
    ...{ ServiceName: 'small', ResourceAttributes: { 'service.name': 'small' } },
    ...{ SampleType: 'samples', SampleUnit: 'count', PeriodType: 'cpu', PeriodUnit: 'nanoseconds' },
    ...{ Values: [], TimestampsUnixNano: ['1'], TraceId: '', SpanId: '' },
  };
  await db.land([plain]);
  await db.command(`
    INSERT INTO otel_profiles_ingest SELECT * EXCEPT number REPLACE (
      'large' AS ServiceName,
      map('service.name', 'large') AS ResourceAttributes,
      toInt64(number + 1) AS Period,
      [0, 0]::Array(UInt64) AS Addresses,
      [concat('f', toString(number), repeat('x', ${NAME_LENGTH})), 'main'] AS FunctionNames,
      ['shop.ts', 'shop.ts'] AS FileNames,
      [1, 1]::Array(Int32) AS LineNumbers,
      ['', ''] AS MappingFileNames
    ) FROM (SELECT *, arrayJoin(range(${STACKS})) AS number FROM raw)`);
  proxy = await startHyperDXProxy({
    quick: { url: db.url, user: 'default', password: '' },
    slow: { url: db.url, user: 'default', password: '', pauseMs: 5 },
    cut: { url: db.url, user: 'default', password: '', endsAfter: 40_000_000 },
  });
});
afterAll(async () => {
  await proxy.stop();
  await db.stop();
});

const slowWeb = () =>
  fromClickHouseWeb(
    createClient({ url: proxy.url, http_headers: { 'x-hyperdx-connection-id': 'slow' } }),
  );
const hyperDX = (connectionId: string) => fromHyperDX(hyperDXClient(proxy.url), { connectionId });

const ask = (client: ProfileClient, options: Partial<ProfilesOptions> = {}): Profiles =>
  createProfiles({ client, database: db.name, ...options });

/** The server cannot be ahead of its reader: compressed, the whole answer would lie on the way. */
const askUnpacked = (client: ProfileClient) =>
  ask(client, { settings: { enable_http_compression: 0 } });

/** Weights are 1, 2, 3 … */
const TOTAL = (STACKS * (STACKS + 1)) / 2;

function sumOf(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0);
}

describe.each<[string, () => ProfileClient]>([
  ['@clickhouse/client-web on a slow line', slowWeb],
  ['HyperDX on a slow line', () => hyperDX('slow')],
])('%s', (_, makeClient) => {
  it('gives parts of a large answer, each with the totals of the whole', async () => {
    const partial: { answer: FlamegraphAnswer; share: number }[] = [];
    const shares: number[] = [];
    const answer = await ask(makeClient()).flamegraph(question, {
      onPartial: (part, share) => partial.push({ answer: part, share }),
      onProgress: (share) => shares.push(share),
    });
    expect(answer).toMatchObject({ total: TOTAL, samples: STACKS, complete: true, exact: true });
    expect(answer.stacks.weight).toHaveLength(STACKS);
    expect(sumOf(answer.stacks.weight)).toBe(TOTAL);
    expect(answer.stacks).toMatchObject({ otherWeight: 0, otherCount: 0 });
    expect(shares.at(-1)).toBe(1);

    expect(partial.length).toBeGreaterThan(0);
    let before = 0;
    for (const { answer: part, share } of partial) {
      const { stacks, leftOut } = part;
      expect(part).toMatchObject({ total: TOTAL, samples: STACKS, complete: false });
      expect(stacks.weight.length).toBeGreaterThan(before);
      before = stacks.weight.length;
      expect(share).toBe(before / STACKS);
      expect(leftOut).toEqual({
        stacks: STACKS - before,
        weight: TOTAL - sumOf(stacks.weight),
        samples: STACKS - before,
      });
      expect(stacks.otherWeight).toBe(leftOut.weight);
      // The heaviest come first, in groups.
      if (before >= 10_000) expect(1 - leftOut.weight / TOTAL).toBeGreaterThan(share);
      expect(part.stats).toMatchObject({
        tables: answer.stats.tables,
        rowsRead: answer.stats.rowsRead,
      });
      expect(part.stats.wireLength).toBeLessThan(answer.stats.wireLength);
    }
  });
});

describe.each<[string, () => ProfileClient]>([
  ['@clickhouse/client-web', () => fromClickHouseWeb(db.client)],
  ['HyperDX', () => hyperDX('quick')],
])('%s', (_, makeClient) => {
  it('gives the same stacks, whoever reads them', async () => {
    const engine = createEngine();
    const small = { ...question, maxStacks: 3_000 };
    const read = await ask(makeClient()).flamegraph(small, { reader: engine });
    const { stats, ...answer } = await ask(makeClient()).flamegraph(small);
    expect(read).toMatchObject(answer);
    expect(read.stats.wireLength).toBe(stats.wireLength);
    expect((await engine.tree(read.stacks)).total[0]).toBe(TOTAL);
    engine.dispose();
  });

  it('ends the query on the server when the question is withdrawn in the middle of its answer', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const queryId = crypto.randomUUID();
    const reading = stalling();
    const answer = askUnpacked(makeClient()).flamegraph(question, {
      ...{ signal, queryId, reader: reading },
    });
    const failure = expect(answer).rejects.toMatchObject({ kind: 'aborted' });
    await reading.begun;
    expect(await running(queryId)).toBe(1);
    controller.abort();
    await failure;
    await until(async () => (await running(queryId)) === 0);
  });
});

it('does not take an answer that ends early, in all form, for a whole one', async () => {
  await expect(askUnpacked(hyperDX('cut')).flamegraph(question)).rejects.toMatchObject({
    name: 'ProfileQueryError',
    kind: 'network',
    message: expect.stringMatching(/The rows break off: there are \d+ stacks of 120000/),
  });
});

it('reads an answer that comes whole as well', async () => {
  const whole: ProfileClient = {
    key: 'whole',
    async send(request) {
      const client = fromClickHouseWeb(db.client);
      return client.send({ ...request, inParts: false });
    },
  };
  const partial: number[] = [];
  const answer = await ask(whole).flamegraph(question, {
    onPartial: (_, share) => partial.push(share),
  });
  expect(answer).toMatchObject({ total: TOTAL, complete: true });
  expect(partial.every((share) => share < 1)).toBe(true);
});

it('comes compressed', async () => {
  let encoding: string | null = null;
  const client = createClient({
    url: db.url,
    fetch: async (...request: Parameters<typeof fetch>) => {
      const response = await fetch(...request);
      encoding = response.headers.get('content-encoding');
      return response;
    },
  });
  await ask(fromClickHouseWeb(client)).flamegraph({ ...question, maxStacks: 100 });
  expect(encoding).not.toBeNull();
});

/** Takes the first part of an answer, and the rest only when it is told to go on. */
function stalling(): StackReader & { begun: Promise<void>; goOn: () => void } {
  const engine = createEngine({ worker: false });
  const begun = openGate();
  const goesOn = openGate();
  return {
    begun: begun.passed,
    goOn: goesOn.open,
    readStacks(text, totalOf, options) {
      async function* stalled() {
        for await (const part of text) {
          yield part;
          begun.open();
          await goesOn.passed;
        }
      }
      return engine.readStacks(stalled(), totalOf, options);
    },
  };
}

/** Something to wait for. */
function openGate(): { passed: Promise<void>; open: () => void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

async function running(queryId: string): Promise<number> {
  const [{ n }] = await db.rows<{ n: string }>(
    'SELECT count() AS n FROM system.processes WHERE query_id = {queryId:String}',
    { queryId },
  );
  return Number(n);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}
