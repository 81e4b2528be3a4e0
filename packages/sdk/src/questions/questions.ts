import type { OneOrMore, ProfileScope, TimeRange } from './scope.ts';

/** A question that a sample of the rows may answer, where single rows would be too many. */
export interface Estimable {
  /**
   * True: read every row, however many (see `limits.maxExactRows`). Otherwise a very long question
   * that no rollup answers is answered from one row in 25, and the answer says so: `sampling`.
   */
  readonly exact?: boolean;
}

/** The samples in scope, as distinct stacks with weights. */
export interface FlamegraphQuestion extends ProfileScope, Estimable {
  /** At most this many stacks, the heaviest; the rest becomes an exact "other". Default 20 000. */
  readonly maxStacks?: number;
  /**
   * Leave out this many of the heaviest stacks: the next ones of an answer that had `maxStacks`.
   * Default 0.
   */
  readonly skipStacks?: number;
  /** `line` keeps line numbers apart; `function` (default) leaves them out. */
  readonly granularity?: 'function' | 'line';
  /**
   * Tells stacks apart by labels, too: one or two keys. A label is the attribute of the sample, else
   * of its profile, else of its resource. `service.name` is the service as in `ProfileScope.service`
   * and `k8s.workload.name` as in `workload`.
   */
  readonly groupBy?: OneOrMore;
  /** The heaviest values of each label; all others are one, called `(other)`. Default 20. */
  readonly maxGroups?: number;
}

/** The functions of the samples in scope, over all places where they occur. */
export interface TopFunctionsQuestion extends ProfileScope, Estimable {
  /** Which weight, positive or negative, decides what is on top. Default `self`. */
  readonly sortBy?: 'self' | 'total';
  /** Default 100. */
  readonly limit?: number;
}

/** Functions by a part of their name, with what they weigh. */
export interface FindFunctionsQuestion extends TopFunctionsQuestion {
  /** In any case of letters. */
  readonly text: string;
}

/** How the weight in scope changes over time. */
export interface TimelineQuestion extends ProfileScope, Estimable {
  readonly timeRange: TimeRange;
  /**
   * Length of a bucket. Default: a round number of which at most 120 make the range. One that begins
   * inside of a bucket touches another one at its end.
   */
  readonly bucketSeconds?: number;
}

/** When events happened, second by second. */
export interface HeatmapQuestion extends ProfileScope {
  /** Of the events, not of the windows that they were collected in. At most an hour. */
  readonly timeRange: TimeRange;
  /** Into how many parts a second is divided: a divisor of 1 000. Default 20. */
  readonly rowsPerSecond?: number;
}

/**
 * Which attributes there are, and which values they have. With a `profileType`, what the samples with
 * each value weigh.
 */
export interface FacetsQuestion extends ProfileScope {
  /** Only these keys. Default: all. */
  readonly keys?: readonly string[];
  /** Only values that contain this text, in any case of letters. */
  readonly text?: string;
  /** The heaviest values of each key, or the most frequent without a `profileType`. Default 20. */
  readonly valuesPerKey?: number;
  /** The most frequent keys. Default 200. */
  readonly maxKeys?: number;
}

/** Which kinds of profile the samples in scope have. */
export interface ProfileTypesQuestion extends ProfileScope, Estimable {}

/** Which services have samples in scope. */
export interface ServicesQuestion extends ProfileScope, Estimable {
  /** Default 1 000. */
  readonly limit?: number;
}

/** Which spans of a trace have samples of their own. */
export interface SpanSampleCountsQuestion {
  readonly traceId: string;
  readonly timeRange?: TimeRange;
}
