/** Resource attributes that every ClickStack panel knows. Any other key works as well. */
export const RESOURCE_KEYS = [
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.node.name',
  'k8s.container.name',
  'service.name',
  'service.namespace',
  'service.instance.id',
] as const;

export type ResourceKey = (typeof RESOURCE_KEYS)[number];

/** One value, or several of which one must match. */
export type OneOrMore = string | readonly string[];

/** A condition on one attribute. A row without the attribute has the value `''`. */
export interface AttributeFilter {
  /** Whose attribute: the process's, the sample's (`thread.name` …) or the collection's. */
  readonly on: 'resource' | 'sample' | 'profile';
  readonly key: string;
  readonly value: OneOrMore;
  /** Keep the rows that do NOT match. */
  readonly exclude?: boolean;
}

/**
 * A function, as flame graphs tell functions apart: by name, file and mapping, and one without a
 * name by mapping and address. A part that is left out is `''`, or 0.
 */
export interface FunctionKey {
  readonly name: string;
  readonly file?: string;
  readonly mapping?: string;
  readonly address?: bigint;
}

/** Half open: `from` is in, `to` is not. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/**
 * How samples belong to a span:
 *
 * - `linked`: the profiler wrote the span's id next to the sample. Exact.
 * - `estimated`: samples that the span's process took while the span ran, whoever caused them.
 */
export type Linkage = 'linked' | 'estimated';

/** Which samples a question is about. All conditions must hold; an empty scope means all samples. */
export interface ProfileScope {
  /** 32 hexadecimal digits. */
  readonly traceId?: string;
  /** 16 hexadecimal digits. */
  readonly spanId?: string;
  /** Also the spans below `spanId`, as `otel_traces` knows them. Needs `traceId` and `spanId`. */
  readonly includeChildren?: boolean;
  /**
   * Default `linked`. `estimated` needs `traceId` and `spanId`, and is about this span alone; see
   * {@link processWindow}.
   */
  readonly linkage?: Linkage;
  /** As in the `ServiceName` column, which is filled for profilers that know no service name. */
  readonly service?: OneOrMore;
  /** Name of the Kubernetes deployment, stateful set, daemon set, cron job or job, the first it has. */
  readonly workload?: OneOrMore;
  /** Resource attributes exactly as they arrived. */
  readonly resource?: { readonly [K in ResourceKey]?: OneOrMore } & {
    readonly [key: string]: OneOrMore | undefined;
  };
  readonly attributes?: readonly AttributeFilter[];
  /** Such as `samples:count:cpu:nanoseconds`; see {@link parseProfileType}. */
  readonly profileType?: string;
  /** Only samples whose stack begins with these functions, the root first. */
  readonly under?: readonly FunctionKey[];
  /** Only samples that have this function anywhere in their stack. */
  readonly containing?: FunctionKey;
  /**
   * Collection windows that begin in this range. A window begins before the events in it, so leave
   * the range out, or wide, when asking for a trace. For an `estimated` question it bounds where
   * the span is looked for.
   */
  readonly timeRange?: TimeRange;
  /**
   * What of a sample has to be in `timeRange`. `collection`, the default: the beginning of the window
   * that it was collected in, by which rollups are made. `sample`: its own time, where its profiler
   * gave one. That is for times of seconds, which are shorter than a window:
   *
   *     window  |--e--e--------------e-|
   *     range       [---------]             collection: nothing   sample: one event
   *
   * It reads single rows, those of windows that began up to `limits.maxWindowSeconds` before the range
   * included.
   */
  readonly timeBy?: 'collection' | 'sample';
}

/**
 * The estimate for a span that has no samples of its own: what its process did while it ran.
 *
 *     profiles.flamegraph(processWindow({ traceId, spanId }))
 */
export function processWindow(
  span: { readonly traceId: string; readonly spanId: string },
  filters: Omit<ProfileScope, 'traceId' | 'spanId' | 'linkage' | 'includeChildren'> = {},
): ProfileScope {
  return { ...filters, ...span, linkage: 'estimated' };
}
