import { once } from 'node:events';
import { connect } from 'node:http2';
import { connect as connectSocket, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { connectOrStart, type ClickHouseServer } from '@hyperflame/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { collectorConfig } from './config.ts';
import { migrate } from '../migrations/index.ts';
import { encodeLogs, encodeProfiles, encodeTraces } from '../otlp/codec.ts';
import { create } from '@bufbuild/protobuf';
import { KeyValueSchema, type ProfilesData } from '../otlp/index.ts';
import { freePorts, post, startCollector, type TestCollector } from '../testing/collector.ts';
import {
  SOME_PROFILES_ROWS,
  someLogs,
  someProfiles,
  someTraces,
  SPAN_ID,
  TRACE_ID,
} from '../testing/payloads.ts';

const DATABASE = `pipeline_${process.pid}`;
const PROFILES = '/v1development/profiles';

describe('a real Collector into our tables', () => {
  let server: ClickHouseServer;
  let client: ClickHouseClient;
  let collector: TestCollector;

  beforeAll(async () => {
    server = await connectOrStart();
    client = createClient({ url: server.url });
    // The payloads have fixed times, which must not expire.
    await migrate(client, { database: DATABASE, ttl: '10000d' });
    collector = await startCollector({
      CLICKHOUSE_ENDPOINT: server.tcpUrl,
      CLICKHOUSE_DATABASE: DATABASE,
    });
  }, 3_600_000);

  afterAll(async () => {
    await collector?.stop();
    await client?.command({ query: `DROP DATABASE IF EXISTS ${DATABASE}` });
    await client?.close();
    await server?.stop();
  });

  async function select<Row>(query: string, service = ''): Promise<Row[]> {
    const answer = await client.query({
      query: query.replaceAll('$DB', DATABASE),
      query_params: { service },
      format: 'JSONEachRow',
    });
    return answer.json();
  }

  /** Waits until a service's profiles are there, all of them, and returns how many rows they are. */
  async function rowsOf(service: string): Promise<number> {
    for (let rows = 0; ; await sleep(50)) {
      const [{ count }] = await select<{ count: string }>(
        'SELECT count() AS count FROM $DB.otel_profiles WHERE ServiceName = {service:String}',
        service,
      );
      if (Number(count) > 0 && Number(count) === rows) return rows;
      rows = Number(count);
    }
  }

  it('stores every shape of sample with its weight, unit, count, times and span', async () => {
    const response = await post(collector, PROFILES, encodeProfiles(someProfiles('weights')));
    expect(response.status).toBe(200);
    expect(await rowsOf('weights')).toBe(SOME_PROFILES_ROWS);

    const rows = await select(
      `SELECT ProfileType, Unit, toString(Value) AS Value, Count, EventOffsets, TraceId, SpanId
       FROM $DB.otel_profiles WHERE ServiceName = {service:String} ORDER BY ProfileType, otel_profiles.Value`,
      'weights',
    );
    const unlinked = { TraceId: '', SpanId: '' };
    const linked = { TraceId: TRACE_ID, SpanId: SPAN_ID };
    expect(rows).toEqual([
      // pprof-like: one summed value, 30 ms in periods of 10 ms.
      {
        ProfileType: 'cpu:nanoseconds:cpu:nanoseconds',
        Unit: 'nanoseconds',
        Value: '30000000',
        Count: 3,
        EventOffsets: [],
        ...unlinked,
      },
      // Off CPU: a value for each time.
      {
        ProfileType: 'off_cpu:nanoseconds::',
        Unit: 'nanoseconds',
        Value: String(5 + 2 ** 40),
        Count: 2,
        EventOffsets: [0, 0],
        ...linked,
      },
      // On CPU: times only; each is a period of 50 ms.
      {
        ProfileType: 'samples:count:cpu:nanoseconds',
        Unit: 'nanoseconds',
        Value: '50000000',
        Count: 1,
        EventOffsets: [0],
        ...linked,
      },
      {
        ProfileType: 'samples:count:cpu:nanoseconds',
        Unit: 'nanoseconds',
        Value: '100000000',
        Count: 2,
        EventOffsets: [0, 50],
        ...unlinked,
      },
    ]);
  });

  it('stores stacks leaf first, names as they came', async () => {
    await post(collector, PROFILES, encodeProfiles(someProfiles('frames')));
    await rowsOf('frames');
    const [{ FrameIds }] = await select<{ FrameIds: string[] }>(
      `SELECT arrayMap(id -> toString(id), FrameIds) AS FrameIds FROM $DB.otel_profiles_stacks
       WHERE StackId IN (
         SELECT StackId FROM $DB.otel_profiles
         WHERE ServiceName = {service:String} AND ProfileType LIKE 'off_cpu%'
       )`,
      'frames',
    );
    const frames = await select<{ id: string; name: string }>(
      'SELECT toString(FrameId) AS id, FunctionName AS name FROM $DB.otel_profiles_frames',
    );
    const nameOf = new Map(frames.map(({ id, name }) => [id, name]));
    const names = FrameIds.map((id) => nameOf.get(id));
    expect(names).toEqual([
      'memcpy',
      'printf',
      '',
      `<img src=x onerror="alert('1')"> \\ {x:String} 🔥`,
    ]);
  });

  it('takes profiles over gRPC on its own port', async () => {
    const status = await exportOverGrpc(collector.grpc, encodeProfiles(someProfiles('grpc')));
    expect(status).toBe('0');
    expect(await rowsOf('grpc')).toBe(SOME_PROFILES_ROWS);
  });

  it('reads resource attributes that point into the dictionary, as v1.11 sends them', async () => {
    const data = someProfiles('by-name');
    const strings = data.dictionary!.stringTable;
    data.resourceProfiles[0].resource!.attributes = [
      create(KeyValueSchema, {
        keyStrindex: strings.push('service.name') - 1,
        value: { value: { case: 'stringValueStrindex', value: strings.push('by-index') - 1 } },
      }),
    ];
    await post(collector, PROFILES, encodeProfiles(data));
    expect(await rowsOf('by-index')).toBe(SOME_PROFILES_ROWS);
  });

  it('answers 400 to what is no protobuf, and what comes after still arrives', async () => {
    const whole = encodeProfiles(someProfiles('cut'));
    const text = new TextEncoder().encode('<html>no profile</html>');
    expect((await post(collector, PROFILES, whole.slice(0, 100))).status).toBe(400);
    expect((await post(collector, PROFILES, text)).status).toBe(400);

    expect((await post(collector, PROFILES, encodeProfiles(someProfiles('after')))).status).toBe(
      200,
    );
    expect(await rowsOf('after')).toBe(SOME_PROFILES_ROWS);
  });

  const firstProfile = (data: ProfilesData) =>
    data.resourceProfiles[0].scopeProfiles[0].profiles[0];
  it.each<[string, (data: ProfilesData) => void, string]>([
    [
      'an attribute index past the end, which would take its whole batch down',
      (data) => (firstProfile(data).samples[0].attributeIndices = [999]),
      'profiles[0].samples[0] refers to attribute_table[999], but there are 6',
    ],
    [
      'a negative location index, which would end the process',
      (data) => (data.dictionary!.stackTable[1].locationIndices = [-1]),
      'stack_table[1] refers to location_table[-1], but there are 4',
    ],
    [
      'an attribute of an empty table, which the exporter would try again and again',
      (data) => {
        data.dictionary!.attributeTable = [];
        data.dictionary!.mappingTable = [];
        data.dictionary!.locationTable = [];
        data.dictionary!.stackTable = [];
        data.resourceProfiles[0].scopeProfiles[0].profiles.splice(0, 2);
        const [sample] = firstProfile(data).samples;
        sample.stackIndex = 0;
        sample.attributeIndices = [0];
      },
      'profiles[0].samples[0] refers to attribute_table[0], but there are 0',
    ],
    [
      'a small request whose rows would fill the memory',
      (data) => {
        const { locationTable, stackTable } = data.dictionary!;
        const [line] = locationTable[1].lines;
        locationTable[1].lines = Array.from({ length: 1000 }, () => line);
        stackTable[1].locationIndices = Array.from({ length: 20_000 }, () => 1);
      },
      'samples[0] makes the rows of the request ',
    ],
    [
      'a sample after the end of time',
      (data) => (firstProfile(data).samples[0].timestampsUnixNano = [2n ** 63n]),
      'profiles[0].samples[0] has the time 9223372036854775808, and nothing after 2261-12-31',
    ],
    [
      'profiles of more days than an insert is through with in time',
      (data) => {
        const [scope] = data.resourceProfiles[0].scopeProfiles;
        const [profile] = scope.profiles;
        scope.profiles = Array.from({ length: 101 }, (_, day) => ({
          ...profile,
          timeUnixNano: profile.timeUnixNano - BigInt(day) * 86_400_000_000_000n,
        }));
      },
      'profiles[31] is of one more day than the 31 that a request may be of',
    ],
    ['a missing dictionary', (data) => (data.dictionary = undefined), 'refers to '],
  ])('answers 400 to %s, and the rest of its batch is stored', async (name, damage, reason) => {
    const broken = someProfiles('broken');
    damage(broken);
    const beside = `beside ${name}`;
    const answers = [
      await post(collector, PROFILES, encodeProfiles(broken)),
      await post(collector, PROFILES, encodeProfiles(someProfiles(beside))),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([400, 200]);
    expect(await answers[0].text()).toContain(reason);
    expect(await rowsOf(beside)).toBe(SOME_PROFILES_ROWS);
  });

  // One more than may be, and what would overflow the exporter's stack.
  it.each([101, 1_000_000])(
    'answers 400 to attributes %d lists deep, of every signal',
    async (depth) => {
      const attribute = Buffer.concat([field(1, Buffer.from('deep')), field(2, lists(depth))]);
      const none = Buffer.alloc(0);
      for (const [path, item] of [
        // Profile.samples, Metric.gauge.data_points
        [PROFILES, field(2, none)],
        ['/v1/metrics', field(5, field(1, none))],
        ['/v1/traces', none],
        ['/v1/logs', none],
      ] as const) {
        // All signals' resources and scopes have their fields by the same numbers.
        const scope = field(2, field(2, item));
        const request = field(1, Buffer.concat([field(1, field(1, attribute)), scope]));
        const answer = await post(collector, path, request);
        expect([path, answer.status]).toEqual([path, 400]);
        expect(await answer.text()).toContain('[0].resource has lists and maps in one another');
      }
    },
  );

  it('answers 400 to more samples than the queue has room for', async () => {
    const data = someProfiles('many');
    const profile = firstProfile(data);
    profile.samples = Array.from({ length: 250_001 }, () => profile.samples[1]);
    const answer = await post(collector, PROFILES, encodeProfiles(data));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('has 250003 samples, more than the 250000');
  });

  it('stores logs, traces and metrics that come to the same address, sent twice or not', async () => {
    for (let sent = 0; sent < 2; sent++) {
      expect((await post(collector, '/v1/traces', encodeTraces(someTraces()))).status).toBe(200);
      expect((await post(collector, '/v1/logs', encodeLogs(someLogs()))).status).toBe(200);
      expect((await post(collector, '/v1/metrics', SOME_METRICS)).status).toBe(200);
    }
    // Each signal has a queue of its own: what is sent last of each tells that the repeats are through.
    const last = SOME_METRICS.replaceAll('"shop"', '"last"');
    expect((await post(collector, '/v1/metrics', last)).status).toBe(200);
    const metrics = ['gauge', 'sum', 'summary', 'histogram', 'exponential_histogram'];
    for (const kind of metrics) {
      await expect
        .poll(() => servicesIn(`otel_metrics_${kind}`), { timeout: 10_000 })
        .toEqual(['last', 'shop']);
    }
    for (const table of ['otel_traces', 'otel_logs']) {
      await expect
        .poll(() => select(`SELECT toUInt32(count()) AS rows FROM $DB.${table}`))
        .toEqual([{ rows: 2 }]);
    }
    expect(
      await select(
        `SELECT MetricName, toUnixTimestamp(TimeUnix) AS at, Value, IsMonotonic, Attributes,
                Exemplars.TraceId AS traces
         FROM $DB.otel_metrics_sum WHERE ServiceName = {service:String}`,
        'shop',
      ),
    ).toEqual([
      {
        MetricName: 'orders',
        at: 1_790_000_000,
        Value: 12,
        IsMonotonic: true,
        Attributes: { sku: 'A-1' },
        traces: [TRACE_ID],
      },
    ]);
  });

  it('starts before ClickHouse, and delivers what came meanwhile', async () => {
    const [port] = await freePorts(1);
    const early = await startCollector({
      CLICKHOUSE_ENDPOINT: `tcp://127.0.0.1:${port}`,
      CLICKHOUSE_DATABASE: DATABASE,
    });
    const { hostname, port: real } = new URL(server.tcpUrl);
    const arrival = createServer((socket) => {
      const behind = connectSocket(Number(real), hostname);
      socket.pipe(behind).pipe(socket);
      for (const end of [socket, behind]) end.on('error', () => socket.destroy());
    });
    try {
      const answers = [
        await post(early, PROFILES, encodeProfiles(someProfiles('early'))),
        await post(early, '/v1/metrics', SOME_METRICS.replaceAll('"shop"', '"early"')),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      await expect.poll(early.log).toContain('connection refused');
      arrival.listen(port, '127.0.0.1');
      expect(await rowsOf('early')).toBe(SOME_PROFILES_ROWS);
      await expect
        .poll(() => servicesIn('otel_metrics_gauge'), { timeout: 60_000 })
        .toContain('early');
    } finally {
      await early.stop();
      arrival.close();
    }
  });

  it('has the columns for metrics that the exporter would have made', async () => {
    const own = `${DATABASE}_exporter`;
    const config = collectorConfig('standalone').replace(
      'create_schema: false',
      'create_schema: true',
    );
    const exporter = await startCollector(
      { CLICKHOUSE_ENDPOINT: server.tcpUrl, CLICKHOUSE_DATABASE: own },
      config,
    );
    try {
      const columns = (database: string) =>
        select(`SELECT table, name, type, compression_codec != '' AS packed FROM system.columns
                WHERE database = '${database}' AND table LIKE 'otel\\_metrics%'
                ORDER BY table, position`);
      const made = await columns(own);
      expect(made.length).toBeGreaterThan(100);
      expect(await columns(DATABASE)).toEqual(made);
    } finally {
      await exporter.stop();
      await client.command({ query: `DROP DATABASE IF EXISTS ${own}` });
    }
  });

  const servicesIn = async (table: string) =>
    (
      await select<{ name: string }>(
        `SELECT ServiceName AS name FROM $DB.${table} ORDER BY ServiceName`,
      )
    ).map(({ name }) => name);
});

/** A protobuf field that holds bytes. */
function field(number: number, bytes: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.concat([header(number, bytes.length), bytes]);
}

function header(number: number, length: number): Buffer {
  const bytes = [(number << 3) | 2];
  for (; length > 127; length >>>= 7) bytes.push((length & 127) | 128);
  return Buffer.from([...bytes, length]);
}

/** An `AnyValue` of lists in lists. Each header says how long what follows is, so it is made backwards. */
function lists(depth: number): Buffer {
  const headers: Buffer[] = [];
  for (let level = 0, length = 0; level < depth; level++) {
    // AnyValue.array_value = 5 over ArrayValue.values = 1.
    for (const number of [1, 5]) {
      headers.push(header(number, length));
      length += headers[headers.length - 1].length;
    }
  }
  return Buffer.concat(headers.reverse());
}

/** One point of each kind, as OTLP/JSON. */
const SOME_METRICS = (() => {
  const times = {
    startTimeUnixNano: '1789999990000000000',
    timeUnixNano: '1790000000000000000',
    attributes: [{ key: 'sku', value: { stringValue: 'A-1' } }],
  };
  const exemplars = [
    { timeUnixNano: times.timeUnixNano, asDouble: 3, traceId: TRACE_ID, spanId: SPAN_ID },
  ];
  const sums = { ...times, count: '3', sum: 6, min: 1, max: 3, exemplars };
  const metrics = [
    { name: 'stock', unit: '{item}', gauge: { dataPoints: [{ ...times, asInt: '7' }] } },
    {
      name: 'orders',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: true,
        dataPoints: [{ ...times, asDouble: 12, exemplars }],
      },
    },
    {
      name: 'weights',
      summary: {
        dataPoints: [
          { ...times, count: '3', sum: 6, quantileValues: [{ quantile: 0.5, value: 2 }] },
        ],
      },
    },
    {
      name: 'sizes',
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [{ ...sums, bucketCounts: ['1', '2'], explicitBounds: [1.5] }],
      },
    },
    {
      name: 'times',
      exponentialHistogram: {
        aggregationTemporality: 1,
        dataPoints: [
          { ...sums, scale: 0, zeroCount: '0', positive: { offset: 0, bucketCounts: ['1', '2'] } },
        ],
      },
    },
  ];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  return JSON.stringify({
    resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'meter' }, metrics }] }],
  });
})();

/** A unary gRPC call by hand, so that no gRPC library is needed; returns its status. */
async function exportOverGrpc(address: string, message: Uint8Array): Promise<string> {
  const session = connect(`http://${address}`);
  try {
    const request = session.request({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const frame = Buffer.alloc(5 + message.length);
    frame.writeUInt32BE(message.length, 1);
    frame.set(message, 5);
    request.end(frame);
    const trailers = once(request, 'trailers');
    request.resume();
    const [{ 'grpc-status': status }] = (await trailers) as [{ 'grpc-status': string }];
    return status;
  } finally {
    session.close();
  }
}
