import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkProfiles,
  decodeLogs,
  decodeProfiles,
  decodeTraces,
  type KeyValue,
  type ProfilesDictionary,
  type Sample,
} from '@hyperflame/ingest/otlp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLoad, type EndpointLoad } from './load.ts';
import { ENDPOINTS, type Endpoint } from './shop/endpoints.ts';
import { startShopProcess } from './testing/shop-process.ts';

interface Traced {
  readonly name: string;
  readonly traceId: string;
  readonly start: bigint;
  readonly end: bigint;
}
interface Sampled {
  readonly type: string;
  readonly spanId: string;
  readonly traceId: string;
  /** Leaf first. */
  readonly functions: string[];
  readonly files: string[];
  readonly frameTypes: string[];
  readonly times: bigint[];
  readonly samples: number;
}

const captureDir = mkdtempSync(join(tmpdir(), 'shop-capture-'));
const spans = new Map<string, Traced>();
const samples: Sampled[] = [];
const logs: { traceId: string; spanId: string }[] = [];
const resources = new Set<string>();
const problems: unknown[] = [];
let load: EndpointLoad[] = [];
let exitCode: number | null = null;

beforeAll(async () => {
  const shop = await startShopProcess({
    HYPERFLAME_EXPORT: 'files',
    HYPERFLAME_CAPTURE_DIR: captureDir,
    HYPERFLAME_PROFILE_SECONDS: '2',
  });
  load = await runLoad({ url: shop.url, seconds: 12, rps: 8, seed: 7 });
  exitCode = await shop.stop();
  readCapture();
});
afterAll(() => rmSync(captureDir, { recursive: true, force: true }));

test('the shop answered everything and ended by itself', () => {
  expect(load.map(({ endpoint }) => endpoint)).toEqual(
    Object.values(ENDPOINTS)
      .filter((endpoint) => endpoint !== ENDPOINTS.payment)
      .map(({ method, route }) => `${method} ${route}`),
  );
  expect(load.filter(({ failures }) => failures > 0)).toEqual([]);
  expect(exitCode).toBe(0);
});

test('a span that follows another begins after it has ended', () => {
  const find = (traceId: string, name: string) =>
    [...spans.values()].find((span) => span.traceId === traceId && span.name === name);
  const orders = [...spans.values()].filter(({ name }) => name === 'reserve stock');
  expect(orders.length).toBeGreaterThan(3);
  for (const { traceId, start } of orders) {
    expect(find(traceId, 'price order')?.end).toBeLessThanOrEqual(start);
  }
});

test('every request was traced, also the last ones before the end', () => {
  for (const { endpoint, requests } of load) {
    const traced = [...spans.values()].filter((span) => span.name === endpoint);
    expect(traced.length, endpoint).toBe(requests);
  }
});

test.each(Object.entries<Endpoint>(ENDPOINTS))(
  '%s: its own hot function is in over half of the samples of its spans',
  (_, { method, route, hotFunction, hotSpan }) => {
    const isHot = ({ functions }: Sampled) => functions.includes(hotFunction);
    const all = samplesOf(hotSpan ?? `${method} ${route}`);
    // While V8 puts faster code in a function's place, its sampler names the caller for as long as the
    // call lasts: such a span has no sample of it.
    const seen = new Set(all.filter(isHot).map(({ spanId }) => spanId));
    const own = all.filter(({ spanId }) => seen.has(spanId));
    expect(count(own)).toBeGreaterThan(10);
    expect(count(own.filter(isHot)) / count(own)).toBeGreaterThan(0.5);
  },
);

test('no endpoint has samples of another endpoint’s hot function', () => {
  const owner = new Map(
    Object.values<Endpoint>(ENDPOINTS).map(({ method, route, hotFunction, hotSpan }) => [
      hotFunction,
      hotSpan ?? `${method} ${route}`,
    ]),
  );
  const misplaced = samples.filter(({ functions, spanId }) =>
    functions.some((name) => owner.has(name) && owner.get(name) !== spans.get(spanId)?.name),
  );
  expect(misplaced).toEqual([]);
});

test('a linked sample names a span of its trace, and was taken after the span began', () => {
  const linked = samples.filter(({ spanId }) => spanId !== '');
  expect(linked.length).toBeGreaterThan(100);
  // Spans and samples are timed by two clocks.
  const slack = 5_000_000n;
  for (const { spanId, traceId, times } of linked) {
    const span = spans.get(spanId);
    expect(span?.traceId).toBe(traceId);
    for (const time of times) {
      expect(time).toBeGreaterThanOrEqual((span?.start ?? 0n) - slack);
    }
  }
});

test('frames say what they are, and files are relative', () => {
  const byFile = new Map<string, Set<string>>();
  for (const { files, frameTypes } of samples) {
    files.forEach((file, at) => {
      byFile.set(file, (byFile.get(file) ?? new Set()).add(frameTypes[at]));
    });
  }
  expect(byFile.get('src/shop/sign-in/sha256.ts')).toEqual(new Set(['v8js']));
  expect(byFile.get('')).toEqual(new Set(['native']));
  expect([...byFile.keys()].filter((file) => file.startsWith('/'))).toEqual([]);
});

test('logs carry the trace they were written in', () => {
  expect(logs.length).toBeGreaterThan(20);
  for (const { traceId, spanId } of logs) expect(spans.get(spanId)?.traceId).toBe(traceId);
});

test('all three signals have one resource', () => {
  expect([...resources]).toHaveLength(1);
  expect([...resources][0]).toContain('service.instance.id');
});

test('the profiles pass the checks of the profiling group', () => {
  expect(problems).toEqual([]);
});

function samplesOf(spanName: string): Sampled[] {
  return samples.filter(
    ({ type, spanId }) => type === 'wall' && spans.get(spanId)?.name === spanName,
  );
}

function count(of: readonly Sampled[]): number {
  return of.reduce((sum, sample) => sum + sample.samples, 0);
}

function readCapture(): void {
  for (const file of readdirSync(captureDir).sort()) {
    const bytes = readFileSync(join(captureDir, file));
    if (file.endsWith('-traces.binpb')) readTraces(bytes);
    else if (file.endsWith('-logs.binpb')) readLogs(bytes);
    else if (file.endsWith('-profiles.binpb')) readProfiles(bytes);
    else throw new Error(`Nobody writes ${file}.`);
  }
}

function readTraces(bytes: Uint8Array): void {
  for (const { resource, scopeSpans } of decodeTraces(bytes).resourceSpans) {
    noteResource(resource?.attributes);
    for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
      spans.set(hex(span.spanId), {
        name: span.name,
        traceId: hex(span.traceId),
        start: span.startTimeUnixNano,
        end: span.endTimeUnixNano,
      });
    }
  }
}

function readLogs(bytes: Uint8Array): void {
  for (const { resource, scopeLogs } of decodeLogs(bytes).resourceLogs) {
    noteResource(resource?.attributes);
    for (const { traceId, spanId } of scopeLogs.flatMap((scope) => scope.logRecords)) {
      logs.push({ traceId: hex(traceId), spanId: hex(spanId) });
    }
  }
}

function readProfiles(bytes: Uint8Array): void {
  const data = decodeProfiles(bytes);
  problems.push(...checkProfiles(data));
  const dictionary = data.dictionary as ProfilesDictionary;
  for (const { resource, scopeProfiles } of data.resourceProfiles) {
    noteResource(resource?.attributes);
    for (const profile of scopeProfiles.flatMap((scope) => scope.profiles)) {
      const type = dictionary.stringTable[profile.sampleType?.typeStrindex ?? 0];
      for (const sample of profile.samples) samples.push(readSample(dictionary, type, sample));
    }
  }
}

function readSample(dictionary: ProfilesDictionary, type: string, sample: Sample): Sampled {
  const { attributeTable, functionTable, linkTable, locationTable, stackTable, stringTable } =
    dictionary;
  const locations = stackTable[sample.stackIndex].locationIndices.map((at) => locationTable[at]);
  const functions = locations.map(({ lines }) => functionTable[lines[0].functionIndex]);
  const link = sample.linkIndex === 0 ? undefined : linkTable[sample.linkIndex];
  return {
    type,
    traceId: link === undefined ? '' : hex(link.traceId),
    spanId: link === undefined ? '' : hex(link.spanId),
    functions: functions.map((fn) => stringTable[fn.nameStrindex]),
    files: functions.map((fn) => stringTable[fn.filenameStrindex]),
    frameTypes: locations.map(({ attributeIndices }) =>
      attributeIndices
        .map((at) => attributeTable[at])
        .filter(({ keyStrindex }) => stringTable[keyStrindex] === 'profile.frame.type')
        .map(({ value }) => String(value?.value.value))
        .join(),
    ),
    times: sample.timestampsUnixNano,
    samples: Math.max(1, sample.timestampsUnixNano.length),
  };
}

function noteResource(attributes: readonly KeyValue[] = []): void {
  const pairs = attributes.map(({ key, value }) => `${key}=${String(value?.value.value)}`);
  resources.add(pairs.sort().join('\n'));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
