import type { ProfileScope, TimeRange } from './scope.ts';

/** The samples in scope, as distinct stacks with weights. */
export interface FlamegraphQuestion extends ProfileScope {
  /** At most this many stacks, the heaviest; the rest becomes an exact "other". Default 20 000. */
  readonly maxStacks?: number;
  /** `line` keeps line numbers apart; `function` (default) leaves them out. */
  readonly granularity?: 'function' | 'line';
}

/** The functions of the samples in scope, over all places where they occur. */
export interface TopFunctionsQuestion extends ProfileScope {
  /** Which weight decides what is on top. Default `self`. */
  readonly sortBy?: 'self' | 'total';
  /** Default 100. */
  readonly limit?: number;
}

/** Which kinds of profile the samples in scope have. */
export type ProfileTypesQuestion = ProfileScope;

/** Which services have samples in scope. */
export interface ServicesQuestion extends ProfileScope {
  /** Default 1 000. */
  readonly limit?: number;
}

/** Which spans of a trace have samples of their own. */
export interface SpanSampleCountsQuestion {
  readonly traceId: string;
  readonly timeRange?: TimeRange;
}
