import { randomNumbers } from './random.ts';

/** A row of the landing table, with the columns that the Collector's exporter fills. */
export interface LandedSample {
  Timestamp: string;
  ProfileId: string;
  SampleType: string;
  SampleUnit: string;
  ServiceName: string;
  ResourceAttributes: Record<string, string>;
  ScopeName: string;
  ScopeVersion: string;
  ProfileAttributes: Record<string, string>;
  SampleAttributes: Record<string, string>;
  StackHash: string;
  Addresses: string[];
  FunctionNames: string[];
  FileNames: string[];
  LineNumbers: number[];
  MappingFileNames: string[];
  Values: string[];
  TimestampsUnixNano: string[];
  DurationNano: string;
  Period: string;
  PeriodType: string;
  PeriodUnit: string;
  TraceId: string;
  SpanId: string;
}

/** A row of `otel_traces`, as far as the SDK reads it. */
export interface LandedSpan {
  Timestamp: string;
  TraceId: string;
  SpanId: string;
  ParentSpanId: string;
  ServiceName: string;
  ResourceAttributes: Record<string, string>;
  Duration: string;
}

export const START_MS = Date.UTC(2026, 8, 1);
export const HOSTILE_SERVICE = `O'Hara "quoted" \\ back\tslash {x:String} 🔥`;

/** `DateTime64(9)` as ClickHouse reads it from JSON. */
export function landedTime(milliseconds: number, nanoseconds = 0): string {
  const iso = new Date(milliseconds).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${String(nanoseconds).padStart(6, '0')}`;
}

const nano = (milliseconds: number) => `${BigInt(milliseconds) * 1_000_000n}`;

export const traceIdOf = (trace: number) => (0xabc_def0 + trace).toString(16).padStart(32, '0');
export const spanIdOf = (trace: number, span: number) =>
  (0xabc_def0 + trace * 1_000 + span).toString(16).padStart(16, '0');

/** What a producer says about a sample's weight; see the table of producers in the schema's docs. */
type Shape = Pick<
  LandedSample,
  'SampleType' | 'SampleUnit' | 'PeriodType' | 'PeriodUnit' | 'Period'
> & { readonly dated: boolean; readonly values: 'none' | 'parallel' | 'one' };

export const SHAPES: readonly Shape[] = [
  {
    ...{ SampleType: 'samples', SampleUnit: 'count' },
    ...{ PeriodType: 'cpu', PeriodUnit: 'nanoseconds', Period: '50000000' },
    ...{ dated: true, values: 'none' },
  },
  {
    ...{ SampleType: 'off_cpu', SampleUnit: 'nanoseconds' },
    ...{ PeriodType: '', PeriodUnit: '', Period: '0' },
    ...{ dated: true, values: 'parallel' },
  },
  {
    ...{ SampleType: 'events', SampleUnit: 'count' },
    ...{ PeriodType: '', PeriodUnit: '', Period: '0' },
    ...{ dated: true, values: 'none' },
  },
  {
    ...{ SampleType: 'cpu', SampleUnit: 'nanoseconds' },
    ...{ PeriodType: 'cpu', PeriodUnit: 'nanoseconds', Period: '10000000' },
    ...{ dated: false, values: 'one' },
  },
  {
    ...{ SampleType: 'alloc_space', SampleUnit: 'bytes' },
    ...{ PeriodType: 'space', PeriodUnit: 'bytes', Period: '524288' },
    ...{ dated: false, values: 'one' },
  },
];

export const TRACES = 6;
export const SPANS_PER_TRACE = 12;

/**
 * Processes that profile: two instances of one service, one without an instance id, and two seen by
 * eBPF, which knows no service name.
 */
export const PROCESSES: readonly Record<string, string>[] = [
  {
    'service.name': 'checkout',
    'service.instance.id': 'checkout-1',
    'k8s.pod.name': 'checkout-a',
    'k8s.namespace.name': 'shop',
    'process.pid': '11',
    'host.name': 'node-1',
  },
  {
    'service.name': 'checkout',
    'service.instance.id': 'checkout-2',
    'k8s.pod.name': 'checkout-b',
    'k8s.namespace.name': 'shop',
    'process.pid': '12',
    'host.name': 'node-2',
  },
  {
    'service.name': HOSTILE_SERVICE,
    'service.namespace': 'a=b',
    'k8s.container.name': 'c',
    'process.pid': '13',
    'host.name': 'node-1',
  },
  { 'process.executable.name': 'nginx', 'process.pid': '14', 'host.name': 'node-1' },
  { 'k8s.deployment.name': 'worker', 'container.id': 'abc', 'k8s.node.name': 'node-2' },
];

/** Samples of all shapes, from several processes, over an hour, a third of them linked to spans. */
export function makeSamples(rows: number, seed = 1): LandedSample[] {
  const random = randomNumbers(seed);
  return Array.from({ length: rows }, () => {
    const shape = random.pick(SHAPES);
    const process = random.pick(PROCESSES);
    const windowMs = START_MS + random.whole(3_600) * 1_000;
    const linked = random.chance(0.33);
    const trace = random.whole(TRACES);
    const events = shape.dated ? 1 + random.whole(4) : 0;
    const times = Array.from({ length: events }, () => windowMs + random.whole(5_000));
    const values =
      shape.values === 'none'
        ? []
        : Array.from({ length: shape.values === 'one' ? 1 : events }, () =>
            String(random.whole(90_000_000)),
          );
    return {
      ...{ Timestamp: landedTime(windowMs), ProfileId: '', StackHash: '1' },
      ...{ SampleType: shape.SampleType, SampleUnit: shape.SampleUnit },
      ...{ PeriodType: shape.PeriodType, PeriodUnit: shape.PeriodUnit, Period: shape.Period },
      ...{ ServiceName: process['service.name'] ?? '', ResourceAttributes: process },
      ...{
        ScopeName: 'corpus',
        ScopeVersion: '1',
        ProfileAttributes: { origin: shape.SampleType },
      },
      SampleAttributes: { 'thread.name': random.pick(['main', 'worker', `it's "odd" = \\`]) },
      ...makeStack(random),
      ...{ Values: values, TimestampsUnixNano: times.map(nano), DurationNano: '5000000000' },
      TraceId: linked ? traceIdOf(trace) : '',
      SpanId: linked ? spanIdOf(trace, random.whole(SPANS_PER_TRACE)) : '',
    };
  });
}

/**
 * A stack, leaf first. Few functions, so that stacks repeat and functions recur in them, at several
 * lines; one frame in eight has no symbols.
 */
function makeStack(random: ReturnType<typeof randomNumbers>) {
  const depth = random.whole(9);
  const frames = Array.from({ length: depth }, (_, i) => {
    const id = random.whole(i === 0 ? 12 : 4);
    return random.chance(0.125)
      ? { name: '', file: '', line: 0, mapping: 'libc.so.6', address: String(4_096 + id) }
      : {
          name: id === 3 ? `<img src=x onerror="alert('${id}')">` : `function${id}`,
          file: `file${id % 3}.ts`,
          line: 10 + random.whole(3),
          mapping: id === 5 ? 'shop' : '',
          address: '0',
        };
  });
  return {
    FunctionNames: frames.map(({ name }) => name),
    FileNames: frames.map(({ file }) => file),
    LineNumbers: frames.map(({ line }) => line),
    MappingFileNames: frames.map(({ mapping }) => mapping),
    Addresses: frames.map(({ address }) => address),
  };
}

/**
 * Traces of one shape: span 0 is the root, and span n is a child of span (n - 1) / 2, so that there
 * are four generations. Span n of each trace runs in process n % 5, for 1 s, n × 100 ms after the
 * root, which begins trace × 10 minutes after {@link START_MS}.
 */
export function makeSpans(): LandedSpan[] {
  return Array.from({ length: TRACES * SPANS_PER_TRACE }, (_, i) => {
    const trace = Math.floor(i / SPANS_PER_TRACE);
    const span = i % SPANS_PER_TRACE;
    const process = PROCESSES[span % PROCESSES.length];
    return {
      Timestamp: landedTime(START_MS + trace * 600_000 + span * 100),
      TraceId: traceIdOf(trace),
      SpanId: spanIdOf(trace, span),
      ParentSpanId: span === 0 ? '' : spanIdOf(trace, Math.floor((span - 1) / 2)),
      ServiceName:
        process['service.name'] ??
        process['k8s.deployment.name'] ??
        process['process.executable.name'],
      ResourceAttributes: process,
      Duration: '1000000000',
    };
  });
}
