import type { FrameKind, StackTable, Unit } from '@hyperflame/calltree';
import type { Linkage } from './questions/scope.ts';
import type { ProcessIdentity } from './sql/process-source.ts';

/** What the answer cost. */
export interface QueryStats {
  /** Which tables answered, and for which part of the time range, in the order of time. */
  readonly tables: readonly TablePart[];
  /** Length of the answer in characters, before it was parsed. */
  readonly wireLength: number;
  /** From sending to the last byte, as seen here. */
  readonly durationMs: number;
  /** Rows and bytes that the server read; undefined when the client does not pass them on. */
  readonly rowsRead: number | undefined;
  readonly bytesRead: number | undefined;
}

/** A time range that may be open at either end. */
export interface OpenRange {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

/** The part of an answer that one table gave. */
export interface TablePart extends OpenRange {
  readonly table: string;
}

/** How far a figure that is estimated from a part of the rows may be off. */
export interface SamplingError {
  /**
   * Which part of all `samples` was seen: 0.04, one in 25, where all is estimated, and more where
   * other tables answer for a part of the time.
   */
  readonly rate: number;
  /**
   * Standard error of `total`, relative to it: with 0.01, the exact total is within 1 % of it two
   * times in three, and within 2 % nineteen times in twenty. Infinity when the sample
   * has nothing, of all or of the part of the time that it answers for.
   */
  readonly expectedError: number;
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
  /** Undefined when every row was read: then nothing is estimated. */
  readonly sampling: SamplingError | undefined;
  /** False when a figure is beyond 2^53 and therefore rounded. */
  readonly exact: boolean;
  /** True when nothing in scope was left out, of stacks, functions or samples. */
  readonly complete: boolean;
  /**
   * Spans of the trace of which it is not known whether they are below the span asked for, because
   * the trace has too many, or their parents lead in a circle or to a span that is not stored. 0
   * unless `includeChildren` is asked.
   */
  readonly unplacedSpans: number;
  /**
   * Further units that the profile type has samples in; those are not in this answer. Happens where
   * only some producers give the period that turns counts into time.
   */
  readonly otherUnits: readonly Unit[];
  /** Stacks whose frames are not, or no longer, stored: they count in the totals only. */
  readonly unknownStacks: number;
  /**
   * Parts of the time range of which the rows that the question needs are no longer kept, though
   * coarser ones are. Not in this answer.
   */
  readonly expired: readonly OpenRange[];
  readonly stats: QueryStats;
}

export interface FlamegraphAnswer extends ProfileAnswer {
  readonly stacks: StackTable;
  /** The stacks that `skipStacks` left out, the heaviest ones. */
  readonly skipped: LeftOut;
  /** The stacks after `maxStacks`, and unknown ones. */
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
  /** Undefined when every row was read. */
  readonly sampling?: SamplingError | undefined;
}

export interface ServiceSummary {
  readonly service: string;
  /** Over all profile types. */
  readonly samples: number;
  readonly profileTypes: readonly ProfileTypeSummary[];
  /**
   * No collection window began before the first or after the last: to the millisecond where single
   * rows answered, to the bucket (a day at most) where a rollup did. Of a
   * sample of the rows, none that is in it.
   */
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

export interface SpanSampleCount {
  readonly spanId: string;
  /** Over all profile types. */
  readonly samples: number;
  /** First the one that a flame graph of the span is about, if it is asked for without one. */
  readonly profileTypes: readonly ProfileTypeSummary[];
}

/**
 * Weight by bucket of time. Bucket `i` begins at `from + i * bucketMs`; the first and the last may
 * reach beyond the question's range, and count only what is inside of it.
 */
export interface TimelineAnswer extends Omit<ProfileAnswer, 'unknownStacks'> {
  readonly from: Date;
  readonly bucketMs: number;
  readonly weight: Float64Array;
  readonly count: Float64Array;
}

/**
 * Events by time: a column for each second, a row for each part of it. Cell `c * rows + r` holds the
 * events of second `c`, from `r * rowMs` milliseconds on.
 */
export interface HeatmapAnswer extends Omit<ProfileAnswer, 'unknownStacks'> {
  /** Start of the first column: a whole second. */
  readonly from: Date;
  readonly columns: number;
  readonly rows: number;
  readonly rowMs: number;
  readonly weight: Float64Array;
  readonly count: Float64Array;
  /** Samples without a time of their own, of windows that begin in the range: in no cell. */
  readonly undatedSamples: number;
}

/** One attribute, or a column of the table, with its most frequent values. */
export interface Facet {
  readonly on: 'resource' | 'sample' | 'profile' | 'column';
  readonly key: string;
  /** Rows that have the key, with one of the values asked for where `text` is given. */
  readonly rows: number;
  /** How many different values there are (with `text`: that contain it), listed or not. */
  readonly valueCount: number;
  /**
   * Weight of these rows, in the unit of the profile type that the question names; undefined where it
   * names none, or samples of that type have several units.
   */
  readonly weight?: number;
  readonly values: readonly FacetValue[];
}

export interface FacetValue {
  readonly value: string;
  readonly rows: number;
  /** As of the {@link Facet}. */
  readonly weight?: number;
}

/** An answer that is a list. */
export interface ListAnswer<Item> {
  readonly items: readonly Item[];
  /** True when a sample of the rows answered, at least in part: what is rare may not be in it. */
  readonly sampled?: boolean;
  /** False when the list was cut at the question's `limit`, or rows have expired. */
  readonly complete: boolean;
  readonly expired: readonly OpenRange[];
  readonly stats: QueryStats;
}
