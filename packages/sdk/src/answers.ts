import type { FrameKind, StackTable, Unit } from '@hyperflame/calltree';
import type { Linkage } from './questions/scope.ts';
import type { ProcessIdentity } from './sql/process-source.ts';

/** What the answer cost. */
export interface QueryStats {
  /** The table that answered. */
  readonly table: string;
  /** Length of the answer in characters, before it was parsed. */
  readonly wireLength: number;
  /** From sending to the last byte, as seen here. */
  readonly durationMs: number;
  /** Rows and bytes that the server read; undefined when the client does not pass them on. */
  readonly rowsRead: number | undefined;
  readonly bytesRead: number | undefined;
}

/** Stacks in scope that the answer names no frames of: those after `maxStacks`, and unknown ones. */
export interface LeftOut {
  readonly stacks: number;
  readonly weight: number;
  readonly samples: number;
}

/** How an estimated answer came about. */
export interface Estimate {
  /** False when `otel_traces` does not know the span; then nothing could be estimated. */
  readonly spanFound: boolean;
  /** While the span ran; undefined when it was not found. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly service: string | undefined;
  /**
   * What the process was recognised by; undefined when it has no samples in that time. By
   * `service.name` the samples may come from other instances of the service.
   */
  readonly processBy: ProcessIdentity | undefined;
  /** Samples without a time of their own, taken as spread evenly over their collection window. */
  readonly spreadSamples: number;
}

/** The part that all answers about one kind of profile have in common. */
export interface ProfileAnswer {
  /** The type that the answer is about: the one asked for, or the one chosen; `''` if none. */
  readonly profileType: string;
  readonly unit: Unit;
  /** Weight of all samples in scope, in `unit`. */
  readonly total: number;
  /** All samples in scope. May be a fraction in an estimate. */
  readonly samples: number;
  readonly linkage: Linkage;
  readonly estimate: Estimate | undefined;
  /** False when a figure is beyond 2^53 and therefore rounded. */
  readonly exact: boolean;
  /** True when nothing in scope was left out. */
  readonly complete: boolean;
  /**
   * Spans of the trace of which it is not known whether they are below the span asked for, because
   * the trace has too many, or parents that lead in a circle. 0 unless `includeChildren` is asked.
   */
  readonly unplacedSpans: number;
  /**
   * Further units that the profile type has samples in; those are not in this answer. Happens where
   * only some producers give the period that turns counts into time.
   */
  readonly otherUnits: readonly Unit[];
  /** Stacks whose frames are not, or no longer, stored: they count in the totals only. */
  readonly unknownStacks: number;
  readonly stats: QueryStats;
}

export interface FlamegraphAnswer extends ProfileAnswer {
  readonly stacks: StackTable;
  readonly leftOut: LeftOut;
}

/** One function, over all places where it occurs. A stack that it is in twice counts once. */
export interface TopFunction {
  /** `''` for a frame without symbols: then `address` tells it from others of its mapping. */
  readonly name: string;
  readonly file: string;
  readonly mapping: string;
  readonly kind: FrameKind;
  readonly address: bigint;
  /** Weight of samples whose innermost frame it is. */
  readonly self: number;
  /** Weight of samples that have it anywhere. */
  readonly total: number;
  readonly selfSamples: number;
  readonly totalSamples: number;
}

export interface TopFunctionsAnswer extends ProfileAnswer {
  readonly functions: readonly TopFunction[];
  /** How many functions there are in all, listed or not. */
  readonly functionCount: number;
}

/** A kind of profile, with what there is of it in scope. */
export interface ProfileTypeSummary {
  readonly profileType: string;
  readonly unit: Unit;
  readonly samples: number;
  readonly total: number;
}

export interface ServiceSummary {
  readonly service: string;
  /** Over all profile types. */
  readonly samples: number;
  readonly profileTypes: readonly ProfileTypeSummary[];
  /** Begin of the first and the last collection window. */
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

export interface SpanSampleCount {
  readonly spanId: string;
  /** Over all profile types. */
  readonly samples: number;
  readonly profileTypes: readonly ProfileTypeSummary[];
}

/** An answer that is a list. */
export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  /** False when the list was cut at the question's `limit`. */
  readonly complete: boolean;
  readonly stats: QueryStats;
}
