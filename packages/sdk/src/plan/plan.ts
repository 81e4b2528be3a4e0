import type { CheckedScope } from '../questions/checked-scope.ts';
import type { ProfileScope } from '../questions/scope.ts';
import type { Catalog, HoldingTable } from './catalog.ts';
import { divide, inside, lengthOf, type Interval, type Piece, type Tier } from './intervals.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Rollups by function-level stack, the coarsest first. */
const STACK_ROLLUPS = [
  ['rollup1d', DAY],
  ['rollup1h', HOUR],
  ['rollup1m', MINUTE],
] as const satisfies readonly (readonly [HoldingTable, number])[];

/** Rollups by function. */
const FUNCTION_ROLLUPS = [
  ['functions1d', DAY],
  ['functions1h', HOUR],
] as const satisfies readonly (readonly [HoldingTable, number])[];

const KEY_VALUE_ROLLUPS = [['kvRollup15m', 15 * MINUTE]] as const satisfies readonly (readonly [
  HoldingTable,
  number,
])[];

export type StackTableName = 'profiles' | 'sampled25' | (typeof STACK_ROLLUPS)[number][0];
export type FunctionTableName = (typeof FUNCTION_ROLLUPS)[number][0];

/** Of a sampled table one row stands for this many. */
export const SAMPLED_ONE_IN = 25;

/** Which tables answer for which part of a time range. Pieces do not overlap. */
export interface Plan<Table extends HoldingTable = HoldingTable> {
  readonly pieces: readonly Piece<Table>[];
  /** Of these times no table that could answer has anything any more. */
  readonly expired: readonly Interval[];
}

/** What a question needs of its tables besides its scope. */
export interface Needs {
  /** Whose stacks are told apart by lines; rollups have none. */
  readonly lines?: boolean;
  /** Length of the buckets that the answer has, if any: no table may have longer ones. */
  readonly bucketMs?: number;
  readonly sampling?: Sampling;
  /** Labels that the answer tells stacks apart by. */
  readonly labels?: readonly string[];
}

/**
 * Whether one row in 25 may answer: `never`; `expired`, where there is nothing else any more; or
 * `long`, also where more than an hour of single rows would have to be read.
 */
export type Sampling = 'never' | 'expired' | 'long';

/** Single rows of up to this long are always read one by one. */
const SHORT = HOUR;

/** The tables whose stacks answer a question about the scope, exactly and with the fewest rows. */
export function planStacks(
  scope: CheckedScope,
  catalog: Catalog,
  needs: Needs = {},
): Plan<StackTableName> {
  return fillByRows([rangeOf(scope)], scope, catalog, needs, []);
}

/** The same, with rollups by function where they can answer. */
export function planFunctions(
  scope: CheckedScope,
  catalog: Catalog,
  needs: Needs = {},
): Plan<StackTableName | FunctionTableName> {
  const usable = canReadRollups(scope) && !needsStacks(scope) && !hasWorkload(scope);
  const { pieces, rest } = divide(
    [rangeOf(scope)],
    usable ? tiersOf(FUNCTION_ROLLUPS, catalog) : [],
  );
  return fillByRows(rest, scope, catalog, needs, pieces);
}

/** The tables that have keys and values of attributes. */
export function planFacets(
  scope: CheckedScope,
  catalog: Catalog,
): Plan<'kvRollup15m' | 'profiles'> {
  const usable =
    canReadRollups(scope) &&
    !needsStacks(scope) &&
    !hasWorkload(scope) &&
    scope.service === undefined &&
    scope.profileType === undefined;
  const { pieces, rest } = divide(
    [rangeOf(scope)],
    usable ? tiersOf(KEY_VALUE_ROLLUPS, catalog) : [],
  );
  const rows = divide(rest, rowsOf('profiles', catalog));
  return finished<'kvRollup15m' | 'profiles'>([...pieces, ...rows.pieces], rows.rest, catalog);
}

/** Single rows alone: for what only they know. */
export function planRows(
  { timeRange }: Pick<ProfileScope, 'timeRange'>,
  catalog: Catalog,
): Plan<'profiles'> {
  const { pieces, rest } = divide([rangeOf({ timeRange })], rowsOf('profiles', catalog));
  return finished(pieces, rest, catalog);
}

/** Of how long a time a plan reads all single rows, in milliseconds. */
export function timeOfRows({ pieces }: Plan): number {
  return lengthOf(pieces.filter(({ table }) => table === 'profiles'));
}

function fillByRows<Table extends HoldingTable>(
  ranges: readonly Interval[],
  scope: CheckedScope,
  catalog: Catalog,
  { lines = false, bucketMs = DAY, sampling = 'never', labels = [] }: Needs,
  before: readonly Piece<Table>[],
): Plan<Table | StackTableName> {
  const tiers =
    lines || !canReadRollups(scope) || !labels.every((key) => ROLLUP_LABELS.includes(key))
      ? []
      : tiersOf(STACK_ROLLUPS, catalog).filter(({ grain }) => bucketMs % grain === 0);
  const summed = divide(ranges, tiers);
  // The sample names stacks at function level, and no traces. Of seconds it has too little to tell.
  const sampled =
    sampling === 'never' || lines || isLinked(scope) || scope.happened
      ? []
      : rowsOf('sampled25', catalog);
  const long = divide(
    summed.rest.filter(({ from, to }) => to - from > SHORT),
    sampling === 'long' ? sampled : [],
  );
  const short = divide(
    [...summed.rest.filter(({ from, to }) => to - from <= SHORT), ...long.rest],
    [...rowsOf('profiles', catalog), ...sampled],
  );
  return finished<Table | StackTableName>(
    [...before, ...summed.pieces, ...long.pieces, ...short.pieces],
    short.rest,
    catalog,
  );
}

function finished<Table extends HoldingTable>(
  pieces: readonly Piece<Table>[],
  rest: readonly Interval[],
  { oldest }: Catalog,
): Plan<Table> {
  const byTime = (a: Interval, b: Interval) => a.from - b.from;
  const expired = inside(rest, { from: oldest, to: Infinity }).sort(byTime);
  return { pieces: [...pieces].sort(byTime), expired };
}

function tiersOf<Table extends HoldingTable>(
  rollups: readonly (readonly [Table, number])[],
  { holdsFrom }: Catalog,
): Tier<Table>[] {
  return rollups.flatMap(([table, grain]) => {
    const from = holdsFrom[table];
    return from === undefined ? [] : [{ table, grain, holdsFrom: from }];
  });
}

/** A table of single rows. Questions are asked to the millisecond, so that is its grain. */
function rowsOf<Table extends HoldingTable>(table: Table, catalog: Catalog): Tier<Table>[] {
  return tiersOf([[table, 1]], catalog);
}

function rangeOf({ timeRange }: ProfileScope): Interval {
  return timeRange
    ? { from: timeRange.from.getTime(), to: timeRange.to.getTime() }
    : { from: -Infinity, to: Infinity };
}

/** Rollups know service, profile type, namespace and workload, no other attribute and no events. */
function canReadRollups(scope: CheckedScope): boolean {
  return (
    !isLinked(scope) &&
    scope.happened === undefined &&
    Object.entries(scope.resource ?? {}).every(
      ([key, value]) => value === undefined || key === NAMESPACE_KEY,
    ) &&
    (scope.attributes ?? []).every(({ on, key }) => on === 'resource' && key === NAMESPACE_KEY)
  );
}

/** Whether it is about a span or a trace. */
export function isLinked({ traceId, spanId }: ProfileScope): boolean {
  return traceId !== undefined || spanId !== undefined;
}

export const NAMESPACE_KEY = 'k8s.namespace.name';

/** Labels that are more than the attribute of that name: see `FlamegraphQuestion.groupBy`. */
export const SERVICE_KEY = 'service.name';
export const WORKLOAD_KEY = 'k8s.workload.name';

/** Labels that rollups have as columns. */
const ROLLUP_LABELS: readonly string[] = [NAMESPACE_KEY, SERVICE_KEY, WORKLOAD_KEY];

function hasWorkload(scope: CheckedScope): boolean {
  return (
    scope.workload !== undefined ||
    scope.resource?.[NAMESPACE_KEY] !== undefined ||
    (scope.attributes ?? []).length > 0
  );
}

/** Whether samples are chosen by what is in their stack. */
function needsStacks({ containing, under }: ProfileScope): boolean {
  return containing !== undefined || (under !== undefined && under.length > 0);
}
