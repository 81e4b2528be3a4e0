import { create } from '@bufbuild/protobuf';
import {
  DictionaryBuilder,
  encodeProfiles,
  keyValues,
  ProfilesDataSchema,
} from '@hyperflame/ingest/otlp';
import { integer, pick, pickEarly, random, type Random } from '../../bench/lib/fleetDay/random.ts';

/** What a profiler sends at once: one process, one window, on CPU and off. */
export interface Batch {
  readonly pod: Pod;
  readonly profiles: readonly Profile[];
}

interface Pod {
  readonly service: string;
  readonly name: string;
}

interface Profile {
  readonly onCpu: boolean;
  readonly startNano: bigint;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly stack: readonly Frame[];
  readonly thread: number;
  readonly timesNano: readonly bigint[];
  /** Parallel to the times off CPU; none on CPU, where each time is one period. */
  readonly values: readonly bigint[];
  readonly link: { readonly traceId: string; readonly spanId: string } | undefined;
}

interface Frame {
  /** Empty for an address without a symbol. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly mapping: string;
  readonly address: bigint;
}

const PERIOD = 50_000_000n;
const WINDOW_NANO = 5_000_000_000n;
const DAY_NANO = 86_400_000_000_000n;
/** 2026-09-01T00:00:00Z */
const START = 1_788_220_800_000_000_000n;
const SCOPE = 'exactly-once';

const PODS: readonly Pod[] = ['cart', 'search', 'mail'].flatMap((service) =>
  [1, 2].map((n) => ({ service, name: `${service}-${n}` })),
);
const FRAMES: readonly Frame[] = Array.from({ length: 60 }, (_, i) =>
  i % 12 === 0
    ? { name: '', file: '', line: 0, mapping: 'libc.so.6', address: BigInt(4096 + i) }
    : { name: `work${i}`, file: `file${i % 9}.go`, line: i, mapping: 'app', address: 0n },
);

/** That many batches, all different, the same each time for the same seed. */
export function makeBatches(count: number, seed: string): Batch[] {
  const next = random(`batches ${seed}`);
  const stacks = Array.from({ length: 300 }, () =>
    Array.from({ length: integer(next, 2, 12) }, () => pickEarly(next, FRAMES)),
  );
  return Array.from({ length: count }, (_, number) => {
    // Over two days, so that some days, hours and minutes are shared and some are not.
    const startNano = START + ((BigInt(number) * 41_003_000_007n) % (2n * DAY_NANO));
    const profiles = [makeProfile(next, stacks, startNano, true)];
    if (next() < 0.4) {
      // Now and then in another partition: the insert makes more than one part of a table.
      const later = next() < 0.2 ? DAY_NANO : 0n;
      profiles.push(makeProfile(next, stacks, startNano + later, false));
    }
    return { pod: pick(next, PODS), profiles };
  });
}

function makeProfile(
  next: Random,
  stacks: readonly (readonly Frame[])[],
  startNano: bigint,
  onCpu: boolean,
): Profile {
  const samples = Array.from({ length: integer(next, 1, 8) }, () => {
    const timesNano = Array.from(
      { length: integer(next, 1, 3) },
      (_, i) => startNano + BigInt(i) * PERIOD + BigInt(integer(next, 0, 400_000)),
    );
    return {
      stack: pickEarly(next, stacks),
      thread: integer(next, 1, 6),
      timesNano,
      values: onCpu ? [] : timesNano.map(() => BigInt(integer(next, 1000, 90_000_000))),
      link: next() < 0.3 ? { traceId: hex(next, 16), spanId: hex(next, 8) } : undefined,
    };
  });
  return { onCpu, startNano, samples };
}

function hex(next: Random, bytes: number): string {
  return Array.from({ length: bytes }, () =>
    integer(next, 1, 255).toString(16).padStart(2, '0'),
  ).join('');
}

/** By name, as the exporter puts them. */
function resourceOf({ service, name }: Pod): Record<string, string> {
  return {
    'k8s.deployment.name': service,
    'k8s.namespace.name': 'shop',
    'k8s.pod.name': name,
    'service.name': service,
  };
}

function attributesOf({ thread }: Sample): Record<string, string> {
  return { 'thread.id': String(thread), 'thread.name': `worker-${thread}` };
}

/** The rows that the Collector's exporter makes of a batch. */
export function landedRows({ pod, profiles }: Batch): object[] {
  return profiles.flatMap(({ onCpu, startNano, samples }) =>
    samples.map((sample) => ({
      Timestamp: `${startNano / 1_000_000_000n}.${String(startNano % 1_000_000_000n).padStart(9, '0')}`,
      SampleType: onCpu ? 'samples' : 'off_cpu',
      SampleUnit: onCpu ? 'count' : 'nanoseconds',
      PeriodType: onCpu ? 'cpu' : '',
      PeriodUnit: onCpu ? 'nanoseconds' : '',
      Period: onCpu ? String(PERIOD) : '0',
      DurationNano: String(WINDOW_NANO),
      ServiceName: pod.service,
      ResourceAttributes: resourceOf(pod),
      ScopeName: SCOPE,
      SampleAttributes: attributesOf(sample),
      FunctionNames: sample.stack.map(({ name }) => name),
      FileNames: sample.stack.map(({ file }) => file),
      LineNumbers: sample.stack.map(({ line }) => line),
      MappingFileNames: sample.stack.map(({ mapping }) => mapping),
      Addresses: sample.stack.map(({ address }) => String(address)),
      Values: sample.values.map(String),
      TimestampsUnixNano: sample.timesNano.map(String),
      TraceId: sample.link?.traceId ?? '',
      SpanId: sample.link?.spanId ?? '',
    })),
  );
}

/** The message that a profiler makes of a batch. */
export function otlpMessage({ pod, profiles }: Batch): Uint8Array<ArrayBuffer> {
  const tables = new DictionaryBuilder();
  const locationOf = ({ name, file, line, mapping, address }: Frame): number =>
    tables.locationIndex({
      mappingIndex: tables.mappingIndex({ filename: mapping }),
      address,
      lines:
        name === ''
          ? []
          : [{ functionIndex: tables.functionIndex({ name, filename: file }), line: BigInt(line) }],
    });
  const data = create(ProfilesDataSchema, {
    resourceProfiles: [
      {
        resource: { attributes: keyValues(resourceOf(pod)) },
        scopeProfiles: [
          {
            scope: { name: SCOPE },
            profiles: profiles.map(({ onCpu, startNano, samples }) => ({
              timeUnixNano: startNano,
              durationNano: WINDOW_NANO,
              sampleType: onCpu
                ? tables.valueType('samples', 'count')
                : tables.valueType('off_cpu', 'nanoseconds'),
              periodType: onCpu ? tables.valueType('cpu', 'nanoseconds') : undefined,
              period: onCpu ? PERIOD : 0n,
              samples: samples.map((sample) => ({
                stackIndex: tables.stackIndex(sample.stack.map(locationOf)),
                attributeIndices: tables.attributeIndices(attributesOf(sample)),
                linkIndex: tables.linkIndex(sample.link),
                timestampsUnixNano: [...sample.timesNano],
                values: [...sample.values],
              })),
            })),
          },
        ],
      },
    ],
  });
  data.dictionary = tables.build();
  return encodeProfiles(data);
}

/** What batches come to, counted without a database. */
export interface Tally {
  readonly rows: number;
  /** Events of the profiler. */
  readonly events: number;
  readonly nanoseconds: bigint;
  /** Events by each function that they are in. */
  readonly eventsInFunctions: number;
}

export function tally(batches: readonly Batch[]): Tally {
  let [rows, events, eventsInFunctions, nanoseconds] = [0, 0, 0, 0n];
  for (const { onCpu, samples } of batches.flatMap(({ profiles }) => profiles)) {
    for (const { stack, timesNano, values } of samples) {
      rows++;
      events += timesNano.length;
      eventsInFunctions += timesNano.length * new Set(stack).size;
      nanoseconds += onCpu
        ? BigInt(timesNano.length) * PERIOD
        : values.reduce((sum, value) => sum + value, 0n);
    }
  }
  return { rows, events, eventsInFunctions, nanoseconds };
}
